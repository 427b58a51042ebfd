"""Reading a list of people: what its columns and words mean, and what would come of each line."""
