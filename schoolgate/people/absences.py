"""Days on which people are not there: long leave, days they recorded as away, leaving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Q

from schoolgate.core.errors import NotFound
from schoolgate.people.models import Absence, Departure, ExtendedAbsence, Person
from schoolgate.people.queries import permission_counts
from schoolgate.people.states import DepartureState

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Absences:
    """Who is not there within some days: spans of days, both included, by the person's id."""

    spans: Mapping[int, Sequence[tuple[date, date]]] = field(default_factory=dict)

    def is_there(self, person_id: int, day: date) -> bool:
        """Return whether nothing is known that keeps this person away on that day. It doesn't promise that
        they will sign in."""
        return not any(first <= day <= last for first, last in self.spans.get(person_id, ()))


def absences(people: Iterable[Person], *, first: date, last: date) -> Absences:
    """Return what is known of these people's absence between two days, both included. Two queries."""
    found: dict[int, list[tuple[date, date]]] = {}
    ids = []
    for person in people:
        ids.append(person.pk)
        if person.left_on is not None and person.left_on <= last:
            found.setdefault(person.pk, []).append((person.left_on, last))
    for person_id, leaves in extended_absences_within(ids, first=first, last=last).items():
        for leave in leaves:
            until = min(
                [day for day in (leave.to_day, leave.over_on and leave.over_on - DAY) if day] or [last]
            )
            found.setdefault(person_id, []).append((leave.from_day, until))
    rows = Absence.objects.filter(ended_at=None, person__in=ids, from_day__lte=last, to_day__gte=first)
    for row in rows:
        found.setdefault(row.person_id, []).append((row.from_day, row.to_day))
    return Absences(found)


def days_away(person: Person, *, on: date, limit: int = 20) -> list[Absence]:
    """Return a person's days away that are not over, soonest first."""
    rows = Absence.objects.filter(person=person, ended_at=None, to_day__gte=on).select_related("said_by")
    return list(rows.order_by("from_day", "pk")[:limit])


def day_away(person: Person, pk: int) -> Absence:
    """Return one of this person's absences. Raises NotFound, also for another person's."""
    found = Absence.objects.filter(person=person, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def expected_departure(person: Person) -> Departure | None:
    """Return the known leaving whose day has not come yet, or None."""
    return Departure.objects.filter(person=person, state=DepartureState.EXPECTED).first()


def extended_absence(person: Person, *, on: date) -> ExtendedAbsence | None:
    """Return the long leave of this person that counts on the day `on` or is still to come, or None."""
    rows = ExtendedAbsence.objects.filter(Q(to_day=None) | Q(to_day__gte=on), person=person)
    return rows.filter(Q(over_on=None) | Q(over_on__gt=on)).order_by("from_day").first()


def extended_absences(people: Iterable[int], *, on: date) -> dict[int, ExtendedAbsence]:
    """Return who of these people is on long leave on a day, and on which. One query."""
    return {
        row.person_id: row
        for row in ExtendedAbsence.objects.filter(permission_counts(on), person_id__in=list(people))
    }


def extended_absences_within(
    people: Iterable[int], *, first: date, last: date
) -> dict[int, list[ExtendedAbsence]]:
    """Return the long leaves of these people that touch the days between two days, both included. One
    query."""
    found: dict[int, list[ExtendedAbsence]] = {}
    rows = ExtendedAbsence.objects.filter(
        Q(to_day=None) | Q(to_day__gte=first),
        Q(over_on=None) | Q(over_on__gt=first) & Q(over_on__gt=F("from_day")),
        from_day__lte=last,
        person_id__in=list(people),
    )
    for row in rows.order_by("from_day", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found
