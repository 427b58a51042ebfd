"""When an approved post is handed to the sender. A post without a time waits a minute in which its approval
can be undone; during a stop it is held.

Whatever tells people when a post goes out asks `when_out`, or marks its rows with `note_held`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from schoolgate.core import stops
from schoolgate.core.models import InstallationStop, Stop
from schoolgate.publishing.models import Post
from schoolgate.publishing.rules import LATEST
from schoolgate.publishing.states import PostState

UNDO_MINUTE = timedelta(seconds=60)
"""House rule: no policy shortens it, and no setting switches it off."""


def waits_a_minute(post: Post) -> bool:
    """Return whether the post waits a minute after its last approval; an emergency text doesn't."""
    return post.emergency_text_id is None


def goes_at(post: Post) -> datetime:
    """Return the instant from which an approved post is handed to the sender: its own time, but not before
    the minute after the last approval is over."""
    approved = post.state_at + UNDO_MINUTE if waits_a_minute(post) else post.state_at
    return max(approved, post.planned_at or approved)


@dataclass(frozen=True)
class GoesOut:
    """When an approved post goes out: at its time; or, `held` by stops (the widest first), only if they end
    before `last`. `missed`: they won't, so it needs a new time."""

    at: datetime
    last: datetime
    held: Sequence[Stop | InstallationStop] = ()
    missed: bool = False


def when_out(post: Post, *, at: datetime) -> GoesOut:
    """Return when an approved post goes out, as things are at `at`."""
    planned, last = goes_at(post), (post.planned_at or post.state_at) + LATEST
    ours = stops.holding(at)(post.school_id, planned)
    missed = at > last or any(each.until is not None and each.until > last for each in ours)
    return GoesOut(planned, last, tuple(ours), missed=bool(ours) and missed)


def note_held(posts: Iterable[Post], *, at: datetime) -> None:
    """Mark those of these posts that are approved and held by a stop, so that their status says so."""
    held = stops.holding(at)
    for post in posts:
        post.held = post.state == PostState.APPROVED and bool(held(post.school_id, goes_at(post)))


def due_posts(at: datetime) -> list[int]:
    """Return the ids of all approved posts whose time has come, the oldest plan first; those of a stopped
    school too, but they don't hold up the others."""
    due = Q(planned_at=None) | Q(planned_at__lte=at)
    rows = Post.objects.filter(due, state=PostState.APPROVED).order_by("planned_at", "id")
    return [post.pk for post in rows.defer("text", "answers") if goes_at(post) <= at]


def still_due(pk: int, *, at: datetime) -> bool:
    """Return whether the post is still due, and keep others from changing it until this transaction ends.

    Between the list and this row its approval may have been withdrawn, and given again.
    """
    post = Post.objects.select_for_update().filter(pk=pk, state=PostState.APPROVED).first()
    return post is not None and goes_at(post) <= at
