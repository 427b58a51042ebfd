"""Upload limits of pages that accept more than a picture: declared at the view, enforced on upload."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from schoolgate.web.frame.cookies import ours

V = TypeVar("V", bound=Callable[..., Any])


def takes_up_to(number: int) -> Callable[[V], V]:
    """Let this page accept forms of up to this many bytes from signed-in people."""

    def mark(view: V) -> V:
        view.takes_up_to = number  # type: ignore[attr-defined]
        return view

    return mark


def most_for(request: HttpRequest | None, otherwise: int) -> int:
    """Return how many bytes this request may have. For strangers never more than `otherwise`."""
    if request is None:
        return otherwise
    try:
        most = getattr(resolve(request.path_info).func, "takes_up_to", 0)
    except Resolver404:
        return otherwise
    user = getattr(request, "user", None)
    return max(most, otherwise) if most and user is not None and user.is_authenticated else otherwise


def most_as_wsgi(told: Mapping[str, Any], otherwise: int = 0) -> int:
    """Return how many bytes a request may have of which only the headers are here, given as WSGI does."""
    cookies = ours(told.get("HTTP_COOKIE", ""))
    request = WSGIRequest({**told, "HTTP_COOKIE": cookies, "wsgi.input": io.BytesIO()})
    request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    try:
        request.user = get_user(request)
        return most_for(request, otherwise)
    finally:
        close_old_connections()
