"""Pages about checks of the school's systems and searches for candidates."""
