"""What still keeps the first post from going out, for those who look after people, while anything does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.reports.ready import still_open
from schoolgate.reports.ready_point import Point
from schoolgate.web.doors import Visit

MOST = 3


@dataclass(frozen=True)
class StillOpen:
    """The first points that are open, each with its page, and how many there are beyond them."""

    points: Sequence[tuple[Point, str]]
    more: int


def ready(visit: Visit) -> StillOpen | None:
    """None for everybody else, once a post has gone out, and when nothing is open. The number of queries does
    not grow with the rows."""
    if "administer" not in visit.capacities or Post.objects.filter(state=PostState.PUBLISHED).exists():
        return None
    found = still_open(at=visit.at)
    if not found:
        return None
    return StillOpen(
        [(point, reverse(point.to, args=point.to_args)) for point in found[:MOST]],
        max(0, len(found) - MOST),
    )
