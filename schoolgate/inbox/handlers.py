"""What follows from events of the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.inbox.actions.reaching import follow_sight
from schoolgate.inbox.models import Item
from schoolgate.inbox.queries import locked_item
from schoolgate.networks.handshake import Intent


@subscribes("post.taken_down")
def follow_post(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Have our replies below a post that was taken down follow it."""
    rows = Item.every.filter(post=subject_id, answers__state=Intent.CONFIRMED, destroyed_at=None)
    for pk in rows.order_by("pk").values_list("pk", flat=True).distinct():
        follow_sight(locked_item(pk), at=at)
