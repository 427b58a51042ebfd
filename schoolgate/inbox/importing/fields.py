"""What a list of comments may tell, and how its headings and words are recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core import days
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.inbox import listing
from schoolgate.inbox.states import ItemKind
from schoolgate.people.lists import cells
from schoolgate.people.lists.cells import Arg, wrong_columns
from schoolgate.people.lists.cells import offered as offered_for
from schoolgate.people.models import Person
from schoolgate.people.sheets import day_of

MESSAGE = "message"


class Field(TextChoices):
    """What a column can be about."""

    TEXT = "text", _("Comment")
    WHEN = "when", _("Date posted")
    TIME = "time", _("Time posted")
    AUTHOR = "author", _("Author, as shown on the network")
    ACCOUNT = "account", _("Account")
    KIND = "kind", _("Type")
    ADDRESS = "address", _("Web address")


KINDS: Mapping[str, str | Promise] = {
    ItemKind.COMMENT: ItemKind.COMMENT.label,
    ItemKind.QUERY: ItemKind.QUERY.label,
    ItemKind.COMPLAINT: ItemKind.COMPLAINT.label,
    ItemKind.REVIEW: ItemKind.REVIEW.label,
    MESSAGE: ItemKind.MESSAGE.label,
}
"""What a line can be."""
PUBLIC = frozenset({ItemKind.COMMENT, ItemKind.REVIEW})
"""What everyone can read: a question or a complaint in a list may have been written to the school alone."""
KIND_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("comment", "reply", "sylw"), ItemKind.COMMENT),
    **dict.fromkeys(("question", "query", "cwestiwn"), ItemKind.QUERY),
    **dict.fromkeys(("complaint", "cwyn"), ItemKind.COMPLAINT),
    **dict.fromkeys(("review", "recommendation", "adolygiad"), ItemKind.REVIEW),
    **dict.fromkeys(("message", "direct message", "private message", "dm", "neges"), MESSAGE),
}
HEADINGS: Mapping[str, Sequence[str]] = {
    Field.TEXT: (
        "comment", "text", "message", "comment text", "content", "review", "review text", "sylw", "testun",
    ),
    Field.WHEN: (
        "date", "created", "created at", "created time", "posted at", "timestamp", "date posted", "dyddiad",
    ),
    Field.TIME: ("time", "time posted", "amser"),
    Field.AUTHOR: (
        "author", "name", "from", "user", "username", "reviewer", "sender", "author name", "awdur",
    ),
    Field.ACCOUNT: ("account", "page", "page name", "profile", "cyfrif"),
    Field.KIND: ("type", "kind", "item type", "math o neges"),
    Field.ADDRESS: ("link", "url", "permalink", "web address", "comment link", "dolen"),
}  # fmt: skip
"""Headings that are offered for a field; a person checks the offer before it counts."""


@dataclass(frozen=True)
class CommentMessage(cells.ListMessage):
    """`code` of `WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = {
        "unknown_value": _("{column}: say what “{value}” means under Explain values."),
        "bad_day": _("{column}: “{value}” isn’t a date. Use a format like 1/9/2026 14:10."),
        "bad_time": _("{column}: “{value}” isn’t a time. Use a format like 14:10."),
        "future": _("{column}: this date is in the future."),
        "bad_address": _("{column}: this isn’t a link that starts with https://"),
        "line_twice": _("Row {line} is the same comment."),
        "comes": _("New."),
        "here": _("Already in the inbox."),
        "no_time": _("No time given, so the deadline counts from the start of that day."),
    }


def say(code: str, **args: Arg) -> CommentMessage:
    """Return a message about a line."""
    return CommentMessage(code, args)


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return offered_for(headings, HEADINGS)


def accounts_for(by: Person, *, on: date) -> dict[int, Account]:
    """Return the open accounts on which a person replies."""
    reach = listing.reach_of(by, on=on, able=frozenset({"answer"}))
    rows = Account.objects.filter(state=AccountState.OPEN).select_related("school", "federation")
    return {
        one.pk: one
        for one in rows.order_by("name", "pk")
        if reach.everything or one.school_id in reach.schools or one.pk in reach.accounts
    }


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    wrong: dict[str, Any] = wrong_columns(columns, headings, Field.values)
    why: Mapping[str, Any] = {
        Field.TEXT: _("Choose the column with the words of the comments."),
        Field.WHEN: _("Choose the column with the dates. The policy’s deadlines count from them."),
    }
    wrong = {name: told for name, told in why.items() if name not in columns} | wrong
    for name, told in (
        (Field.ACCOUNT, _("Choose the column, or say which account they were written on.")),
        (Field.KIND, _("Choose the column, or one type for all.")),
    ):
        if name not in columns and not defaults.get(name):
            wrong[name] = told
    if wrong:
        raise BadInput({str(name): told for name, told in wrong.items()})


def instant_in(words: str, at: str = "") -> tuple[datetime | None, bool]:
    """Return the instant that a cell names, by clocks in the UK unless it tells another, and whether it names
    a time of day. `at`: the cell with the time, where that is apart. None where it is no date."""
    tidy = " ".join(words.replace("T", " ").replace(",", " ").split())
    if not at:
        try:
            found = days.instant_in(words.strip())
        except ValueError:
            pass
        else:
            timed = len(words.strip()) > len("2026-11-23")
            return (found if found.tzinfo else found.replace(tzinfo=LONDON)), timed
    first, _space, rest = tidy.partition(" ")
    day = day_of(first)
    if day is None:
        return None, False
    clock = at.strip() or rest
    if not clock:
        return datetime.combine(day, time(), LONDON), False
    for shape in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p"):
        try:
            return datetime.combine(day, days.clock_in(clock, shape), LONDON), True
        except ValueError:
            continue
    return None, True
