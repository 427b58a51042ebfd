"""Bluesky by its own interface (https://docs.bsky.app/docs/api), signed in with an app password.

A thin client of our own: the `atproto` package is 50 MB in memory for the dozen calls that are needed; the
tests use it as another door to the same server.
"""
