"""What every page needs before it is drawn, fetched in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, Q, QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.models import InstallationStop, Restoration, Stop
from schoolgate.core.reading_once import A_NUMBER, AN_INSTANT, FixedQuery, Question
from schoolgate.duties.models import STILL_TO_DO, Duty, Urgency
from schoolgate.people.models import Person
from schoolgate.people.safeguarding import visitors
from schoolgate.reports.duty_kinds import STANDING_STILL


@dataclass(frozen=True)
class Flags:
    """Whether there is anything to show; only then is it worth asking what."""

    danger: bool
    """A person in the federation may be in danger."""
    stopped: bool
    """Posting is stopped on the installation, or somewhere in the federation."""
    standing_still: bool
    """There is a task because part of the program has stopped working."""
    restoring: bool
    """The installation was restored from a backup and is not released yet."""


def in_effect(at: datetime) -> Q:
    """Return the condition on stops that count at an instant."""
    return Q(lifted_at=None) & (Q(until=None) | Q(until__gt=at)) & Q(placed_at__lte=at)


def _asked(person: int, at: datetime) -> QuerySet[Person, Any]:
    duties = Duty.objects.filter(state__in=STILL_TO_DO)
    return (
        visitors()
        .filter(pk=person)
        .annotate(
            danger=Exists(duties.filter(urgency=Urgency.DANGER)),
            stopped_here=Exists(Stop.objects.filter(in_effect(at))),
            stopped_everywhere=Exists(InstallationStop.objects.filter(in_effect(at))),
            standing_still=Exists(Duty.objects.filter(kind=STANDING_STILL, ended_at=None)),
            restoring=Exists(Restoration.objects.filter(released_at=None)),
        )
    )


@cache
def _written() -> FixedQuery[Person]:
    return FixedQuery(_asked(A_NUMBER, AN_INSTANT))


def visitor_asked(person_id: int, *, at: datetime) -> Question:
    """Return what `visitor_and_flags` asks."""
    return _written(), {A_NUMBER: person_id, AN_INSTANT: at}


def visitor_and_flags(person_id: int, *, at: datetime) -> tuple[Person, Flags]:
    """Return the person who opens a page (`people.safeguarding.visitors`), and what there is for the
    federation in scope at an instant. One query. Raises NotFound."""
    for who in _written().ask({A_NUMBER: person_id, AN_INSTANT: at}):
        here: Any = who
        return who, Flags(
            danger=here.danger,
            stopped=here.stopped_here or here.stopped_everywhere,
            standing_still=here.standing_still,
            restoring=here.restoring,
        )
    raise NotFound
