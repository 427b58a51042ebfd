"""The button that undoes an act, in the message after it: an address to post to, and what is sent with it.

The message carries it through the redirect, so it is there once, on the page that follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from django.contrib.messages.storage.base import Message
from django.urls import reverse

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
