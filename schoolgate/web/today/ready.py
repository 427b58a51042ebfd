"""What still blocks the first post: the whole list for the people who manage people; for the person who
proposes the first account or writes the first post, that it is their turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from schoolgate.reports.ready import Point, next_steps, still_open
from schoolgate.web.frame.doors import Visit, opens

MOST = 3


@dataclass(frozen=True)
class StillOpen:
    """The first points that are open, each with its page, and how many there are beyond them."""

    points: Sequence[tuple[Point, str]]
    more: int
    whole: bool
    """Whether the visitor may open the whole list."""


def ready(visit: Visit) -> StillOpen | None:
    """Return None where it is not the visitor's turn. Queried only until a first post has gone out; the
    number of queries does not grow with the rows."""
    whole = opens(visit, "set-up")
    found = still_open(at=visit.at) if whole else next_steps(at=visit.at, capacities=visit.capacities)
    if not found:
        return None
    return StillOpen(
        [
            (point, reverse(point.to, args=point.to_args) if opens(visit, point.to, *point.to_args) else "")
            for point in found[:MOST]
        ],
        max(0, len(found) - MOST),
        whole,
    )
