"""A form that is sent twice, by a double click or a second touch: the second gets the answer of the first.

It is the same press if the form was drawn once (its token differs from every other drawing's), is filled in
alike, and nothing came between: no other press of the same sender, nor one by someone else on the same
thing. Of *No*, *Yes*, *No* the last *No* is carried out.

The first to arrive is carried out; the others wait for it and get the same redirect. Refusals are not
remembered, so the form is tried again.

The button that undoes an act, in the message after it: an address to post to, and what is sent with it.

The message carries it through the redirect, so it is there once, on the page that follows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

from schoolgate.core.tenancy import one_at_a_time

REMEMBERED = 10
"""Seconds after the first answer: longer than a second touch takes, shorter than the way back to the form."""
LONGEST = 2 * 60
"""Seconds for which the last press is known: longer than one takes to be carried out, and too short to fill
the cache, which has room for 20,000 things."""


def once(
    request: HttpRequest, person_id: int | None, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Do what the form asks, or answer as was answered to the same press a moment ago. Outside any scope."""
    if request.method != "POST" or not request.POST.get("csrfmiddlewaretoken"):
        return answer()
    sender = _digest("sender", person_id or request.META.get("CSRF_COOKIE", ""), person_id is None)
    form = _form(request, sender)
    if request.headers.get("HX-Request"):  # a script looks something up, or saves what is being written
        given = answer()
        if given.has_header("X-Saved"):
            _turns(request, sender, form)
        return given
    press = _digest("press", form, *_turns(request, sender, form))
    # What one sender asks at one address is carried out in the order in which it was asked.
    with one_at_a_time(_digest("address", sender, request.path)):
        if before := cache.get(press):
            to, told = before
            if told:
                text, tags, level = told
                messages.add_message(request, level, text, extra_tags=tags)
            return HttpResponseRedirect(to)
        given = answer()
        if isinstance(given, HttpResponseRedirect):
            cache.set(press, (given.url, getattr(given, "told", None)), REMEMBERED)
        return given


def _turns(request: HttpRequest, sender: str, form: str) -> list[str]:
    """Note this press as the last of its sender and on its thing. Returns the turns that it belongs to: new
    ones, unless the last press was the same."""
    thing = _thing(request)
    keys = [of for of in (sender, thing and _digest("thing", thing)) if of]
    turns: list[str] = cache.take_turns(keys, form, LONGEST)  # type: ignore[attr-defined]
    return turns


def _thing(request: HttpRequest) -> str:
    """Return the address up to the first id in it; empty where many people send different things to one."""
    match = request.resolver_match
    names = {str(value) for name, value in match.kwargs.items() if name != "federation"} if match else set()
    parts = request.path.split("/")
    first = next((place for place, part in enumerate(parts) if part in names), None)
    return "" if first is None else "/".join(parts[: first + 1])


def _form(request: HttpRequest, sender: str) -> str:
    """Return a key for this drawing of the form, as filled in."""
    files = [(name, one.name, one.size) for name, sent in request.FILES.lists() for one in sent]
    return _digest("form", sender, request.get_full_path(), sorted(request.POST.lists()), sorted(files))


def _digest(*what: object) -> str:
    return "twice:" + salted_hmac("schoolgate.web.frame.twice", json.dumps(what)).hexdigest()


_MARK = "undo:"


@dataclass(frozen=True)
class Undo:
    """What undoes an action. `fields` are sent along. Its own page decides whether undo is still possible."""

    address: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def as_tag(self) -> str:
        """Return it as a tag, stored with the text of a message."""
        return f"{_MARK}{self.address}?{urlencode(self.fields)}"


def undo_by(to: str, *args: object, **fields: str) -> Undo:
    """Undo by the page of this name, with these fields."""
    return Undo(reverse(to, args=args), fields)


def undo_of(message: Message) -> Undo | None:
    """The way to undo what a message tells of, or None."""
    tags = message.extra_tags or ""
    if not tags.startswith(_MARK):
        return None
    address, _mark, query = tags.removeprefix(_MARK).partition("?")
    return Undo(address, dict(parse_qsl(query, keep_blank_values=True)))
