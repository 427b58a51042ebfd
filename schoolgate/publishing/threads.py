"""Threads of posts: whether a text may go out as one on an account, and in which parts."""

from __future__ import annotations

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.networks import threads
from schoolgate.networks.capabilities import Way
from schoolgate.networks.handshake import Intent
from schoolgate.networks.told import limits_with
from schoolgate.publishing.models import Delivery, PostTarget


def offered(account: Account, text: str) -> tuple[str, ...]:
    """Return the parts in which a text that is too long could go out on an account; none where it fits, or
    where no thread is sent there."""
    if abilities_of(account).way("publish") is not Way.PROGRAM:
        return ()
    return threads.split(text, limits_with(account.network, account.told_limits))


def parts_of(target: PostTarget) -> tuple[str, ...]:
    """Return the parts in which a text goes out; none for a single post."""
    return offered(target.account, target.text) if target.as_thread else ()


def is_begun(delivery: Delivery) -> bool:
    """Return whether only the first parts of a thread are there, and a person decides about the others."""
    return delivery.state == Intent.DIFFERENT and delivery.known().begun is not None


def parts_there(delivery: Delivery) -> int:
    """Return how many posts of a thread the network is known to have."""
    ref = delivery.ref
    return len(threads.refs_of(ref)) if ref is not None else 0
