"""What the driver of intents needs from posts: what is sent, whether it may be sent now, and what follows for
the post."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from schoolgate.accounts.conditions import note_new_post
from schoolgate.accounts.connecting import client_for, lose_connection
from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.moves import move
from schoolgate.networks import driving
from schoolgate.networks.driving import Clock, DeliverySpec
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.intents import again_soon
from schoolgate.networks.normal import OutgoingCard
from schoolgate.networks.port import (
    Network,
    NetworkError,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    Receipt,
)
from schoolgate.publishing import queries
from schoolgate.publishing.actions.live import begin_looking
from schoolgate.publishing.actions.removing import (
    must_go,
    remove,
    step_down,
    take_begun_down,
    write_take_down,
)
from schoolgate.publishing.actions.settling import ask_to_look, lock, settle, tell_of_failure
from schoolgate.publishing.actions.starting import ADVANCE
from schoolgate.publishing.beginning import may_begin
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.of_pupils import noes_in
from schoolgate.publishing.states import Purpose

Connect = Callable[[Account], Network]


def advance(federation_id: int, delivery_id: int, *, clock: Clock, connect: Connect = client_for) -> None:
    """Advance one intent of a post as far as possible now; see `networks.driving.advance`."""
    driving.advance(_spec(connect), federation_id, delivery_id, clock=clock)


def outgoing(delivery: Delivery) -> OutgoingPost:
    """Return what the network will receive, from the frozen row and the store. Reads files: no transaction
    around it."""
    pictures = tuple(_picture(each, delivery) for each in delivery.pictures)
    film = next((_film(each, delivery) for each in delivery.pictures if "film" in each), None)
    return OutgoingPost(
        intent_key=delivery.intent_key,
        text=delivery.text,
        created_at=delivery.written_at,
        languages=tuple(delivery.language.split(",")),
        pictures=() if film else pictures,
        film=film,
        parts=tuple(delivery.parts),
        there=delivery.known().begun,
        link_card=_card(delivery) if delivery.card else None,
    )


def _picture(frozen: Mapping[str, Any], delivery: Delivery) -> OutgoingPicture:
    return OutgoingPicture(
        data=files.read(frozen["digest"], federation_id=delivery.federation_id),
        media_type=frozen["media_type"],
        alt=frozen["alt"],
        width=frozen["width"],
        height=frozen["height"],
    )


def _card(delivery: Delivery) -> OutgoingCard:
    card = delivery.card
    picture = card.get("digest", "")
    return OutgoingCard(
        address=card["address"],
        title=card["title"],
        description=card["description"],
        data=files.read(picture, federation_id=delivery.federation_id) if picture else b"",
        media_type=card.get("media_type", ""),
        width=card.get("width", 0),
        height=card.get("height", 0),
    )


def _film(frozen: Mapping[str, Any], delivery: Delivery) -> OutgoingFilm:
    film = frozen["film"]
    return OutgoingFilm(
        data=files.read(film["digest"], federation_id=delivery.federation_id),
        alt=frozen["alt"],
        captions=film["captions"],
        language=delivery.language.split(",")[0],
        width=film["width"],
        height=film["height"],
        milliseconds=film["milliseconds"],
        cover=_picture(frozen, delivery),
    )


def _spec(connect: Connect) -> DeliverySpec[Delivery]:
    return DeliverySpec(
        load=queries.delivery,
        may_start=_may_start,
        network_of=lambda delivery: delivery.account.network,
        event="delivery",
        connect=lambda delivery: connect(delivery.account),
        send=_send,
        wanted=lambda delivery: outgoing(delivery).normal(),
        removes=lambda delivery: delivery.purpose == Purpose.TAKE_DOWN,
        follow=_follow,
        has_film=lambda delivery: delivery.purpose == Purpose.PUBLISH and delivery.has_film,
        parts_of=lambda delivery: max(1, len(delivery.parts)),
    )


def _may_start(delivery: Delivery, at: datetime) -> bool:
    """Allow every take-down: what prevents posts from going out never prevents removing one."""
    return delivery.purpose == Purpose.TAKE_DOWN or may_begin(
        delivery,
        account_id=delivery.account_id,
        school_id=delivery.post.school_id,
        at=at,
        event="delivery",
        follow=_follow,
        outdated=_outdated(delivery, at),
    )


def _outdated(delivery: Delivery, at: datetime) -> str:
    """Return the code for a post that waits to be sent while a pupil in it may no longer appear there, or a
    name in it is to be answered: a pupil came to the list meanwhile, or to the do-not-publish list."""
    post, on = queries.post(delivery.post_id), local_day(at)
    if any(each.network == delivery.account.network for each in noes_in(post, on=on)):
        return "consent_gone"
    return "words_held" if hits_of(post, on=on).holds else ""


def _send(delivery: Delivery, network: Network) -> Receipt | None:
    if delivery.purpose == Purpose.PUBLISH:
        try:
            out = outgoing(delivery)
        except NotFound:  # the file store was lost, or a file of it is damaged
            raise NetworkError("picture_lost", what_next="give_up") from None
        return network.publish(out)
    if delivery.ref is not None:
        network.take_down(delivery.ref)
    return None


def _follow(delivery: Delivery, at: datetime) -> None:
    """Apply a new state of an intent to the post, and tell the people concerned."""
    if delivery.of_id is not None:  # what it takes down, before the post: the order of `removing.remove`
        Delivery.objects.select_for_update().get(pk=delivery.of_id)
    lock(delivery.post)
    if delivery.purpose == Purpose.TAKE_DOWN:
        _follow_removal(delivery, at=at)
    else:
        _follow_publishing(delivery, at=at)
    settle(delivery.post, at=at)


def _follow_publishing(delivery: Delivery, *, at: datetime) -> None:
    going = must_go(delivery)
    if delivery.state == Intent.CONFIRMED:
        note_new_post(delivery.account_id, by=None, at=at)
        begin_looking(delivery, at=at)
    elif delivery.state in (Intent.ASKED, Intent.DIFFERENT):
        _connection_lost(delivery, at=at)
        if not going:
            ask_to_look(delivery, at=at)
    elif delivery.state == Intent.FAILED:
        _connection_lost(delivery, at=at)
        take_begun_down(delivery, at=at)
        if not going:
            tell_of_failure(delivery, at=at)
    if going:
        step_down(delivery, at=at)


def _follow_removal(delivery: Delivery, *, at: datetime) -> None:
    """What the program couldn't take down, a person does."""
    again_soon(delivery, task=ADVANCE, name="delivery_id", account_id=delivery.account_id)
    if delivery.state == Intent.ASKED:  # the program went wrong over it for hours
        move(delivery, to=Intent.FAILED, moves=MOVES, at=at, because=delivery.because)
    if delivery.state == Intent.FAILED and delivery.of is not None:
        _connection_lost(delivery, at=at)
        write_take_down(delivery.of, at=at, by_hand=True)
    elif delivery.state == Intent.CONFIRMED and delivery.of is not None:
        remove(at=at, copy=delivery.of)  # no one has to look any more where it couldn't be compared


def _connection_lost(delivery: Delivery, *, at: datetime) -> None:
    if delivery.because == "sign_in":
        lose_connection(account=delivery.account, at=at)
