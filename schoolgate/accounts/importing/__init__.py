"""Reading a list of accounts that are there already: its columns, and what would come of each line."""
