"""Persons, the policy's own roles held by them, leave given, sign-in and leavers."""
