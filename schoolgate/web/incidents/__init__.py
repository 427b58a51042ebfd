"""Concerns: reporting one and dealing with it."""
