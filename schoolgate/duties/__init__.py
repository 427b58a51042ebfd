"""Duties: what must be done, who must do it by when, under which clause, and what discharged it."""
