"""Policies in force: versions, readings, saved decisions, attestations and rulings."""
