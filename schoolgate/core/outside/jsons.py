"""JSON from outside: limited in depth, so that walking through it never runs out of stack.

The library's own limit depends on the caller's depth, and what it has read may still be too deep to be
written or compared.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from schoolgate.core.outside.texts import storable_data

DEEPEST: Final = 200
"""Lists and objects inside each other. The deepest honest answer is Bluesky's thread: fifty replies, each in
a list and an object."""
_STRINGS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(sign for sign in range(256) if sign not in b"[]{}")


def read_json(text: bytes) -> Any:
    """Return what the text says, as the database can store it. Raises ValueError: it is no JSON, or nests too
    deep."""
    if too_deep(text):
        raise ValueError("nested too deep")
    data = json.loads(text)
    return storable_data(data) if b"\\" in text else data


def too_deep(text: bytes, most: int = DEEPEST) -> bool:
    """Whether brackets nest deeper than `most`, or are never closed. In linear time."""
    brackets = _STRINGS.sub(b"", text).translate(_ONE_KIND, _OTHERS)
    for _level in range(most):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)
