"""Care for those who read: how abusive words are shown to them, and how many hard items they opened today."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.reading_once import A_NUMBER, Written, read_once
from schoolgate.inbox.models import Item, ReaderCare
from schoolgate.people.models import Person
from schoolgate.triage import URGENT, Lane

HARD = URGENT | {Lane.ABUSE}
"""Lanes of items that are hard to read."""
MANY = 5
"""Hard items in a day from which on the page suggests a pause. House rule."""
MOST_KEPT = 500


def shows_words(person: Person) -> bool:
    """Return whether this reader asked to see abusive words as they were written."""
    given: dict[object, int] = {A_NUMBER: person.pk}
    return bool(read_once(("inbox.shows_words", person.pk), lambda: _shows_words().values(given)))


@cache
def _shows_words() -> Written:
    return Written(ReaderCare.objects.filter(person=A_NUMBER, shows_words=True).values_list("pk")[:1])


def hard_today(person: Person, *, on: date) -> int:
    """Return how many hard items this reader opened on that day. Kept for them alone."""
    row = ReaderCare.objects.filter(person=person, day=on).first()
    return len(row.seen) if row else 0


def is_hard(item: Item) -> bool:
    """Return whether an item is hard to read."""
    return item.lane in HARD or has_abuse(item)


def has_abuse(item: Item) -> bool:
    """Return whether its words are abusive, whatever lane it is in."""
    return any(lane == Lane.ABUSE for lane, *_rest in item.why)


@action
def show_words(*, by: Person, at: datetime, shows: bool) -> ReaderCare:
    """Show abusive words to this reader as they were written from now on, or mask them again."""
    row = _row(by, at)
    row.shows_words = shows
    row.save(update_fields=["shows_words"])
    return row


@action
def note_opened(*, by: Person, at: datetime, item: Item) -> None:
    """Count a hard item that this reader opened today, once."""
    row = _row(by, at)
    today = local_day(at)
    seen = row.seen if row.day == today else []
    if item.pk not in seen and len(seen) < MOST_KEPT:
        row.day, row.seen = today, [*seen, item.pk]
        row.save(update_fields=["day", "seen"])


def _row(person: Person, at: datetime) -> ReaderCare:
    row, _new = ReaderCare.objects.get_or_create(person=person, defaults={"day": local_day(at)})
    return row
