"""Proposals to open an account."""
