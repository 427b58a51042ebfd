"""Shared parts of every list imported from a spreadsheet: columns, cells, messages about a line, and where
the lines are stored until the import. Each kind of list adds its own fields and its own plan."""
