"""Writing, approving and stopping posts."""
