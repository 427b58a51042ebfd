"""Notices to people: what, how and when."""
