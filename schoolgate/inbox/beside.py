"""What a room above knows of an item and wants observed: the press tells what its enquiry says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schoolgate.core.reading_once import read_once
from schoolgate.inbox.models import Answer, Item
from schoolgate.people.models import Person


class Beside:
    """A room that keeps something about items. It overrides what concerns it; the rest does nothing."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return answers to questions about a reply that are known already, by the names of `QUESTIONS`."""
        return {}

    def check_may_close(self, person: Person, item: Item, *, on: date) -> None:
        """Raise NotAllowed where this person may not close the item without a reply."""

    def replied(self, answer: Answer, *, by: Person, at: datetime) -> None:
        """A reply was written, and the policy let it go."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """An item was locked to the safeguarding leads: end what others are asked to do about it."""

    def kept_from(self, item: Item, *, at: datetime) -> None:
        """An item that came before is kept from the colleagues it names: the leads decide about it."""

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """A locked item was given back: ask again what is still to be done about it."""


_rooms: list[Beside] = []


def register(room: Beside) -> None:
    """Add a room. Called once, by the app above, at start-up."""
    _rooms.append(room)


def known(item: Item) -> dict[str, Any]:
    """Return what is known about an item, by the names of the questions; nothing where nothing is."""
    return dict(read_once(("inbox.known", item.pk), lambda: _known(item)))


def _known(item: Item) -> dict[str, Any]:
    found = {"from_press": item.from_press} if item.from_press is not None else {}
    for room in _rooms:
        found.update(room.known(item))
    return found


def check_may_close(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed where a room says that this person may not close the item."""
    for room in _rooms:
        room.check_may_close(person, item, on=on)


def replied(answer: Answer, *, by: Person, at: datetime) -> None:
    """Tell each room that a reply was written."""
    for room in _rooms:
        room.replied(answer, by=by, at=at)


def locked(item: Item, *, by: Person, at: datetime) -> None:
    """Tell each room that an item was locked."""
    for room in _rooms:
        room.locked(item, by=by, at=at)


def kept_from(item: Item, *, at: datetime) -> None:
    """Tell each room that an item is kept from the colleagues it names."""
    for room in _rooms:
        room.kept_from(item, at=at)


def unlocked(item: Item, *, by: Person, at: datetime) -> None:
    """Tell each room that a locked item was given back."""
    for room in _rooms:
        room.unlocked(item, by=by, at=at)
