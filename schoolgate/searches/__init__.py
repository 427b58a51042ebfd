"""Checks of the school's systems, and searches for shortlisted candidates."""
