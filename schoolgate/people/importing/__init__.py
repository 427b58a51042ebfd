"""Reading a list of people: what its columns and words mean, and what each line would change."""
