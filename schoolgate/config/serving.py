"""The door for the server of `schoolgate web`: the pages, and beside them a look whether all else moves."""

from schoolgate.config.wsgi import application
from schoolgate.web.running.watching import start

__all__ = ["application"]

start()
