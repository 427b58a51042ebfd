"""Signing in: who may, for how long, and the two-step verification that some roles require."""
