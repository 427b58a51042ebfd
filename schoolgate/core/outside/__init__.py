"""Reading what comes from outside: each reader counts while it unpacks, and gives up beyond its limit.

`client`: the one HTTP client. `reach`: where it may go. `answers`: the body of an answer. `jsons`: JSON of
limited depth. `tars`: tar archives. `markup`: links and words of an HTML page. `aside`: libraries that can't
be limited, each in a process of its own. `docs/security.md` lists everything that is read, and its limits.
"""

LONGEST_HEADERS = 32 * 1024
"""Bytes of a request's headers together."""
