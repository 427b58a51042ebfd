"""How much a page takes that takes more than a picture: said at the view, held to while the file comes in."""

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
    """How many bytes this request may have. A stranger's is never larger than `otherwise`."""
    if request is None:
        return otherwise
    try:
        most = getattr(resolve(request.path_info).func, "takes_up_to", 0)
    except Resolver404:
        return otherwise
    user = getattr(request, "user", None)
    return max(most, otherwise) if most and user is not None and user.is_authenticated else otherwise
