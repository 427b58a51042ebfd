"""What the inbox is told about items that a watch found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.listening.models import Find


class OfItems(Beside):
    """Listening. Nothing to do at a lock: no one finds the post meanwhile (`rules.is_open_to_all`)."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return that an item was found elsewhere, if a watch found it."""
        return {"found_elsewhere": True} if Find.objects.filter(item=item).exists() else {}
