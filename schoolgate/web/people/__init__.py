"""People, roles, imports and leaving."""
