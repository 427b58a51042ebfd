"""Existing accounts, imported from a list."""
