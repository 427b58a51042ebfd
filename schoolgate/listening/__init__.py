"""Listening: watches on the schools' names, never on a person's, and what is done about what they find."""
