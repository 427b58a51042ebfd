"""One federation after another, so that trouble in one doesn't stop the others: how a sweep is put together.

    rota = everywhere("looking after the rota", together(swapping.sweep))

is a sweep: it takes the moment of the timetable. A step takes a federation and the moment, and opens the
scopes that it needs.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog

from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.jobs import beating

log = structlog.get_logger(__name__)

Step = Callable[[int, datetime], Any]
Sweep = Callable[[datetime], None]


def everywhere(doing: str, *steps: Step) -> Sweep:
    """Return the sweep that takes these steps in each federation; what one raises ends that federation's
    round, and is logged."""

    def sweep(at: datetime) -> None:
        def take(federation_id: int) -> None:
            for step in steps:
                step(federation_id, at)

        in_every_federation(take, failed=f"{doing} failed")

    return sweep


def one_after_another(*sweeps: Sweep) -> Sweep:
    """Return the sweep that runs these: what fails in one keeps no other from its round."""

    def sweep(at: datetime) -> None:
        for each in sweeps:
            each(at)

    return sweep


def together(*acts: Callable[..., Any]) -> Step:
    """Return the step that does these acts in one transaction."""

    def step(federation_id: int, at: datetime) -> None:
        with scope(federation_id):
            for act in acts:
                act(at=at)

    return step


def row_by_row(act: Callable[..., int | None]) -> Step:
    """Return the step that calls `act` with the key it ended at (first 0), each time in a transaction of its
    own, until it gives None."""

    def step(federation_id: int, at: datetime) -> None:
        following: int | None = 0
        while following is not None:
            with scope(federation_id):
                following = act(at=at, after=following)

    return step


def until_done(act: Callable[..., Any]) -> Step:
    """Return the step that calls `act` in transactions of its own for as long as it says that there is
    more."""

    def step(federation_id: int, at: datetime) -> None:
        more = True
        while more:
            with scope(federation_id):
                more = act(at=at)

    return step


def at_most(times: int, act: Callable[..., Any]) -> Step:
    """Return the step that calls `act` as `until_done` does, but not oftener than this in a round."""

    def step(federation_id: int, at: datetime) -> None:
        for _time in range(times):
            with scope(federation_id):
                more = act(at=at)
            if not more:
                return

    return step


def in_every_federation(look: Callable[[int], None], *, failed: str) -> None:
    """Call `look` with the id of each federation; what it raises is logged in the words `failed`."""
    for federation_id in Federation.objects.values_list("pk", flat=True).order_by("pk"):
        try:
            look(federation_id)
        except Exception:
            log.exception(failed, federation=federation_id)
            beating.trouble()
