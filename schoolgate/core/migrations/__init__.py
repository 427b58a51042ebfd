"""The tables of the core. What every app's first migration makes is what its models say, and here the guards
that the database itself keeps."""

ONLY_BEFORE = ("core", "0002_record_follows")
"""A migration that only homes from before the first release have: each app's migrations were made into one."""
