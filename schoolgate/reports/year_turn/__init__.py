"""The turn of the school year, read from rows: leavers and starters, roles that end, what lapses."""
