"""What every page has: layout, doors, forms, wording."""
