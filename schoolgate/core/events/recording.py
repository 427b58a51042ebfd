"""Gathering what happened during a transaction, and writing it all at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from schoolgate.core.clock import check_aware
from schoolgate.core.events.delivering import make_deliveries
from schoolgate.core.events.names import EVENTS
from schoolgate.core.ledger.appending import append
from schoolgate.core.ledger.entries import Entry, Id
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy.scoping import Scope, current_scope

CODE = re.compile(r"[A-Za-z0-9._:+/-]{0,128}")
CLAUSE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class UnknownEvent(ValueError):
    """No area has declared the name."""


def record(
    event: str,
    *,
    subject: Model | str,
    at: datetime,
    actor: Model | str | None = None,
    clauses: Sequence[str] = (),
    decision: int | None = None,
    **ids: Id,
) -> None:
    """Say that `event` happened: a row of the record, and a delivery for each area that subscribes.

    Args:
        event: a name from `EVENTS`.
        subject: the row it happened to, saved.
        at: the aware instant of the act.
        actor: the person who did it; None where the program itself acted.
        clauses: ids of the clauses of the policy that it rests on.
        decision: id of the kept decision behind it.
        ids: further ids, short codes or keyed digests. Free text is refused: the record cannot be erased.

    Raises:
        UnknownEvent: the name is not listed.
        ValueError: something that is no id, code or digest.
        NoScope: outside `with scope(...)`.
    """
    if event not in EVENTS:
        raise UnknownEvent(f"{event!r} is not in the `events.py` of its area")
    scope = current_scope()
    entry = Entry(
        event=event,
        subject=subject_of(subject),
        at=check_aware(at),
        actor="" if actor is None else subject_of(actor),
        clauses=tuple(_clause(clause) for clause in dict.fromkeys(clauses)),
        decision=decision,
        ids={name: _code(name, value) for name, value in sorted(ids.items())},
    )
    scope.before_leaving(write_pending)
    scope.pending.append(entry)


def write_pending(scope: Scope) -> None:
    """Append what was gathered to the federation's record in one batch, with its deliveries."""
    entries = [entry for entry in scope.pending if isinstance(entry, Entry)]
    scope.pending.clear()
    if entries:
        first = append(scope.federation_id, entries)
        scope.wrote()
        make_deliveries(scope.federation_id, entries, first)


def _code(name: str, value: Id) -> Id:
    """The value, where it can be no more than an id, a code or a digest; raises ValueError otherwise."""
    if value is None or isinstance(value, int):
        return value
    if CODE.fullmatch(value):
        return value
    raise ValueError(f"{name}: the record accepts only ids, short codes and keyed digests")


def _clause(clause: str) -> str:
    if not CLAUSE.fullmatch(clause):
        raise ValueError("a clause must be named by its id, such as wildground-accounts-3")
    return clause
