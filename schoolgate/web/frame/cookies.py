"""Names of cookies behind https: browsers take one that begins with `__Host-` from this host alone, by https.

So no neighbour under the same domain, and no one on an open line, can put a cookie of ours into a browser.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PREFIX = "__Host-"


class OfThisHost:
    """Renames cookies where they leave and arrive; what makes and reads them knows nothing of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through with our own cookies only, and its answer with theirs renamed."""
        if not settings.SESSION_COOKIE_SECURE:
            return self.get_response(request)
        request.META["HTTP_COOKIE"] = ours(request.META.get("HTTP_COOKIE", ""))
        response = self.get_response(request)
        for name in list(response.cookies):
            _rename(response, name)
        return response


def ours(header: str) -> str:
    """Return the cookies of a request that only this host can have set, under the names we know."""
    if not settings.SESSION_COOKIE_SECURE:
        return header
    said = [one.strip() for one in header.split(";")]
    return "; ".join(one.removeprefix(PREFIX) for one in said if one.startswith(PREFIX))


def _rename(response: HttpResponseBase, name: str) -> None:
    told = response.cookies.pop(name)
    told.set(PREFIX + name, told.value, told.coded_value)
    told["path"], told["domain"], told["secure"] = "/", "", True
    response.cookies[PREFIX + name] = told
