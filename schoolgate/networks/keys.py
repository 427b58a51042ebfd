"""The key of an intent, made before anything is sent, and where the network has it afterwards. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

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
    return _key(((milliseconds * 1000 + salt % 1000) << 10) | ((salt >> 32) & 0x3FF))


def key_time(key: str) -> datetime:
    """The instant at which the intent with this key was written, to the millisecond. Raises ValueError for
    what is no key."""
    return datetime.fromtimestamp((_number(key) >> 10) // 1000 / 1000, UTC)


def part_key(key: str, number: int) -> str:
    """The key of one part of a thread, by its place from 0: the first has the intent's own, the others follow
    it by so many microseconds. Raises ValueError for what is no key."""
    return _key(_number(key) + (number << 10)) if number else key


def _number(key: str) -> int:
    number = 0
    for sign in key:
        number = (number << 5) | _TID_ALPHABET.index(sign)
    return number


def _key(number: int) -> str:
    return "".join(_TID_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing on a network: its id there, the address a person opens, and the version that was seen.

    Of a thread it is the first part; `rest`: the other parts in order; `whole`: no part is still to come.
    """

    network: str
    id: str
    address: str = ""
    version: str = ""
    rest: tuple[Ref, ...] = ()
    whole: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return it as stored in a row."""
        told: dict[str, Any] = {name: getattr(self, name) for name in ("network", "id", "address", "version")}
        if self.rest:
            told["rest"] = [each.to_json() for each in self.rest]
        return told if self.whole else told | {"whole": False}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Back from `to_json`."""
        rest = tuple(Ref.from_json(each) for each in data.get("rest", ()))
        return cls(**{**data, "rest": rest})
