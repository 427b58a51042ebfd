"""Reading a list of pupils: what its columns and words mean, and what each line would change."""
