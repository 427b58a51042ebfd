"""Takes one copy of a post down, step by step, until it is gone: the one way for whatever must go.

What one copy needs depends on its own state alone, read under its lock. `remove` is safe to call again at any
time; the driver calls it when the outcome of a sending is known, a person's word calls it, and a sweep each
minute calls it for each copy that should be gone and that no one removes.
"""

from datetime import datetime

from django.db.models import Q

from schoolgate.accounts.access import leads
from schoolgate.accounts.connecting import abilities_of
from schoolgate.core.actions import action
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import LIVE, MOVES, Intent
from schoolgate.networks.port import intent_key
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.publishing.actions.live import stop_looking
from schoolgate.publishing.actions.settling import ask_author, begin_taking_down, lock, settle
from schoolgate.publishing.actions.starting import defer_drive
from schoolgate.publishing.duty_kinds import BY_HAND, FAILED, LOOK, REMOVE
from schoolgate.publishing.models import Delivery, TakeDown, WithdrawnCopy
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose

GOING = (PostState.TAKING_DOWN, PostState.TAKEN_DOWN)


def must_go(copy: Delivery) -> bool:
    """Return whether a copy may not stay: its post is being taken down, or consent to it was withdrawn."""
    return copy.post.state in GOING or WithdrawnCopy.objects.filter(delivery=copy).exists()


def removal_by_hand(copy: Delivery) -> Delivery | None:
    """Return the take-down of a copy that a person must do now on the network's own pages."""
    waiting = copy.take_downs.filter(by_hand=True, state=Intent.WRITTEN)
    return next((each for each in waiting.order_by("-id") if each.removal_said is None), None)


@action
def remove(*, at: datetime, copy: Delivery, by: Person | None = None) -> None:
    """Take the next step towards a copy that must go being gone; nothing where it needs none.

    A copy before its post, in which order the driver locks them too.
    """
    copy.refresh_from_db(
        fields=["state", "receipt", "because"], from_queryset=Delivery.objects.select_for_update()
    )
    lock(copy.post)
    _go_as_a_whole(copy, at=at)
    if must_go(copy):
        step_down(copy, at=at, by=by)
        settle(copy.post, at=at)


def step_down(copy: Delivery, *, at: datetime, by: Person | None = None) -> None:
    """Do what the state of a locked copy that must go asks for.

    One that is being sent is left to the driver until its outcome is known, unless its address is known
    already. What a person has to look at comes down without waiting for them where its address is known.
    """
    known, due = copy.known(), due_of(copy)
    if copy.state == Intent.WRITTEN and copy.by_hand and due is not None:
        # Who was asked to post it may have done so without pasting its link; only a person can see that.
        move(copy, to=Intent.ASKED, moves=MOVES, at=at, because="taken_down")
        discharge(kind=BY_HAND, subject=copy, by=by, at=at, how="taken_down")
        ask_by(LOOK, copy, due, at=at)
    elif copy.state == Intent.WRITTEN:
        move(copy, to=Intent.CANCELLED, moves=MOVES, at=at, because="taken_down")
        discharge(kind=BY_HAND, subject=copy, by=by, at=at, how="taken_down")
        take_begun_down(copy, at=at)
    elif copy.state in (Intent.SENT, Intent.UNKNOWN) and (known.receipt is None or known.begun is not None):
        return  # it, or another part of a thread, may just be arriving
    elif copy.receipt:
        write_take_down(copy, at=at)
        if copy.state in (Intent.ASKED, Intent.DIFFERENT):
            move(copy, to=Intent.FAILED, moves=MOVES, at=at, because=copy.because)
            discharge(kind=LOOK, subject=copy, by=by, at=at, how="taken_down")
    elif copy.state == Intent.ASKED and copy.removal_said is None:
        ask_by(LOOK, copy, due, at=at)
    if copy.state == Intent.FAILED:
        cancel(kind=FAILED, subject=copy, because="taken_down", at=at)


