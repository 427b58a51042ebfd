"""What people do on a network's own pages, and what they report about it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.conditions import note_new_post
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import discharge
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import rules
from schoolgate.publishing.actions.live import begin_looking
from schoolgate.publishing.actions.removing import (
    ask_the_others,
    ask_to_remove,
    due_of,
    must_go,
    remove,
    step_down,
)
from schoolgate.publishing.actions.settling import ask_author, lock, settle
from schoolgate.publishing.duty_kinds import BY_HAND, CONFIRM_GONE, LOOK, REMOVE
from schoolgate.publishing.models import AddressMended, Delivery, RemovalSaid, TakeDown
from schoolgate.publishing.proof import proof_of
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose


@action
def done_by_hand(
    *,
    by: Person,
    at: datetime,
    delivery: Delivery,
    address: str = "",
    looked: bool = False,
    before_stop: bool = False,
) -> Delivery:
    """Record that a person posted by hand on the network, with the address of the post.

    During a stop nothing is posted; what was live before the stop is recorded with `before_stop`, so that it
    can be taken down like any other. What had been posted before the person was told not to is recorded too,
    and taken down. `looked`: see `proof.proof_of`. Raises NotAllowed, BadInput (`address`, `looked`), NotNow.
    """
    post = delivery.post
    if not can(rules.check_may_write, by, post.school, on=local_day(at)):
        rules.check_may_approve(by, post, on=local_day(at))
    _check_by_hand(delivery, Purpose.PUBLISH)
    was = Intent(delivery.state)
    too_late = was in (Intent.CANCELLED, Intent.ASKED) and must_go(delivery)
    if not before_stop and not too_late:
        rules.check_not_stopped(post, at=at)
    ref, proof = proof_of(delivery, address, looked=looked)
    if not too_late:
        move(delivery, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=delivery.attempts + 1)
    move(
        delivery, to=Intent.CONFIRMED, moves=MOVES, at=at, receipt=ref.to_json(), because="by_hand",
        done_by=by, proof=proof,
    )  # fmt: skip
    if too_late:
        discharge(kind=LOOK, subject=delivery, by=by, at=at, how="there")
    if was == Intent.CANCELLED:
        _out_after_all(delivery, at=at)
    note_new_post(delivery.account_id, by=by, at=at)
    discharge(kind=BY_HAND, subject=delivery, by=by, at=at, how="by_hand")
    record("delivery.confirmed", subject=delivery, at=at, actor=by, post=post.pk, because="by_hand")
    remove(at=at, copy=delivery)
    settle(post, at=at)
    return delivery


def _out_after_all(delivery: Delivery, *, at: datetime) -> None:
    """Have a post whose copy was not to be posted count as out until it is gone; the parent who was told that
    all is gone is told again."""
    TakeDown.objects.filter(withdrawal__isnull=False, copies__delivery=delivery).update(told_at=None)
    post = lock(delivery.post)
    if post.state == PostState.TAKEN_DOWN:
        move(post, to=PostState.TAKING_DOWN, moves=POST_MOVES, at=at)
    elif post.state == PostState.NOT_SENT:
        move(post, to=PostState.SENDING, moves=POST_MOVES, at=at)


@action
def mend_address(
    *, by: Person, at: datetime, delivery: Delivery, address: str, looked: bool = False
) -> Delivery:
    """Correct the address of a post that was posted by hand; the old address is stored.

    A removal that is under way continues with the new one. Raises NotAllowed, BadInput on `address`, NotNow.
    """
    post = delivery.post
    if not can(rules.check_may_write, by, post.school, on=local_day(at)):
        rules.check_may_approve(by, post, on=local_day(at))
    by_hand = delivery.purpose == Purpose.PUBLISH and delivery.because == "by_hand" and delivery.ref
    if delivery.state != Intent.CONFIRMED or not by_hand or delivery.taken_down:
        raise NotNow(_("There is no pasted link here to correct."), _("Open it again to see its status."))
    before = by_hand.address
    if address.strip() == before:
        raise BadInput({"address": _("This is the link already saved. Paste another, or leave it as it is.")})
    after, delivery.proof = proof_of(delivery, address, looked=looked)
    delivery.receipt = after.to_json()
    delivery.save(update_fields=["receipt", "proof"])
    delivery.take_downs.filter(state=Intent.WRITTEN).update(receipt=delivery.receipt)
    AddressMended.objects.create(delivery=delivery, by=by, at=at, before=before, after=after.address)
    record("delivery.address_mended", subject=delivery, at=at, actor=by, post=post.pk)
    return delivery


@action
def say_removed(*, by: Person, at: datetime, delivery: Delivery) -> RemovalSaid:
    """Record that a person took a copy down by hand. It counts as gone once a second person has checked.
    Raises NotAllowed, NotNow (reported already; not by hand)."""
    post = delivery.post
    rules.check_may_take_down(by, post, on=local_day(at))
    _check_by_hand(delivery, Purpose.TAKE_DOWN)
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)  # two may say it at the same moment
    if standing_word(delivery) is not None or locked.state != Intent.WRITTEN:
        raise done_before(
            delivery,
            _("Someone has already done this."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("No one has asked to remove this copy."), _("Open it again to see its status.")
            ),
            removals_said__gone=None,
            removals_said__isnull=False,
        )
    said = RemovalSaid.objects.create(delivery=delivery, by=by, at=at)
    discharge(kind=REMOVE, subject=delivery, by=by, at=at, how="by_hand")
    record("delivery.removal_said", subject=delivery, at=at, actor=by, post=post.pk)
    _ask_for_a_second_look(delivery, by=by, at=at)
    return said


@action
def look_after_removal(*, by: Person, at: datetime, delivery: Delivery, gone: bool) -> Delivery:
    """Record a second person's check of whether a copy is gone: it is, or it must be removed again.

    Raises NotAllowed (no right; the person who reported the removal), NotNow (no removal reported yet).
    """
    post = delivery.post
    rules.check_may_take_down(by, post, on=local_day(at))
    said = standing_word(delivery)
    if said is None:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    if said.by_id == by.pk:
        raise NotAllowed(
            _("You said that you removed it, so someone else must check."),
            _("Ask a colleague who approves posts to check and confirm it."),
        )
    seen = RemovalSaid.objects.filter(pk=said.pk, gone=None).update(gone=gone, looked_by=by, looked_at=at)
    if seen != 1:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    discharge(kind=CONFIRM_GONE, subject=delivery, by=by, at=at, how="gone" if gone else "still_there")
    if not gone:
        record("delivery.still_there", subject=delivery, at=at, actor=by, post=post.pk)
        ask_to_remove(delivery, at=at)
        return delivery
    move(delivery, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=delivery.attempts + 1)
    move(delivery, to=Intent.CONFIRMED, moves=MOVES, at=at, because="by_hand", done_by=by)
    record("delivery.confirmed", subject=delivery, at=at, actor=by, post=post.pk, because="by_hand")
    settle(post, at=at)
    return delivery


def standing_word(delivery: Delivery) -> RemovalSaid | None:
    """Return a person's report that they removed it, until a second person has checked."""
    return RemovalSaid.objects.filter(delivery=delivery, gone=None).select_related("by").first()


