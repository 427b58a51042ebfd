"""Whose rows a piece of work may see: one federation, for one transaction. Beside it, the columns that every
table of a federation begins with, and how one process waits for another that does the same thing.

The database refuses every row of a scoped table unless `schoolgate.federation` is set (see `protect`). It is
set with `set_config(..., true)`, which PostgreSQL forgets at the end of the transaction, so a pooled
connection never carries one federation's scope into another's request.

Never change the columns: a migration says what a table was when it was made. New tables may use them, or
name the columns themselves. Waiting is outside any transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from psycopg.pq import TransactionStatus

from schoolgate.core.errors import SchoolgateError


class NoScope(RuntimeError):
    """A scoped row was touched outside `with scope(...)`: a mistake in the program."""


class WrongScope(RuntimeError):
    """A scope of one federation was opened inside another's: a mistake in the program."""


@dataclass
class Scope:
    """The federation, and the person if there is one, for which the present transaction works.

    `pending` holds what `events.record` gathered and has not yet written; an action that fails cuts it back
    to where it began. `closing` runs once, in order, when the outermost scope ends and before its transaction
    commits. `memo` caches what would be read again and again, such as the policy in force: code that changes
    such a thing clears it, and so does an action that fails. `reads` is for `core.reading_once`: None where
    nothing is remembered, and emptied as soon as anything is written or waited for (`wrote`). `acting`: how
    many actions are under way, one inside the other.
    """

    federation_id: int
    person_id: int | None = None
    pending: list[object] = field(default_factory=list)
    closing: list[Callable[[Scope], None]] = field(default_factory=list)
    memo: dict[Hashable, object] = field(default_factory=dict)
    reads: dict[Hashable, object] | None = None
    acting: int = 0
    writes: int = 0

    def wrote(self) -> None:
        """Forget what was read: something was written, or the database may have waited for others who
        write."""
        self.writes += 1
        if self.reads:
            self.reads.clear()

    def noticing(self, execute: Callable[..., Any], sql: Any, *how: Any) -> Any:
        """Send a statement; notice (`wrote`) whatever may do more than read."""
        if not only_reads(sql):
            self.wrote()
        return execute(sql, *how)

    def before_leaving(self, step: Callable[[Scope], None]) -> None:
        """Run `step` when this scope ends; asking for the same step twice runs it once."""
        if step not in self.closing:
            self.closing.append(step)


def only_reads(sql: Any) -> bool:
    """Return whether a statement certainly does nothing but read, and waits for no one: it takes no lock, and
    begins with no function called by hand, whose name is in lower case where Django's are not."""
    if not isinstance(sql, str):
        return False
    if sql.startswith(("SAVEPOINT ", "RELEASE SAVEPOINT ")):
        return True
    begins = sql.lstrip("(")
    if not begins.startswith("SELECT ") or " FOR " in sql:
        return False
    return not begins[7:8].islower() or begins.startswith("SELECT count(")


_scope: ContextVar[Scope | None] = ContextVar("schoolgate_scope", default=None)


def current_scope() -> Scope:
    """The scope that the present work runs in; raises NoScope where there is none."""
    found = _scope.get()
    if found is None:
        raise NoScope("this needs `with scope(federation_id):` around it")
    return found


def in_scope() -> bool:
    """Whether the present work runs in a scope."""
    return _scope.get() is not None


def federation_in_scope() -> int | None:
    """The federation in scope, the default of every scoped row; None outside, which no row may have.

    It raises nothing, because migrations ask for a default too.
    """
    found = _scope.get()
    return found.federation_id if found else None


def person_in_scope() -> int | None:
    """The person in scope; None where there is none, and outside."""
    found = _scope.get()
    return found.person_id if found else None


@contextmanager
def scope(federation_id: int, person_id: int | None = None) -> Iterator[Scope]:
    """Work in one transaction on the rows of one federation, as one of its persons if `person_id` is given.

    Leaving the outermost scope writes the gathered events and commits. A SchoolgateError that leaves it
    commits what was saved (a refusal is evidence) and passes on; any other exception rolls everything back. A
    scope inside a scope joins it; it may name the person if the outer one named none.

    Raises:
        WrongScope: the scope around this one is another federation's or another person's.
    """
    outer = _scope.get()
    if outer is not None:
        with _joined(outer, federation_id, person_id) as joined:
            yield joined
        return
    opened = Scope(federation_id, person_id)
    told: SchoolgateError | None = None
    around = connection.in_atomic_block
    with transaction.atomic():
        _tell_database(federation_id, person_id)
        token = _scope.set(opened)
        try:
            try:
                with connection.execute_wrapper(opened.noticing):
                    yield opened
            except SchoolgateError as error:
                if _broken():
                    raise
                told = error
            for step in opened.closing:
                step(opened)
        finally:
            _scope.reset(token)
        if around:  # the transaction continues without us: drop its scope
            _tell_database(None, None)
    if told is not None:
        raise told


@contextmanager
def _joined(outer: Scope, federation_id: int, person_id: int | None) -> Iterator[Scope]:
    if outer.federation_id != federation_id:
        raise WrongScope(f"scope of federation {outer.federation_id} is open, not of {federation_id}")
    if person_id is None or person_id == outer.person_id:
        yield outer
        return
    if outer.person_id is not None:
        raise WrongScope("another person is already acting in this scope")
    outer.person_id = person_id
    _tell_database(federation_id, person_id)
    try:
        yield outer
    finally:
        outer.person_id = None
        if not _broken():
            _tell_database(federation_id, None)


def _tell_database(federation_id: int | None, person_id: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('schoolgate.federation', %s, true), set_config('schoolgate.person', %s, true)",
            [
                "" if federation_id is None else str(federation_id),
                "" if person_id is None else str(person_id),
            ],
        )


def _broken() -> bool:
    """Whether the database refuses further statements in this transaction: nothing of it can be saved."""
    if connection.needs_rollback:
        return True
    raw = connection.connection
    return raw is None or raw.info.transaction_status == TransactionStatus.INERROR


def identity() -> tuple[str, models.Field]:  # type: ignore[type-arg]
    """Return the row's own number."""
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def federation() -> tuple[str, models.Field]:  # type: ignore[type-arg]
    """Return the federation that the row belongs to: the one in scope where none is given."""
    return "federation", models.ForeignKey(
        "core.federation", models.PROTECT, related_name="+", default=federation_in_scope, editable=False
    )


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Wait until no one else is in such a block of this name. The database drops the lock with the connection
    of a process that died."""
    number = int.from_bytes(hashlib.blake2b(what.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
