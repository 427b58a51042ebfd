"""Schoolgate: a federation's social media, run under its own written policy."""

__version__ = "0.2.0"
