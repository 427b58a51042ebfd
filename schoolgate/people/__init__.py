"""Persons, the policy roles they hold, permissions given, sign-in and leavers."""
