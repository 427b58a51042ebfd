"""Signing in: who is let in, for how long, and the second step that some roles make compulsory."""
