"""A door's `prepare` for pages that take a file: it is read before the page's transaction opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from schoolgate.core.errors import BadInput
from schoolgate.web.frame.doors import Visit

T = TypeVar("T")


def read_first(
    read: Callable[[bytes, Visit], T], *, most: int
) -> Callable[[HttpRequest], T | BadInput | None]:
    """Return what `read` makes of the upload `file`, the BadInput that it raised, or None where none was
    sent.

    Args:
        read: takes the bytes, one more than `most` where there were more, and the visit. The decorator has
            checked permissions before.
    """

    def prepare(request: HttpRequest) -> T | BadInput | None:
        sent = request.FILES.get("file") if request.method == "POST" else None
        if sent is None:
            return None
        visit: Visit = request.visit  # type: ignore[attr-defined]
        try:
            return read(sent.read(most + 1), visit)
        except BadInput as error:
            return error

    return prepare
