"""Schoolgate: a federation's social media, run under its own written policy."""
