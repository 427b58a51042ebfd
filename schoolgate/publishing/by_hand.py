"""What people do on a network's own pages, and what they report about it, with the link that proves a
post live."""

from __future__ import annotations

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import Whose, last_part, same_post, whose
from schoolgate.accounts.before_opening import note_new_post
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import discharge
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.port import Ref
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import rules
from schoolgate.publishing.duty_kinds import BY_HAND, CONFIRM_GONE, LOOK, REMOVE
from schoolgate.publishing.live import begin_looking
from schoolgate.publishing.models import (
    POST_MOVES,
    AddressMended,
    Delivery,
    PostState,
    Purpose,
    RemovalSaid,
    TakeDown,
)
from schoolgate.publishing.starting import ask_author, lock, settle
from schoolgate.publishing.taking_down import (
    ask_the_others,
    ask_to_remove,
    due_of,
    must_go,
    remove,
    step_down,
)

BY_LINK, BY_PERSON = "link", "person"
"""What shows that a post is on its account: the link itself, or a person who looked because it doesn't."""


def whose_link(account: Account, address: str) -> Whose:
    """Return whose a pasted link is, as far as it shows."""
    return whose(account.network, address.strip(), handle=account.handle, address=account.address)


def proof_of(delivery: Delivery, address: str, *, looked: bool) -> tuple[Ref, str]:
    """Return where a post is live, and what shows that it is on its account.

    `looked`: the person says that they looked whose it is; needed where the link doesn't show it. Raises
    BadInput on `address` (no post of this network, another page's, proof of another post), or `looked`.
    """
    ref = pasted(address, network=delivery.account.network)
    found = whose_link(delivery.account, ref.address)
    if found is Whose.ANOTHERS:
        said = _("This link is to another page. Paste the link to the post on {account}.")
        raise BadInput({"address": format_lazy(said, account=delivery.account.name)})
    if _is_used(delivery, ref.address):
        raise BadInput(
            {"address": _("This link is already saved for another post. Paste this post’s own link.")}
        )
    if found is Whose.UNTOLD and not looked:
        said = _("The link doesn’t show whose page it is. Check that it’s on {account}, then tick the box.")
        raise BadInput({"looked": format_lazy(said, account=delivery.account.name)})
    return ref, BY_LINK if found is Whose.OURS else BY_PERSON


def _is_used(delivery: Delivery, address: str) -> bool:
    """Return whether a link is the proof of another post."""
    rows = Delivery.objects.filter(
        purpose=Purpose.PUBLISH, account__network=delivery.account.network,
        receipt__address__icontains=last_part(address),
    ).exclude(pk=delivery.pk)  # fmt: skip
    return any(each.ref is not None and same_post(each.ref.address, address) for each in rows)


def pasted(address: str, *, network: str) -> Ref:
    """Return where a post is live, from a pasted address. Raises BadInput on `address`, with what is
    wrong."""
    found = all_capabilities()[network]
    tidy = address.strip()
    if len(tidy) > 500 or (found.post_address and not found.is_post_address(tidy)):
        raise BadInput(
            {"address": format_lazy(_("Paste the link to the post on {network}."), network=found.name)}
        )
    if not tidy.startswith("https://"):
        raise BadInput({"address": _("Paste the whole link, starting with https://")})
    return Ref(network=network, id=tidy, address=tidy)


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
    and taken down. `looked`: see `proof_of`. Raises NotAllowed, BadInput (`address`, `looked`), NotNow.
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
