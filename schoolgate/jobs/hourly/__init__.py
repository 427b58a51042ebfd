"""Sweeps that run each hour."""
