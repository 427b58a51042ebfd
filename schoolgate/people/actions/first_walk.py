"""Dismiss a getting-started guide, resume it, and note a step of it.

It is private to the user: no one else reads it, and none of it goes into the record.
"""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.people.models import FirstWalk, Person, WalkStep


@action
def set_walk_aside(*, by: Person, at: datetime, walk: str) -> None:
    """Hide this getting-started guide on Today. Doing it twice changes nothing."""
    FirstWalk.objects.update_or_create(person=by, walk=walk, defaults={"set_aside_at": at})


@action
def take_walk_up(*, by: Person, at: datetime, walk: str) -> None:
    """Show it again from now on."""
    FirstWalk.objects.filter(person=by, walk=walk).update(set_aside_at=None)


@action
def note_walk_step(*, by: Person, at: datetime, walk: str, step: str) -> None:
    """Note that a person opened the page of a step; the first time counts."""
    WalkStep.objects.get_or_create(person=by, walk=walk, step=step, defaults={"at": at})
