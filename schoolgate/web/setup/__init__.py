"""Setting up a federation."""
