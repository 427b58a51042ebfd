"""Reading what comes from outside: each reader counts while it unpacks, and gives up beyond its limit.

`answers`: what another server answers over HTTP. `jsons`: JSON of limited depth. `tars`: tar archives.
`markup`: links and words of an HTML page. `aside`: libraries that cannot be limited, each in a process of its
own. `places`: where a name leads. `docs/security.md` lists everything that is read, and its limits.
"""

LONGEST_HEADERS = 32 * 1024
"""Bytes of a request's headers together."""
