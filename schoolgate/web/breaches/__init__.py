"""Data breaches: the log, one breach with its clock, and the sheet for the ICO."""
