"""What the inbox is told about items that a watch found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schoolgate.inbox.models import Answer, Item
from schoolgate.listening.models import Find
from schoolgate.people.models import Person


class OfItems:
    """Listening, for `inbox.beside`."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return that an item was found elsewhere, if a watch found it."""
        return {"found_elsewhere": True} if Find.objects.filter(item=item).exists() else {}

    def check_may_close(self, person: Person, item: Item, *, on: date) -> None:
        """Nothing stops people who may close it."""

    def replied(self, answer: Answer, *, by: Person, at: datetime) -> None:
        """The item itself keeps its reply."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """No one finds the post while its item is locked (`rules.is_open_to_all`)."""

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """The post is found again by itself."""
