"""The door for the web server."""

from collections.abc import Iterable
from multiprocessing import parent_process
from signal import SIGKILL
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

from schoolgate.core.env import use_settings
from schoolgate.core.processes import die_with_parent, in_room

use_settings()
# The web server's own worker process ends with the one that watches it, even when that one was killed,
# and be it while this one was still starting. By a signal that the server cannot put off: it has no ear for
# others before it serves.
watcher = parent_process()
die_with_parent(SIGKILL, parent=watcher.pid if watcher else None)
django = get_wsgi_application()


def application(request: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request, given as WSGI does."""
    return in_room(django, request, start_response)
