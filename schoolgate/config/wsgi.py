"""The pages as a WSGI application."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

from schoolgate.core.env import use_settings
from schoolgate.core.processes import in_room

use_settings()
django = get_wsgi_application()


def application(request: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request, given as WSGI does."""
    return in_room(django, request, start_response)
