"""Sweeps that run each minute."""
