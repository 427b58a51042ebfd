"""Whether people can read a reply of ours: while it is there, and where they can read what it hangs under."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from schoolgate.core.reading_once import read_once
from schoolgate.inbox.authors import standing_block
from schoolgate.inbox.facts import channel_of
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.states import KeptBack, Unseen
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.models import Delivery, Purpose


def why_unseen(answer: Answer) -> Unseen | None:
    """Return why people can't read this reply, wherever its own sending stands; None where they can.

    A private message is read by its author alone. A notice below the post needs only the post.
    """
    if answer.gone_at is not None:
        return Unseen.DELETED
    item = answer.item
    if channel_of(item) == "private":
        return None
    if answer.below_post:
        return Unseen.POST_GONE if _post_is_gone(item) else None
    return why_unseen_below(item)


def why_unseen_below(item: Item) -> Unseen | None:
    """Return why people couldn't read a reply to this item now; None where they could."""
    if channel_of(item) == "private":
        return None
    if item.kept_back == KeptBack.REMOVED:
        return Unseen.REMOVED
    if item.gone_at is not None:
        return Unseen.GONE
    if _post_is_gone(item):
        return Unseen.POST_GONE
    if item.kept_back:
        return Unseen.HIDDEN
    if not item.released:
        return Unseen.WAITING
    blocked = read_once(("inbox.block", item.pk), lambda: standing_block(item))
    return None if blocked is None else Unseen.BLOCKED


def _post_is_gone(item: Item) -> bool:
    """Return whether the post was taken down where the item hangs under it."""
    if item.post_id is None:
        return False
    done = Delivery.objects.filter(state=Intent.CONFIRMED)
    gone = Exists(done.filter(of=OuterRef("pk"), purpose=Purpose.TAKE_DOWN))
    copies = done.filter(post=item.post_id, account=item.account_id, purpose=Purpose.PUBLISH)

    def read() -> list[bool]:
        return list(copies.annotate(gone=gone).values_list("gone", flat=True))

    found = read_once(("inbox.copies_gone", item.pk), read)
    return bool(found) and all(found)
