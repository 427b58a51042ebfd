"""A form that is sent twice, by a double click or a second touch: the second gets the answer of the first.

It is the same form if it was drawn once (its token differs from every other drawing's) and filled in alike.
The first to arrive is carried out; the others wait for it and get the same redirect. Refusals are not
remembered, so the form is tried again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

REMEMBERED = 10
"""Seconds after the first answer: longer than a second touch takes, shorter than the way back to the form."""


def once(
    request: HttpRequest, person_id: int | None, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Do what the form asks, or answer as was answered to the same form a moment ago. Outside any scope."""
    key = _form(request, person_id)
    if key is None:
        return answer()
    with _one_at_a_time(key):
        if before := cache.get(key):
            to, told = before
            if told:
                messages.success(request, told[0], extra_tags=told[1])
            return HttpResponseRedirect(to)
        given = answer()
        if isinstance(given, HttpResponseRedirect):
            cache.set(key, (given.url, getattr(given, "told", None)), REMEMBERED)
        return given


def _form(request: HttpRequest, person_id: int | None) -> str | None:
    """Return a key for this drawing of the form, as filled in; None where it isn't a form."""
    if request.method != "POST" or not request.POST.get("csrfmiddlewaretoken"):
        return None
    files = [(name, one.name, one.size) for name, sent in request.FILES.lists() for one in sent]
    sent = [person_id, request.get_full_path(), sorted(request.POST.lists()), sorted(files)]
    return "twice:" + salted_hmac("schoolgate.web.frame.twice", json.dumps(sent)).hexdigest()


@contextmanager
def _one_at_a_time(key: str) -> Iterator[None]:
    """Wait for the request that is handling the same form. The database drops the lock with the connection of
    a process that died."""
    number = int.from_bytes(bytes.fromhex(key.partition(":")[2][:16]), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
