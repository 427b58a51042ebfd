"""What every list that comes from a spreadsheet shares: columns, cells, what is said of a line, and where
the lines lie until somebody takes the list over. Each kind of list adds its own fields and its own plan."""
