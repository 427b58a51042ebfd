"""Comments and messages from outside, and people's answers."""
