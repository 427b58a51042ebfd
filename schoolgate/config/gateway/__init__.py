"""Between the web server and the pages: nothing slow from outside ever waits in a thread that makes pages.

The web server reads connections in its own loop, as ASGI. Here a request's body is received in that loop,
within a time, a rate and a size, and only a whole request gets a thread. The answer is sent in the loop
again, piece by piece, while its reader takes it fast enough (docs/adr/0075).
"""

from schoolgate.config.gateway.serving import Gateway

__all__ = ["Gateway"]
