"""What concerns do when the comment that they are about is locked to the safeguarding leads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schoolgate.inbox.models import Answer, Item
from schoolgate.incidents.actions.locking import give_back_with_item, keep_with_item
from schoolgate.people.models import Person


class OfItems:
    """Concerns, for `inbox.beside`."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return nothing: a concern tells no other room what it knows."""
        return {}

    def check_may_close(self, person: Person, item: Item, *, on: date) -> None:
        """Nothing stops people who may close it."""

    def replied(self, answer: Answer, *, by: Person, at: datetime) -> None:
        """The item itself keeps its reply."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Keep the concerns that have a copy of it to the safeguarding leads."""
        keep_with_item(item=item, by=by, at=at)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give those concerns back."""
        give_back_with_item(item=item, by=by, at=at)
