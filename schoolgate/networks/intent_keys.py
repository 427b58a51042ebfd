"""The keys of intents: made before anything is sent, so that what was sent can be looked up. Pure."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

_TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def intent_key(*, at: datetime, about: str) -> str:
    """The key of one intent to send, made before anything is sent.

    Takes the instant at which the intent is written and what it is about (such as "publishing.delivery:417",
    with the number of the attempt where there is more than one intent). Gives 13 characters, sortable by
    time: microseconds since 1970 (the lowest thousand taken from `about`) and ten more bits from `about`.
    That is a TID as https://atproto.com/specs/tid describes, so that Bluesky takes it as the record's key;
    every other network only stores it. The same arguments give the same key.
    """
    salt = int.from_bytes(hashlib.blake2b(about.encode(), digest_size=8).digest(), "big")
    milliseconds = int(at.timestamp() * 1000)
    number = ((milliseconds * 1000 + salt % 1000) << 10) | ((salt >> 32) & 0x3FF)
    return "".join(_TID_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


def key_time(key: str) -> datetime:
    """The instant at which the intent with this key was written, to the millisecond. Raises ValueError for
    what is no key."""
    number = 0
    for sign in key:
        number = (number << 5) | _TID_ALPHABET.index(sign)
    return datetime.fromtimestamp((number >> 10) // 1000 / 1000, UTC)
