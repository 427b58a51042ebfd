"""Upload limits of pages that accept more than a picture: declared at the view, enforced on upload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import Resolver404, resolve

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
