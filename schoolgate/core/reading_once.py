"""Read a thing once in a request that changes nothing, however often its page asks for it.

What was read lasts no longer than the scope, so every request decides afresh. Inside an action nothing is
remembered, and after one everything is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from schoolgate.core.tenancy import current_scope, in_scope

T = TypeVar("T")


def remember_reads() -> None:
    """Remember what `read_once` reads until the scope ends: the request changes nothing."""
    current_scope().reads = {}


def read_once(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` gives or, in a request that changes nothing, what it gave for this key before.

    The result is shared: don't change it. `key` begins with the name of what is read and has everything that
    the answer depends on, but for the federation and the person in scope.
    """
    known = current_scope().reads if in_scope() else None
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return cast("T", known[key])
