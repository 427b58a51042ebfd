"""Sweeps that run each day."""
