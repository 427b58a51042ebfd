"""What all of Google's interfaces have in common: the operator's one application, keys and calls.

Written from developers.google.com/identity/protocols/oauth2/web-server, read in November 2026.
"""
