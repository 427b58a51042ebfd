"""Duties: what must be done, by whom, by when, under which clause, and what discharged it."""
