"""Update a post when one of its intents has ended."""

from datetime import datetime

from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.people.models import Person
from schoolgate.publishing.duty_kinds import FAILED, LOOK, LOOK_AGAIN, OUT_OF_DATE
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose


def lock(post: Post) -> Post:
    """Reread the post's state, and keep others from changing it until this transaction ends.

    Two intents of one post that end at the same moment would each see the other still under way, and the post
    would never be settled.
    """
    post.refresh_from_db(fields=["state"], from_queryset=Post.objects.select_for_update())
    return post


def settle(post: Post, *, at: datetime) -> None:
    """Give the post its next state once none of its deliveries is under way. Safe to call again."""
    lock(post)
    rows = list(post.deliveries.all().prefetch_related("take_downs"))
    if any(row.state in LIVE for row in rows):
        return
    published = [row for row in rows if row.purpose == Purpose.PUBLISH and row.state == Intent.CONFIRMED]
    if post.state == PostState.SENDING:
        to = PostState.PUBLISHED if published else PostState.NOT_SENT
        move(post, to=to, moves=POST_MOVES, at=at)
        record(
            "post.published" if published else "post.not_sent", subject=post, at=at, accounts=len(published)
        )
    if post.state == PostState.PUBLISHED and published and all(row.taken_down for row in published):
        # Each was taken down by itself, the last one now: no one can read the post any more.
        begin_taking_down(post, by=None, at=at, reason="consent")
    if post.state == PostState.TAKING_DOWN and all(
        row.taken_down for row in rows if row.receipt and row.of_id is None
    ):
        move(post, to=PostState.TAKEN_DOWN, moves=POST_MOVES, at=at)
        record("post.taken_down", subject=post, at=at)


def begin_taking_down(post: Post, *, by: Person | None, at: datetime, reason: str) -> None:
    """Mark a whole post as one that must go. Raises NotNow where it isn't out or has been marked already."""
    move(post, to=PostState.TAKING_DOWN, moves=POST_MOVES, at=at)
    discharge(kind=(OUT_OF_DATE, LOOK_AGAIN), subject=post, by=by, at=at, how="taken_down")
    end_failed(post, by=by, at=at, how="taken_down")
    record("post.take_down_asked", subject=post, at=at, actor=by, reason=reason)


def ask_author(
    kind: str, delivery: Delivery, *, at: datetime, due: Due | None = None, then: Then | None = None
) -> None:
    """Open a duty about this delivery for the author of its post; without `due` no time is promised. `then`
    takes over once it is overdue."""
    post = delivery.post
    open_duty(
        kind=kind,
        subject=delivery,
        at=at,
        due=due or Due.none_promised(),
        person=post.author,
        school=post.school,
        account=delivery.account_id,
        then=then,
    )


def ask_to_look(delivery: Delivery, *, at: datetime) -> None:
    """Open the duty of looking on the network: the author's, who is told in plain words on the post's
    page."""
    ask_author(LOOK, delivery, at=at)


def end_failed(post: Post, *, by: Person | None, at: datetime, how: str) -> None:
    """End the duties about what networks refused of a post, because something else was decided about it."""
    for refused in Delivery.objects.filter(post=post, state=Intent.FAILED):
        discharge(kind=FAILED, subject=refused, by=by, at=at, how=how)


def tell_of_failure(delivery: Delivery, *, at: datetime) -> None:
    """Open the duty of deciding what to do about something that the network did not take."""
    ask_author(FAILED, delivery, at=at)