@action
def say_how_it_stands(
    *, by: Person, at: datetime, delivery: Delivery, there: bool, address: str = "", looked: bool = False
) -> Delivery:
    """A person looked on the network and says whether it is there: the end of what no program could prove.

    `address`: of what they found, needed where the program never got one. That something which must go isn't
    there counts once a second person says so too.
    """
    post = delivery.post
    rules.check_may_take_down(by, post, on=local_day(at))
    if delivery.state not in (Intent.ASKED, Intent.DIFFERENT):
        raise NotNow(_("No one needs to check this any more."), _("Open it again to see its status."))
    if must_go(delivery) and _is_first_word(delivery, by=by, at=at, there=there):
        return delivery
    if there:
        receipt, proof = delivery.receipt, ""
        if not receipt:
            ref, proof = proof_of(delivery, address, looked=looked)
            receipt = ref.to_json()
        move(
            delivery,
            to=Intent.CONFIRMED,
            moves=MOVES,
            at=at,
            receipt=receipt,
            because="by_hand" if delivery.by_hand else "seen_by_person",
            done_by=by,
            proof=proof,
        )
        record(
            "delivery.confirmed", subject=delivery, at=at, actor=by, post=post.pk, because=delivery.because
        )
        begin_looking(delivery, at=at)
        lock(post)
        if must_go(delivery):  # it has been found
            step_down(delivery, at=at)
    else:
        to = Intent.CANCELLED if must_go(delivery) else Intent.FAILED
        move(delivery, to=to, moves=MOVES, at=at, receipt=None, because="not_there", done_by=by)
        record("delivery.failed", subject=delivery, at=at, actor=by, post=post.pk, because="not_there")
    discharge(kind=LOOK, subject=delivery, by=by, at=at, how="there" if there else "not_there")
    settle(post, at=at)
    return delivery


def _is_first_word(delivery: Delivery, *, by: Person, at: datetime, there: bool) -> bool:
    """Keep the word that something which must go isn't there, and ask for a second one; answer an earlier
    one."""
    said = standing_word(delivery)
    if said is not None:
        if not there and said.by_id == by.pk:
            raise NotAllowed(
                _("You said that it isn’t there, so someone else must check."),
                _("Ask a colleague who approves posts to check and confirm it."),
            )
        RemovalSaid.objects.filter(pk=said.pk).update(gone=not there, looked_by=by, looked_at=at)
        discharge(kind=CONFIRM_GONE, subject=delivery, by=by, at=at, how="still_there" if there else "gone")
        return False
    if there:
        return False
    RemovalSaid.objects.create(delivery=delivery, by=by, at=at)
    discharge(kind=LOOK, subject=delivery, by=by, at=at, how="not_there")
    record("delivery.not_there_said", subject=delivery, at=at, actor=by, post=delivery.post_id)
    _ask_for_a_second_look(delivery, by=by, at=at)
    return True


def _ask_for_a_second_look(delivery: Delivery, *, by: Person, at: datetime) -> None:
    due = due_of(delivery)
    ask_the_others(CONFIRM_GONE, delivery, at=at, due=due)
    if by.pk != delivery.post.author_id:
        ask_author(CONFIRM_GONE, delivery, at=at, due=due)


def _check_by_hand(delivery: Delivery, purpose: Purpose) -> None:
    if not delivery.by_hand:
        raise NotNow(_("Schoolgate does this automatically."), _("Open it again to see its status."))
    if delivery.purpose != purpose:
        raise NotNow(_("This page is for something else."), _("Open it again to see its status."))
