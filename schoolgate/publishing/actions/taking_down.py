"""Taking a post down wherever it stands, and what people do by hand or have to say of the network."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import discharge
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.port import Ref, intent_key
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.settling import LOOK, lock, settle
from schoolgate.publishing.actions.starting import BY_HAND, ask_by_hand, defer_drive
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.states import POST_MOVES, PostState, Purpose

REASONS = ("mistake", "consent", "safety", "request", "policy", "other")
"""Short codes, because the reason stands in the record for good."""


@action
def take_down(*, by: Person, at: datetime, post: Post, reason: str) -> Post:
    """Take a post down from every account on which it stands; what has not been sent yet is not sent any
    more.

    `reason` is one of REASONS. A stop does not keep a take-down from happening. Raises NotAllowed,
    BadInput, NotNow.
    """
    rules.check_may_take_down(by, post, on=local_day(at))
    if reason not in REASONS:
        raise BadInput({"reason": _("Choose why the post has to go.")})
    move(post, to=PostState.TAKING_DOWN, moves=POST_MOVES, at=at)
    record("post.take_down_asked", subject=post, at=at, actor=by, reason=reason)
    # Under a lock: one that a worker has just begun to send is not taken back here, but goes once it arrived.
    not_sent = Delivery.objects.filter(post=post, purpose=Purpose.PUBLISH, state=Intent.WRITTEN)
    for waiting in not_sent.select_for_update():
        move(waiting, to=Intent.CANCELLED, moves=MOVES, at=at, because="taken_down")
        discharge(kind=BY_HAND, subject=waiting, by=by, at=at, how="taken_down")
    for copy in queries.live_copies(post):
        write_take_down(copy, at=at)
    settle(post, at=at)
    return queries.post(post.pk)


def write_take_down(copy: Delivery, *, at: datetime, by_hand: bool | None = None) -> Delivery:
    """Write the intent to take one copy down, once; by hand where the network leaves no other way."""
    standing = copy.take_downs.exclude(state__in=[Intent.FAILED, Intent.CANCELLED]).first()
    if standing is not None:
        return standing
    if by_hand is None:
        by_hand = copy.by_hand or all_capabilities()[copy.account.network].way("take_down") is not Way.PROGRAM
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
    if by_hand:
        ask_by_hand(delivery, at=at)
    else:
        defer_drive(delivery)
    return delivery


@action
def done_by_hand(*, by: Person, at: datetime, delivery: Delivery, address: str = "") -> Delivery:
    """Keep a person's word that they did it on the network's own pages; for a post with the address it now
    has.

    A take-down by hand is confirmed by somebody other than the one who asks for it to be believed: the
    person who says
    so must not be the post's author. Raises NotAllowed, BadInput on `address`, NotNow.
    """
    post = delivery.post
    _check_may_act_by_hand(by, delivery, at=at)
    if not delivery.by_hand:
        raise NotNow(_("The program does this by itself."), _("Open it again to see where it stands."))
    receipt = delivery.receipt
    if delivery.purpose == Purpose.PUBLISH:
        rules.check_not_stopped(post, at=at)
        receipt = _pasted(address, network=delivery.account.network).to_json()
    move(delivery, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=delivery.attempts + 1)
    move(delivery, to=Intent.CONFIRMED, moves=MOVES, at=at, receipt=receipt, because="by_hand", done_by=by)
    if delivery.purpose == Purpose.PUBLISH:  # a post that a person put out is one as well
        Account.objects.filter(pk=delivery.account_id).update(last_good_publish_at=at)
    discharge(kind=BY_HAND, subject=delivery, by=by, at=at, how="by_hand")
    record("delivery.confirmed", subject=delivery, at=at, actor=by, post=post.pk, because="by_hand")
    settle(post, at=at)
    return delivery


@action
def say_how_it_stands(
    *, by: Person, at: datetime, delivery: Delivery, there: bool, address: str = ""
) -> Delivery:
    """A person looked on the network and says whether it is there: the end of what no program could prove.

    `address`: of what they found, needed where the program never got one.
    """
    post = delivery.post
    rules.check_may_take_down(by, post, on=local_day(at))
    if delivery.state not in (Intent.ASKED, Intent.DIFFERENT):
        raise NotNow(_("Nobody has to look at this any more."), _("Open it again to see where it stands."))
    if there:
        receipt = delivery.receipt or _pasted(address, network=delivery.account.network).to_json()
        move(
            delivery,
            to=Intent.CONFIRMED,
            moves=MOVES,
            at=at,
            receipt=receipt,
            because="seen_by_person",
            done_by=by,
        )
        record(
            "delivery.confirmed", subject=delivery, at=at, actor=by, post=post.pk, because="seen_by_person"
        )
        if lock(post).state == PostState.TAKING_DOWN:  # now that somebody has found it, it has to go
            write_take_down(delivery, at=at)
    else:
        move(delivery, to=Intent.FAILED, moves=MOVES, at=at, receipt=None, because="not_there", done_by=by)
        record("delivery.failed", subject=delivery, at=at, actor=by, post=post.pk, because="not_there")
    discharge(kind=LOOK, subject=delivery, by=by, at=at, how="there" if there else "not_there")
    settle(post, at=at)
    return delivery


def _check_may_act_by_hand(by: Person, delivery: Delivery, *, at: datetime) -> None:
    post, on = delivery.post, local_day(at)
    if delivery.purpose == Purpose.TAKE_DOWN:
        if by.pk == post.author_id:
            raise NotAllowed(
                _("Somebody other than the author has to confirm that the post is gone."),
                _("Ask a colleague who approves posts to look and confirm it."),
            )
        rules.check_may_take_down(by, post, on=on)
        return
    if not can(rules.check_may_write, by, post.school, on=on):
        rules.check_may_approve(by, post, on=on)


def _pasted(address: str, *, network: str) -> Ref:
    found = all_capabilities()[network]
    tidy = address.strip()
    if len(tidy) > 500 or (found.post_address and not found.is_post_address(tidy)):
        raise BadInput(
            {"address": format_lazy(_("Paste the address of the post on {network}."), network=found.name)}
        )
    if not tidy.startswith("https://"):
        raise BadInput({"address": _("Paste the whole address, beginning with https://")})
    return Ref(network=network, id=tidy, address=tidy)
