"""The tables of the core. Each app's first migration creates what its models say, plus the guards that the
database itself enforces."""

ONLY_BEFORE = frozenset({("core", "0002_record_follows"), ("core", "0002_destruction")})
"""Migrations that only homes from before the first release have: each app's migrations were made into one."""
