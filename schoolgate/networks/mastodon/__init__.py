"""Servers that speak Mastodon's API, as https://docs.joinmastodon.org describes it.

They differ: limits are read from each server, and a call that a server doesn't have is no fault of its.
Tested against our own server that keeps to the published API (`tests/networks/mastodon_server.py`).
"""
