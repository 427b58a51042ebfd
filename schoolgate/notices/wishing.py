"""How soon a person gets a kind of notice: their own choice, but never later than it needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from schoolgate.core.clock import LONDON
from schoolgate.notices.kinds import KINDS, kind
from schoolgate.notices.models import MorningTime, Wish
from schoolgate.notices.states import Urgency
from schoolgate.people.models import Person

HOW_SOON = (Urgency.PAGE, Urgency.MORNING, Urgency.AT_ONCE)
"""From the least to the most."""
MORNING = time(7, 30)
"""When the morning mail goes out by default: this program's own, not a policy's."""
TIMES = (*(time(hour, minute) for hour in (6, 7, 8) for minute in (0, 30)), time(9, 0))
"""The times that can be chosen, in London."""


def at_least(wished: str, lowest: str) -> Urgency:
    """Return the sooner one of the two."""
    return HOW_SOON[max(HOW_SOON.index(Urgency(wished)), HOW_SOON.index(Urgency(lowest)))]


def choices(key: str) -> list[Urgency]:
    """Return what a person can choose for a kind, soonest first."""
    lowest = HOW_SOON.index(kind(key).lowest)
    return list(reversed(HOW_SOON[lowest:]))


def urgency_for(person: Person, key: str) -> Urgency:
    """Return how soon this person gets this kind of notice. One query."""
    return urgencies([person.pk], [key])[person.pk, key]


def urgencies(people: Iterable[int], keys: Iterable[str] = KINDS) -> dict[tuple[int, str], Urgency]:
    """Return how soon each of these people gets each of these kinds of notice. One query."""
    people, keys = list(people), list(keys)
    wishes = Wish.objects.filter(person_id__in=people, kind__in=keys)
    chosen = {
        (person_id, key): urgency
        for person_id, key, urgency in wishes.values_list("person_id", "kind", "urgency")
    }
    return {
        (person_id, key): at_least(chosen.get((person_id, key), kind(key).urgency), kind(key).lowest)
        for person_id in people
        for key in keys
    }


def morning_of_federation() -> time:
    """Return when the morning mail of the federation in scope goes out, in London. One query."""
    row = MorningTime.objects.filter(person=None).first()
    return row.time if row else MORNING


def morning_of(person: Person) -> time | None:
    """The time that the person chose, or None where they take the federation's."""
    row = MorningTime.objects.filter(person=person).first()
    return row.time if row else None


def mornings() -> dict[int, time]:
    """Return the people who chose a time of their own. One query."""
    return dict(
        MorningTime.objects.filter(person__isnull=False)
        .values_list("person_id", "time")
        .order_by("person_id")
    )


def instant(day: date, at: time) -> datetime:
    """That time of that day in London."""
    return datetime.combine(day, at, LONDON)
