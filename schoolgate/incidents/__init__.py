"""Concerns: told at once to the people the policy names, open until someone deals with them."""
