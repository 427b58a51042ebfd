"""Setting a first walk aside, taking it up again, and noting a step of it.

It is a help to oneself: nobody else reads it, and nothing of it stands in the record.
"""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.people.models import FirstWalk, Person, WalkStep


@action
def set_walk_aside(*, by: Person, at: datetime, walk: str) -> None:
    """Show this first walk no longer on the page of today. Doing it twice changes nothing."""
    FirstWalk.objects.update_or_create(person=by, walk=walk, defaults={"set_aside_at": at})


@action
def take_walk_up(*, by: Person, at: datetime, walk: str) -> None:
    """Show it again from now on."""
    FirstWalk.objects.filter(person=by, walk=walk).update(set_aside_at=None)


@action
def note_walk_step(*, by: Person, at: datetime, walk: str, step: str) -> None:
    """Note that somebody opened the page of a step; the first time counts."""
    WalkStep.objects.get_or_create(person=by, walk=walk, step=step, defaults={"at": at})
