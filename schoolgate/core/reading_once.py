"""Read a thing once, however often it's asked for, until something is written.

What was read lasts no longer than its scope, so every request decides afresh. It's forgotten as soon as
the scope writes anything at all, takes a lock, or calls a function of the database that may do either
(`Scope.wrote`), and every action begins by knowing nothing: it decides by what it has read itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from schoolgate.core.tenancy import current_scope, in_scope

T = TypeVar("T")


def remember_reads() -> None:
    """Remember what `read_once` reads between the scope's writes, outside its actions too: a page asks for
    the same thing in many places."""
    current_scope().reads = {}


def read_once(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` gives or, in a page and in an action, what it gave for this key since something was
    written last.

    The result is shared: don't change it. `key` begins with the name of what is read and has everything that
    the answer depends on, but for the federation and the person in scope.
    """
    known = current_scope().reads if in_scope() else None
    if known is None:
        return read()
    if key not in known:
        written = current_scope().writes
        found = read()
        if current_scope().writes != written:
            return found  # it isn't only reading
        known[key] = found
    return cast("T", known[key])
