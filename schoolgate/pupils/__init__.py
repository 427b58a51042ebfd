"""Pupils of the schools, and what their parents and they themselves said about pictures, names and work."""
