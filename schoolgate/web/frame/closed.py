"""A restored installation shows the public nothing until it's released: what it has is as old as its backup,
and may have been taken down or withdrawn since.

Closed is whatever anyone may open (`open_to`), unless its view says `stays_open`: a new public page is closed
without knowing of this. See docs/adr/0081."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from schoolgate.core.restored import awaiting_release
from schoolgate.web.frame import errors

ANYBODY = "anybody"
"""The `open_to` of a view without sign-in."""
V = TypeVar("V", bound=Callable[..., Any])


def stays_open(view: V) -> V:
    """Leave a public view open before the release: only what helps a child."""
    view.stays_open = True  # type: ignore[attr-defined]
    return view


def open_to_anybody(view: V) -> V:
    """Say of a view without a door of `doors` that anyone may open it."""
    view.open_to = ANYBODY  # type: ignore[attr-defined]
    return view


class ClosedAfterRestore:
    """Answers for every public page of a home that waits to be released. One query for each such page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_given: object
    ) -> HttpResponseBase | None:
        """Answer 503 where the public would read what a backup has; tell the others (`restoring`)."""
        if getattr(view, "open_to", "") != ANYBODY or awaiting_release() is None:
            return None
        request.restoring = True  # type: ignore[attr-defined]
        return None if getattr(view, "stays_open", False) else errors.looked_over(request)
