"""When an approved post is handed to the sender, and whether waiting work may be sent now: one rule for
posts, answers and comments. A post without a time waits a minute in which its approval can be undone;
during a stop it is held.

Whatever tells people when a post goes out asks `when_out`, or marks its rows with `note_held`."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Q

from schoolgate.accounts.opening_facts import waits
from schoolgate.core import stops
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.models import InstallationStop, Stop
from schoolgate.core.moves import move
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.intents import IntentRow
from schoolgate.publishing.models import Delivery, Post, PostState, Purpose
from schoolgate.publishing.rules import LATEST, late, stopped

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
    """When an approved post goes out: at its time; or, `held` by stops (the widest first), only if posting is
    allowed again before `last`, however long they were meant to be: anyone who may can lift one earlier.
    `missed`: that instant is past, so it needs a new time."""

    at: datetime
    last: datetime
    held: Sequence[Stop | InstallationStop] = ()
    missed: bool = False


def when_out(post: Post, *, at: datetime) -> GoesOut:
    """Return when an approved post goes out, as things are at `at`."""
    planned, last = goes_at(post), (post.planned_at or post.state_at) + LATEST
    ours = stops.holding(at)(post.school_id, planned)
    return GoesOut(planned, last, tuple(ours), missed=bool(ours) and at > last)


def note_held(posts: Iterable[Post], *, at: datetime) -> None:
    """Mark those of these posts that a stop holds, so that their status says so."""
    posts = list(posts)
    held = held_of(posts, goes_at, at=at)
    for post in posts:
        post.held = post.pk in held


def held_posts(posts: Collection[int], *, at: datetime) -> set[int]:
    """Return the ids of those of these posts that a stop holds: one query where anything is stopped."""
    if not posts or not stops.any_at(at):
        return set()
    rows = Post.objects.filter(pk__in=posts).defer("text", "other_text", "answers")
    return held_of(list(rows), goes_at, at=at)


def held_of(posts: Collection[Any], time: Callable[[Any], datetime], *, at: datetime) -> set[int]:
    """Return the ids of those of these posts (rows, or their lines in the calendar) that a stop holds:
    approved ones at their time, and those being sent that still have to leave for a network and aren't on
    their way to one. One query for stops; one more where posts of a stopped school are being sent."""
    holds = stops.holding(at)
    approved = {
        each.pk for each in posts if each.state == PostState.APPROVED and holds(each.school_id, time(each))
    }
    begun = [each.pk for each in posts if each.state == PostState.SENDING and holds(each.school_id, at)]
    return approved | _waiting(begun) if begun else approved


def _waiting(posts: Collection[int]) -> set[int]:
    """Return those of these posts that still have to leave for a network, and aren't on their way to one."""
    rows = Delivery.objects.filter(post__in=posts, purpose=Purpose.PUBLISH)
    waits, leaves = set(), set()
    for post, state in rows.values_list("post_id", "state"):
        if state == Intent.WRITTEN:
            waits.add(post)
        elif state in (Intent.SENT, Intent.UNKNOWN):
            leaves.add(post)
    return waits - leaves


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


R = TypeVar("R", bound=IntentRow)


def may_begin(
    row: R,
    *,
    account_id: int,
    school_id: int | None,
    at: datetime,
    event: str,
    follow: Callable[[R, datetime], None],
    outdated: str = "",
    **ids: Any,
) -> bool:
    """Return whether waiting work may be sent at `at`.

    It waits unchanged during a stop, and on an account that existed before Schoolgate and whose permission to
    continue has ended. What should have started long ago (`rules.LATEST`), or is `outdated` (a short code
    why), is given up: `follow` tells its author, who decides again. So the end of a stop, lifted or not,
    sends nothing in a burst. `event` is the first half of the record's events, `ids` what its row carries.
    """
    if stopped(school_id, at=at) or waits([account_id], on=local_day(at)):
        return False
    because = "too_slow" if late(row, at=at) else outdated
    if not because:
        return True
    move(row, to=Intent.FAILED, moves=MOVES, at=at, because=because)
    record(f"{event}.failed", subject=row, at=at, because=because, **ids)
    follow(row, at)
    return False
