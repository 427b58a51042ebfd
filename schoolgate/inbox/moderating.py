"""What the driver of intents needs from a comment to show, hide or remove."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.doors import Door
from schoolgate.core.leaving import is_held
from schoolgate.inbox import queries
from schoolgate.inbox.actions.moderating import follow_moderation
from schoolgate.inbox.models import Item, Moderation
from schoolgate.inbox.shown_words import words_shown
from schoolgate.inbox.states import Sight
from schoolgate.networks import driving
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.intents import again_soon
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Author, IncomingItem, Network, NetworkError, Ref
from schoolgate.publishing.going_out import may_begin

Connect = Callable[[Account], Network]


def advance(federation_id: int, moderation_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one step of a moderator as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, moderation_id, clock=clock)


def _spec(connect: Connect) -> DeliverySpec[Moderation]:
    return DeliverySpec(
        load=_load,
        may_start=_may_start,
        network_of=lambda row: row.item.account.network,
        event="moderation",
        connect=lambda row: connect(row.item.account),
        send=_send,
        wanted=lambda _: NormalPost.of("", ()),
        removes=lambda _: True,
        still_there=_not_yet,
        follow=_follow,
    )


def _follow(row: Moderation, at: datetime) -> None:
    again_soon(row, task="moderating.advance", name="moderation_id", account_id=row.item.account_id)
    follow_moderation(row, at=at)


def _load(moderation_id: int) -> Moderation:
    """Return the row, its comment locked first, as every action on a comment does."""
    row = queries.moderation(moderation_id)
    row.item = queries.locked_item(row.item_id)
    return row


def _may_start(row: Moderation, at: datetime) -> bool:
    """Allow every hiding of a comment. Showing one follows the rules for sending a post, and needs the
    version that was read."""
    item = row.item
    return row.how != Sight.SHOWN or may_begin(
        row,
        account_id=item.account_id,
        school_id=item.school_id,
        at=at,
        event="moderation",
        follow=lambda failed, instant: follow_moderation(failed, at=instant),
        outdated="changed" if item.version != row.item_version else _words_held(item, at),
        item=item.pk,
    )


def _words_held(item: Item, at: datetime) -> str:
    """Return the code for a comment that waits to be shown while a name in it is to be answered."""
    held = is_held(Door.COMMENT, words_shown(item), about=item, at=at, network=item.account.network)
    return "words_held" if held else ""


def _send(row: Moderation, network: Network) -> None:
    given = as_the_network_has_it(row.item)
    if row.how == Sight.SHOWN:
        network.release(given)
        return
    try:
        (network.hide if row.how == Sight.HIDDEN else network.remove)(given)
    except NetworkError as error:
        if error.code != "not_found":  # what is no longer there needs no hiding
            raise


def _not_yet(row: Moderation, network: Network) -> bool:
    """Return whether the network does not show the comment in the requested state yet."""
    item = row.item
    below = network.replies(Ref.from_json(item.root)) if item.root else []
    there = next((each for each in below if each.ref.id == item.network_id), None)
    if row.how == Sight.SHOWN:
        return there is None or there.hidden or not there.released
    return there is not None and (row.how == Sight.REMOVED or not there.hidden)


def as_the_network_has_it(item: Item) -> IncomingItem:
    """Return the item as the port takes it."""
    return IncomingItem(
        network=item.account.network,
        ref=item.where,
        author=Author(item.author_id_there, item.author_handle, item.author_name),
        text=item.versions.all()[item.versions_seen - 1].text,
        created_at=item.received_at,
        root=item.root["id"] if item.root else "",
        attachments=(),
        visibility="private" if item.private else "public",
    )
