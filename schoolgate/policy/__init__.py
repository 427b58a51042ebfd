"""Policies in force: versions, readings, decisions kept, attestations and rulings."""
