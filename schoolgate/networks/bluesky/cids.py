"""The address of a record by its content (CID), as the server computes it: SHA-256 of its DAG-CBOR. Pure.

The parts of a thread name the record that they answer, so that all can be written at once only if that is
known before. See https://atproto.com/specs/data-model.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

_DAG_CBOR = bytes([1, 0x71, 0x12, 0x20])


def cid_of(record: Mapping[str, Any]) -> str:
    """Return the CID of a record. Raises TypeError for what no record of ours has."""
    digest = hashlib.sha256(_encoded(record)).digest()
    return "b" + base64.b32encode(_DAG_CBOR + digest).decode().lower().rstrip("=")


def _encoded(value: Any) -> bytes:
    match value:
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int() if value >= 0:
            return _head(0, value)
        case str():
            raw = value.encode()
            return _head(3, len(raw)) + raw
        case {"$link": str(link), **others} if not others:
            raw = b"\0" + base64.b32decode(link[1:].upper() + "=" * (-len(link[1:]) % 8))
            return _head(6, 42) + _head(2, len(raw)) + raw
        case Mapping():
            inside = sorted((key.encode(), each) for key, each in value.items())
            inside.sort(key=lambda pair: len(pair[0]))
            entries = (_head(3, len(key)) + key + _encoded(each) for key, each in inside)
            return _head(5, len(inside)) + b"".join(entries)
        case Sequence():
            return _head(4, len(value)) + b"".join(_encoded(each) for each in value)
        case _:
            raise TypeError(f"no {type(value).__name__} in a record")


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for width, mark in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if number < 1 << (8 * width):
            return bytes([kind << 5 | mark]) + number.to_bytes(width, "big")
    raise TypeError("a number too large for a record")
