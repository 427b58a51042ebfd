"""A policy that a school brings itself."""
