"""When an approved post is handed to the sender. A post without a time waits a minute in which its approval
can be undone."""

from datetime import datetime, timedelta

from django.db.models import Q

from schoolgate.publishing.models import Post
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
