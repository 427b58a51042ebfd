"""The tables of the core. Each app's first migration creates what its models say, plus the guards that the
database itself enforces."""

ONLY_BEFORE = ("core", "0002_record_follows")
"""A migration that only homes from before the first release have: each app's migrations were made into one."""
