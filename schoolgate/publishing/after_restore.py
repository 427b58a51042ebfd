"""Look up, on the networks, the posts that may have gone out since a backup was made. Outside any scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotFound
from schoolgate.core.tenancy import scope
from schoolgate.networks.handshake import Intent
from schoolgate.networks.normal import NormalPost
from schoolgate.networks.port import Network, NetworkError
from schoolgate.publishing import queries, sending
from schoolgate.publishing.actions import after_restore as acts
from schoolgate.publishing.models import Delivery

Clock = Callable[[], datetime]
Connect = Callable[[Account], Network]


def look(federation_id: int, delivery_id: int, *, clock: Clock, connect: Connect = client_for) -> bool:
    """Look one post up; return whether that settled it. A network that cannot be asked now leaves it as it
    is.

    Found: confirmed, as after any look-up. Proven not to be there: its author is told, and nothing is sent.
    No proof either way: its author is asked to look."""
    with scope(federation_id):
        try:
            delivery = queries.delivery(delivery_id)
        except NotFound:
            return True
        keys = acts.keys_it_may_have(delivery) if delivery.because == acts.ANEW else []
    if keys:
        found = _under_one_of(delivery, keys, connect=connect)
        if found is None:
            return False
        if found:
            with scope(federation_id):
                acts.take_key(at=clock(), delivery=delivery, key=found)
    sending.advance(federation_id, delivery_id, clock=clock, connect=connect)
    return _settled(federation_id, delivery_id, clock=clock)


def give_to_people(federation_id: int, *, at: datetime) -> int:
    """Ask people to check the posts that no look-up has settled; returns how many there are."""
    with scope(federation_id):
        left = acts.written_in_doubt()
        for pk in left:
            acts.end_doubt(at=at, delivery=queries.delivery(pk), there=None)
    return len(left)


def _under_one_of(delivery: Delivery, keys: list[str], *, connect: Connect) -> str | None:
    """Return the key under which the network has it; "" where it has none, None where it cannot be asked."""
    try:
        network, wanted = connect(delivery.account), _wanted(delivery)
        for key in keys:
            if network.look_up(key, wanted) is not None:
                return key
    except NetworkError as error:
        return "" if error.code == "not_offered" else None
    return ""


def _wanted(delivery: Delivery) -> NormalPost | None:
    """Return what the network would have; None where its picture was lost with what came after the backup."""
    try:
        return sending.outgoing(delivery).normal()
    except NotFound:
        return None


def _settled(federation_id: int, delivery_id: int, *, clock: Clock) -> bool:
    """Return to its author what was proven absent, so that no sweep sends it."""
    with scope(federation_id):
        delivery = queries.delivery(delivery_id)
        if delivery.state == Intent.WRITTEN and delivery.known().begun is None:
            acts.end_doubt(at=clock(), delivery=delivery, there=False)
            return True
        return delivery.state not in (Intent.SENT, Intent.UNKNOWN)
