"""Evidence for each clause."""
