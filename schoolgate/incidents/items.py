"""What concerns do when the comment that they are about is locked to the safeguarding leads."""

from __future__ import annotations

from datetime import datetime

from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.incidents.actions.locking import give_back_with_item, keep_with_item
from schoolgate.people.models import Person


class OfItems(Beside):
    """Concerns, which tell no other room what they know."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Keep the concerns that have a copy of it to the safeguarding leads."""
        keep_with_item(item=item, by=by, at=at)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give those concerns back."""
        give_back_with_item(item=item, by=by, at=at)
