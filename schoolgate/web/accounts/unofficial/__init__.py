"""Pages in the school's name that are not ours, and fakes."""
