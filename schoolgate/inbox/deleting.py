"""What the driver of intents needs to take a reply of ours down."""

from __future__ import annotations

from collections.abc import Callable

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.inbox import queries
from schoolgate.inbox.actions.taking_off import follow_removal
from schoolgate.inbox.models import ReplyRemoval
from schoolgate.networks import driving
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Network

Connect = Callable[[Account], Network]


def advance(federation_id: int, removal_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance the take-down of one reply as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, removal_id, clock=clock)


def _spec(connect: Connect) -> DeliverySpec[ReplyRemoval]:
    return DeliverySpec(
        load=_load,
        may_start=lambda _row, _at: True,
        network_of=lambda row: row.answer.item.account.network,
        event="reply_removal",
        connect=lambda row: connect(row.answer.item.account),
        send=_send,
        wanted=lambda _row: NormalPost.of("", ()),
        removes=lambda _row: True,
        follow=lambda row, at: follow_removal(row, at=at),
    )


def _load(removal_id: int) -> ReplyRemoval:
    """Return the row, its comment locked first, as every action on a reply does."""
    row = queries.reply_removal(removal_id)
    row.answer.item = queries.locked_item(row.answer.item_id)
    return row


def _send(row: ReplyRemoval, network: Network) -> None:
    if row.ref is not None:
        network.take_down(row.ref)
