"""Whether a sweep went well: in all federations and with all jobs that it made, or not at all."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import DatabaseError

from schoolgate.core import heartbeats
from schoolgate.core.clock import now

log = structlog.get_logger(__name__)


@dataclass
class Round:
    """One run of a sweep; `good` until a failure is reported."""

    good: bool = True


SECONDS_OF_TROUBLE = 600.0
"""How long a broken job counts against its sweep; one that is made each minute breaks again by then."""
_broken: dict[tuple[str, str], float] = {}
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
    if mine.good and what in heartbeats.LONGEST_SILENCE and not _has_broken_jobs(what):
        note(what, at=now())


@contextmanager
def part_of(sweep: str, about: str) -> Iterator[None]:
    """Run a job that a sweep made: what it raises is logged, and the sweep does not count as good until the
    same has gone well or some minutes are over. `about`: what the job is for, as an id."""
    try:
        yield
    except Exception:
        log.exception("a job of a sweep failed", sweep=sweep, about=about)
        _broken[sweep, about] = time.monotonic()
    else:
        _broken.pop((sweep, about), None)


def _has_broken_jobs(sweep: str) -> bool:
    since = time.monotonic() - SECONDS_OF_TROUBLE
    return any(name == sweep and at > since for (name, _), at in list(_broken.items()))


def note(what: str, *, at: datetime) -> None:
    """Write the beat."""
    try:
        heartbeats.note(what, at=at)
    except DatabaseError:
        log.exception("a beat could not be noted", what=what)


def trouble() -> None:
    """Something in this run did not go well, and was logged: the run does not count as a good one."""
    mine = _round.get()
    if mine is not None:
        mine.good = False
