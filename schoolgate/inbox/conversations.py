"""Many people at once on one post, and a conversation that turns sour: what the times and words show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import Left

from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.triage import PileOn, pile_on, turns_sour

MOST = 200
"""The latest comments on a post that are looked at."""
LATEST = 12
LETTERS = 500


@dataclass(frozen=True)
class Around:
    """What the comments on one post show together."""

    pile_on: PileOn | None = None
    sour: bool = False


def around(post_id: int | None) -> Around:
    """Return what the latest comments on a post show together; nothing for what is on no post. Two
    queries."""
    if post_id is None:
        return Around()
    rows = list(
        Item.objects.filter(post=post_id, private=False)
        .order_by("-id")
        .values_list("pk", "received_at", "author_id_there", "author_handle", "versions_seen")[:MOST]
    )
    # An author that the network doesn't name is counted as one person: never more people than there are.
    pile = pile_on([row[1] for row in rows], [row[2] or row[3] for row in rows])
    times = {pk: (at, number) for pk, at, _id, _handle, number in rows[:LATEST]}
    versions = ItemVersion.objects.filter(item__in=times).annotate(start=Left("text", LETTERS))
    texts = [
        (start, times[pk][0])
        for pk, number, start in versions.values_list("item_id", "number", "start")
        if number == times[pk][1]
    ]
    return Around(pile, turns_sour(texts))
