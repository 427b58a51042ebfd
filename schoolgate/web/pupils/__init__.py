"""Pupils: who may be shown where, the answers behind it, and the lists they come from."""
