"""`ask("GET", address)`: httpx's `request` to a server of this machine, which speaks http.

Without the certificates, which httpx reads for each call, though it needs none: that takes longer than the
call.
"""

import ssl
from functools import partial

import httpx

ask = partial(httpx.request, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