def _go_as_a_whole(copy: Delivery, *, at: datetime) -> None:
    """Mark the whole post where consent was withdrawn for all accounts: nothing more of it may go out."""
    post = copy.post
    if PostState.TAKING_DOWN not in POST_MOVES[PostState(post.state)]:
        return
    if WithdrawnCopy.objects.filter(delivery=copy, take_down__withdrawal__channel="").exists():
        begin_taking_down(post, by=None, at=at, reason="consent")


def copies_left() -> list[int]:
    """Return the copies that must go and that no one removes: neither gone nor being sent, and without a
    living take-down. One query."""
    marked = Q(pk__in=WithdrawnCopy.objects.values("delivery")) | Q(post__state=PostState.TAKING_DOWN)
    here = Q(receipt__isnull=False, state__in=[Intent.CONFIRMED, Intent.FAILED, Intent.CANCELLED])
    open_ = Q(state__in=[Intent.WRITTEN, Intent.ASKED, Intent.DIFFERENT])
    rows = Delivery.objects.filter(marked, here | open_, purpose=Purpose.PUBLISH)
    removals = Delivery.objects.filter(purpose=Purpose.TAKE_DOWN, state__in=[Intent.CONFIRMED, *sorted(LIVE)])
    return list(rows.exclude(pk__in=removals.values("of")).order_by("id").values_list("pk", flat=True))


def write_take_down(copy: Delivery, *, at: datetime, by_hand: bool | None = None) -> Delivery:
    """Write the intent to take one copy down, once; by hand where the network leaves no other way."""
    standing = copy.take_downs.exclude(state__in=[Intent.FAILED, Intent.CANCELLED]).first()
    if standing is not None:
        if standing.by_hand and standing.state == Intent.WRITTEN and standing.removal_said is None:
            ask_to_remove(standing, at=at)  # by its time, where it had none before
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


def take_begun_down(delivery: Delivery, *, at: datetime) -> None:
    """Take down the first parts of a thread whose others will not be sent any more."""
    if delivery.purpose == Purpose.PUBLISH and delivery.known().begun is not None:
        write_take_down(delivery, at=at)


def ask_to_remove(delivery: Delivery, *, at: datetime) -> None:
    """Ask the author, and everyone who approves posts here, to take a copy down on the network's own pages.

    The first to do it completes the task for all: a removal must not wait for one person.
    """
    ask_by(REMOVE, delivery, due_of(delivery), at=at)


def due_of(delivery: Delivery) -> Due | None:
    """Return by when a copy must be down because consent was withdrawn; None: it wasn't."""
    acts = TakeDown.objects.filter(copies__delivery=delivery.of_id or delivery.pk).order_by("due_at")
    first = acts.values_list("due_at", flat=True).first()
    return Due.at(first) if first is not None else None


def ask_by(kind: str, delivery: Delivery, due: Due | None, *, at: datetime) -> None:
    """Ask the author and everyone who approves posts here; the account's leads too where there is a time,
    which what was asked before without one gets as well."""
    if due is not None:
        standing = Duty.objects.filter(kind=kind, subject=subject_of(delivery), state__in=STILL_TO_DO)
        if standing.filter(due_at=None).exists():
            cancel(kind=kind, subject=delivery, because="consent", at=at)
    ask_author(kind, delivery, at=at, due=due)
    ask_the_others(kind, delivery, at=at, due=due)
    if due is not None:
        for lead in leads(delivery.account):
            open_duty(
                kind=kind, subject=delivery, at=at, due=due, person=lead, school=delivery.post.school,
                account=delivery.account_id,
            )  # fmt: skip


def ask_the_others(kind: str, delivery: Delivery, *, at: datetime, due: Due | None = None) -> None:
    """Open a duty of the policy's roles that approve posts, for this post's school."""
    post = delivery.post
    for role in book_for(post.author).pack.roles_with("approve_post"):
        open_duty(
            kind=kind,
            subject=delivery,
            at=at,
            due=due or Due.none_promised(),
            role=role.key,
            school=post.school,
            account=delivery.account_id,
        )
