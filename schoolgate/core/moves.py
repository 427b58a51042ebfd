"""How a row goes from one state to the next: a table of moves, and a compare-and-set in the database.

Two people who press a button at the same moment both hold a row that says "submitted". The update names the
state it starts from, so that the second one finds nothing to change and is told so.

For how long a slip of the finger is undone by one touch. Afterwards there are the ordinary ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from typing import Any, TypeVar

import psycopg
import structlog
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import check_aware
from schoolgate.core.errors import AlreadyDone, NotNow, Text

M = TypeVar("M", bound=Model)
S = TypeVar("S", bound=str)
log = structlog.get_logger(__name__)
LOST_RACES = frozenset({"23505", "23P01", "40001", "40P01"})
"""How PostgreSQL names it when two do the same at once: a second row where one may be (unique, exclusion), a
transaction that cannot be put in an order, a deadlock."""


def move(
    row: M, *, to: S, moves: Mapping[S, frozenset[S]], at: datetime, field: str = "state", **changes: Any
) -> M:
    """Move `row` to the state `to` and set `changes` with it, in one statement.

    Args:
        moves: for each state those that may follow it; a state that is no key is an end.
        at: the instant of the move, stored in `<field>_at` if the model has such a column.
        field: the name of the column that holds the state.
        changes: other columns of the row that change in the same moment.

    Returns:
        `row`, with the new values on it. It is unchanged if the move fails.

    Raises:
        NotNow: the table has no such move, or another process made one first; AlreadyDone if `row` is in
            the state `to` by then.
    """
    move_all([row], to=to, moves=moves, at=at, field=field, **changes)
    return row


def move_all(
    rows: Sequence[M],
    *,
    to: S,
    moves: Mapping[S, frozenset[S]],
    at: datetime,
    field: str = "state",
    **changes: Any,
) -> None:
    """Move rows of one table that are in the same state, as `move` does, in one statement.

    All of them or none: for many, lock them first. Raises NotNow as `move` does, and ValueError for rows in
    different states.
    """
    if not rows:
        return
    row = rows[0]
    seen = getattr(row, field)
    if any(getattr(other, field) != seen for other in rows):
        raise ValueError("rows in different states do not move together")
    if to not in moves.get(seen, frozenset()):
        raise AlreadyDone(row) if seen == to else _moved_on()
    values = {field: to, **changes}
    if f"{field}_at" in {column.name for column in row._meta.concrete_fields}:
        values.setdefault(f"{field}_at", check_aware(at))
    with transaction.atomic() if len(rows) > 1 else nullcontext():  # a single statement undoes itself
        # Not the default manager: what a table leaves out of its lists still moves on.
        which = type(row)._base_manager.filter(pk__in=[each.pk for each in rows], **{field: seen})
        if which.update(**values) != len(rows):
            now = type(row)._base_manager.filter(pk=row.pk).values_list(field, flat=True).first()
            raise AlreadyDone(row) if now == to and len(rows) == 1 else _overtaken()
    for each in rows:
        for name, value in values.items():
            setattr(each, name, value)


@contextmanager
def lost_races_told() -> Iterator[None]:
    """Wrap a whole transaction: when several race and the database accepts only the first, raise NotNow in
    the others, with their work rolled back."""
    try:
        yield
    except DatabaseError as error:
        cause = error.__cause__
        if not isinstance(cause, psycopg.Error) or cause.sqlstate not in LOST_RACES:
            raise
        log.warning("race_lost", sqlstate=cause.sqlstate, constraint=cause.diag.constraint_name)
        raise _overtaken() from error


def done_before(
    row: Model,
    message: Text = "",
    next_step: Text = "",
    *,
    otherwise: NotNow | None = None,
    made: Model | None = None,
    **so: Any,
) -> NotNow:
    """Return AlreadyDone where the database shows what this step wanted, else `otherwise`: nothing is told as
    done because it can no longer be done, or because a colleague did the opposite.

    Args:
        row: what it is about; its record says who did it and when.
        otherwise: what is told where it isn't so; by default that the thing has moved on.
        made: the row that this step would have made, where one stands already.
        so: as for `filter`: how `row` is once the step is done (`state=DECLINED`, `ended_at__isnull=False`).
    """
    if made is None and not so:
        raise ValueError("say how the row is once this is done")
    if so and not type(row)._base_manager.filter(pk=row.pk, **so).exists():
        return otherwise or _moved_on()
    return AlreadyDone(row, message, next_step)


def answered_otherwise() -> NotNow:
    """Return what is told where the question has another answer than this person's."""
    return NotNow(
        _("This has been answered differently."),
        _("Open it again to see who answered. Talk to them if you disagree."),
    )


def _moved_on() -> NotNow:
    return NotNow(
        _("Someone has already moved this on, so you can’t take this step."),
        _("Open it again to see its status."),
    )


def _overtaken() -> NotNow:
    return NotNow(
        _("This changed a moment ago, so nothing was done."),
        _("Open it again to see its status."),
    )


def check_moves(states: type[S], moves: Mapping[S, frozenset[S]]) -> None:
    """Raise ValueError unless every state named in `moves` belongs to `states` and each can be reached from a
    start.

    For the apps' tests: an unreachable state or a typing error is a bug in the program.
    """
    known = set(states)  # type: ignore[call-overload]
    named = set(moves) | {state for following in moves.values() for state in following}
    if strangers := named - known:
        raise ValueError(f"not a state: {sorted(strangers)}")
    if forgotten := known - named:
        raise ValueError(f"no move to or from: {sorted(forgotten)}")


UNDO_FOR = timedelta(minutes=10)
"""Ours, not a policy's. Both the act and its undoing stay on record."""


def check_may_still_undo(done_at: datetime, *, at: datetime) -> None:
    """Raise NotNow once the act lies longer ago than UNDO_FOR."""
    if at - done_at > UNDO_FOR:
        raise NotNow(
            _("It’s too late to undo this."),
            _("Open it again to see its status and what you can do now."),
        )
