"""Takes posts down wherever they are live: one, or all of an account or of a day in one act."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.accounts.queries import leads
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.port import intent_key
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.live import stop_looking
from schoolgate.publishing.actions.settling import ask_author, settle
from schoolgate.publishing.actions.starting import defer_drive
from schoolgate.publishing.actions.submitting import let_approval_lapse
from schoolgate.publishing.duty_kinds import APPROVE, BY_HAND, LOOK, LOOK_AGAIN, OUT_OF_DATE, REMOVE
from schoolgate.publishing.models import Delivery, Post, TakeDown, TakeDownPost
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose
from schoolgate.publishing.threads import is_begun

REASONS = ("mistake", "consent", "safety", "request", "policy", "other")
"""Short codes, because the reason stays in the record for good."""
LONGEST_WORDS = 1000
MOST_AT_ONCE = 100
"""Posts in one act, so that its locks are short; what is left over is taken down by the next one."""


@action
def take_down(*, by: Person, at: datetime, post: Post, reason: str, words: str = "") -> Post:
    """Take a post down from every account on which it is live; cancel what has not been sent yet.

    `reason` is one of REASONS, `words` the person's own. A stop does not prevent a take-down. Raises
    NotAllowed, BadInput (`reason`, `words`), NotNow.
    """
    rules.check_may_take_down(by, post, on=local_day(at))
    _check_said(reason, words)
    take_whole_down(post, by=by, at=at, reason=reason)
    act = TakeDown.objects.create(by=by, at=at, reason=reason, words=words.strip())
    TakeDownPost.objects.create(take_down=act, post=post, asked=True)
    return queries.post(post.pk)


@action
def take_down_all(
    *,
    by: Person,
    at: datetime,
    posts: Sequence[Post],
    reason: str,
    words: str = "",
    account: Account | None = None,
    day: date | None = None,
) -> TakeDown:
    """Take several posts down in one act, each with its own outcome; `account` and `day` say which they were.

    A post that is already being taken down is recorded as such and delays none of the others. Raises
    NotAllowed (this person may not take one of them down: then nothing is done), BadInput (`reason`, `words`,
    `posts`).
    """
    _check_said(reason, words)
    if not posts or len(posts) > MOST_AT_ONCE:
        raise BadInput({"posts": _("Choose at least one post, and no more than 100.")})
    for post in posts:
        rules.check_may_take_down(by, post, on=local_day(at))
    act = TakeDown.objects.create(by=by, at=at, reason=reason, words=words.strip(), account=account, day=day)
    for post in posts:
        TakeDownPost.objects.create(
            take_down=act, post=post, asked=_in_turn(post, by=by, at=at, reason=reason)
        )
    record("post.taken_down_together", subject=act, at=at, actor=by, reason=reason, posts=len(posts))
    return act


def _in_turn(post: Post, *, by: Person, at: datetime, reason: str) -> bool:
    try:
        _take_one(by=by, at=at, post=post, reason=reason)
    except NotNow:  # a take-down has begun already
        return False
    return True


@action
def _take_one(*, by: Person, at: datetime, post: Post, reason: str) -> None:
    """One of several, in a savepoint of its own."""
    take_whole_down(post, by=by, at=at, reason=reason)


def _check_said(reason: str, words: str) -> None:
    if reason not in REASONS:
        raise BadInput({"reason": _("Choose why you’re taking the post down.")})
    if len(words) > LONGEST_WORDS:
        raise BadInput({"words": _("Use up to 1,000 characters.")})


def take_whole_down(post: Post, *, by: Person | None, at: datetime, reason: str) -> None:
    """Take down what is out, and withdraw what only waits for its time."""
    if post.state == PostState.APPROVED:
        move(post, to=PostState.WITHDRAWN, moves=POST_MOVES, at=at)
        let_approval_lapse(post, at=at)
        cancel(kind=APPROVE, subject=post, because="withdrawn", at=at, by=by)
        record("post.withdrawn", subject=post, at=at, actor=by, reason=reason)
        return
    move(post, to=PostState.TAKING_DOWN, moves=POST_MOVES, at=at)
    for kind in (OUT_OF_DATE, LOOK_AGAIN):
        discharge(kind=kind, subject=post, by=by, at=at, how="taken_down")
    record("post.take_down_asked", subject=post, at=at, actor=by, reason=reason)
    # Under a lock: one that a worker has just begun to send is not taken back here, but goes once it arrived.
    not_sent = Delivery.objects.filter(post=post, purpose=Purpose.PUBLISH, state=Intent.WRITTEN)
    for waiting in not_sent.select_for_update():
        move(waiting, to=Intent.CANCELLED, moves=MOVES, at=at, because="taken_down")
        discharge(kind=BY_HAND, subject=waiting, by=by, at=at, how="taken_down")
        take_begun_down(waiting, at=at)
    for copy in queries.live_copies(post):
        if copy.known().begun is None or copy.state not in (Intent.SENT, Intent.UNKNOWN):
            write_take_down(copy, at=at)
            end_begun(copy, at=at)
        # Else another part of the thread may just be arriving: what is there is looked up first.
    settle(post, at=at)


def write_take_down(copy: Delivery, *, at: datetime, by_hand: bool | None = None) -> Delivery:
    """Write the intent to take one copy down, once; by hand where the network leaves no other way."""
    standing = copy.take_downs.exclude(state__in=[Intent.FAILED, Intent.CANCELLED]).first()
    if standing is not None:
        return standing
    if by_hand is None:
        by_hand = copy.by_hand or abilities_of(copy.account).way("take_down") is not Way.PROGRAM
    tries = copy.take_downs.count()
    delivery = Delivery.objects.create(
        post=copy.post,
        account=copy.account,
        purpose=Purpose.TAKE_DOWN,
        of=copy,
        by_hand=by_hand,
        intent_key=intent_key(at=at, about=f"{copy.federation_id}:{copy.pk}:take_down:{tries}"),
        receipt=copy.receipt,
        written_at=at,
        state_at=at,
    )
    record(
        "delivery.written",
        subject=delivery,
        at=at,
        post=copy.post_id,
        account=copy.account_id,
        by_hand=by_hand,
    )
    stop_looking(copy, at=at)
    if by_hand:
        ask_to_remove(delivery, at=at)
    else:
        defer_drive(delivery)
    return delivery


def end_begun(delivery: Delivery, *, at: datetime) -> None:
    """End a thread that waits for a person's word on its other parts: what is there is being taken down."""
    if is_begun(delivery):
        move(delivery, to=Intent.FAILED, moves=MOVES, at=at, because=delivery.because)
        discharge(kind=LOOK, subject=delivery, by=None, at=at, how="taken_down")


