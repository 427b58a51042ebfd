"""The new school year."""
