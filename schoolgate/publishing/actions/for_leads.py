"""Note whose eyes a draft is for: what holds the name of a child on the do-not-publish list is open to its
writers and the safeguarding leads alone, until the name is gone or a lead has let it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.publishing import queries
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import CAN_BE_CHANGED

MOST_AT_ONCE = 50
Beside = Callable[[Post, datetime], None]
_beside: list[Beside] = []


def beside(changed: Beside) -> None:
    """Register what follows when a post begins or ends to be kept to the leads. Called once, at start-up, by
    rooms above that keep something of posts."""
    _beside.append(changed)


def note_for_leads(post: Post, *, at: datetime) -> None:
    """Note whether something in this post waits for a safeguarding lead's word. `post`: as it is now."""
    now = hits_of(post, on=local_day(at)).for_leads
    if now != post.leads_only:
        Post.objects.filter(pk=post.pk).update(leads_only=now)
        post.leads_only = now
        for changed in _beside:
            changed(post, at)


def drafts(*, after: int = 0, most: int | None = None) -> list[int]:
    """Return the ids of posts that can still be changed, after this id; all of them without `most`."""
    rows = Post.objects.filter(state__in=CAN_BE_CHANGED, destroyed_at=None, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


@action
def note_again_for_leads(*, at: datetime, after: int) -> int | None:
    """Note it again of posts that can still be changed, after this id: their words may have been read in a
    picture, or a name may have come to the list or left it. Return the last id looked at; None at the end."""
    ids = drafts(after=after, most=MOST_AT_ONCE)
    for post in queries.posts_by_id(ids):
        note_for_leads(post, at=at)
    return ids[-1] if ids else None
