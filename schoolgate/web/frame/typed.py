"""What a person wrote into a form that was refused. The page that says so shows it, so no word is lost: not
without scripts, nor on a public page, nor where a draft in the browser would be seen by others."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Final

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.http import url_has_allowed_host_and_scheme

SECRET: Final = re.compile(r"csrf|password|secret|seed|token|code|login", re.IGNORECASE)
"""Names of fields that are never shown again; a test holds every field for a password to it."""
_CHOSEN: Final = re.compile(r"[\w.:,+/=-]*", re.ASCII)
"""Keys, numbers, days and digests: what is chosen from a list or carried by the page."""
CARRIED: ContextVar[QueryDict | None] = ContextVar("carried", default=None)
"""The fields that the language button carried from the page to the same page; None otherwise."""


def carried() -> QueryDict:
    """Return the fields that came along from the page in the other language, empty where none did."""
    return CARRIED.get() or QueryDict()


def words_typed_in(request: HttpRequest) -> list[str]:
    """Return the words typed into the form that was sent, in the order of its fields; none where it can't be
    read."""
    if request.method != "POST":
        return []
    try:
        sent = request.POST
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return []
    found = (
        value.strip()
        for name, values in sent.lists()
        if not SECRET.search(name)
        for value in values
        if _is_typed(value.strip())
    )
    return list(dict.fromkeys(found))


def words_typed_here(request: HttpRequest) -> list[str]:
    """Return the same for a form of our own site, and nothing for one from elsewhere: no other site puts
    words on a page of ours."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return words_typed_in(request) if url_has_allowed_host_and_scheme(came_from, {request.get_host()}) else []


def _is_typed(value: str) -> bool:
    """Return whether these are a person's own words or address rather than a choice."""
    carried = value.startswith(("{", "["))  # what a script carries from one page to the next
    return not carried and ("://" in value or not _CHOSEN.fullmatch(value))