def take_begun_down(delivery: Delivery, *, at: datetime) -> None:
    """Take down the first parts of a thread whose others will not be sent any more."""
    if delivery.purpose == Purpose.PUBLISH and delivery.known().begun is not None:
        write_take_down(delivery, at=at)


def ask_to_remove(delivery: Delivery, *, at: datetime) -> None:
    """Ask the author, and everyone who approves posts here, to take a copy down on the network's own pages.

    The first to do it completes the task for all: a removal must not wait for one person.
    """
    due = of_withdrawal(delivery)
    ask_author(REMOVE, delivery, at=at, due=due)
    ask_the_others(REMOVE, delivery, at=at, due=due)
    if due is not None:
        for lead in leads(delivery.account):
            open_duty(
                kind=REMOVE, subject=delivery, at=at, due=due, person=lead, school=delivery.post.school,
                account=delivery.account_id,
            )  # fmt: skip


def of_withdrawal(delivery: Delivery) -> Due | None:
    """Return by when a copy must be down because consent was withdrawn; None: it wasn't."""
    acts = TakeDown.objects.filter(copies__delivery=delivery.of_id).order_by("due_at")
    first = acts.values_list("due_at", flat=True).first()
    return Due.at(first) if first is not None else None


def ask_the_others(kind: str, delivery: Delivery, *, at: datetime, due: Due | None = None) -> None:
    """Open a duty of the policy's roles that approve posts, for this post's school."""
    post = delivery.post
    for role in book_of(post.author.federation).pack.roles_with("approve_post"):
        open_duty(
            kind=kind,
            subject=delivery,
            at=at,
            due=due or Due.none_promised(),
            role=role.key,
            school=post.school,
            account=delivery.account_id,
        )
