"""The WSGI application of `schoolgate web`: the pages, and a watch over the rest of the program."""

from schoolgate.config.wsgi import application
from schoolgate.web.running.watching import start

__all__ = ["application"]

start()
