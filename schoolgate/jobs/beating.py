"""Whether a sweep went well: in all federations, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import DatabaseError

from schoolgate.core import beats
from schoolgate.core.clock import now

log = structlog.get_logger(__name__)


@dataclass
class Round:
    """One run of a sweep; `good` until somebody says otherwise."""

    good: bool = True


_round: ContextVar[Round | None] = ContextVar("schoolgate_round_of_a_sweep", default=None)


@contextmanager
def beating(what: str) -> Iterator[None]:
    """Note the last good run of `what` once the block is through without trouble.

    The note is a statement of its own after the work: one that cannot be written is logged, and spoils
    nothing.
    """
    mine = Round()
    token = _round.set(mine)
    try:
        yield
    finally:
        _round.reset(token)
    if mine.good and what in beats.MUST_BEAT:
        note(what, at=now())


def note(what: str, *, at: datetime) -> None:
    """Write the beat."""
    try:
        beats.note(what, at=at)
    except DatabaseError:
        log.exception("a beat could not be noted", what=what)


def trouble() -> None:
    """Something in this run did not go well, and was logged: the run does not count as a good one."""
    mine = _round.get()
    if mine is not None:
        mine.good = False
