"""What a person may do at each school."""

from __future__ import annotations

from datetime import date

from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities


def all_schools() -> list[School]:
    """Return the federation's schools, by name. One query, or one for all calls in a request that changes
    nothing."""
    return list(read_once("people.schools", lambda: list(School.objects.order_by("name", "pk"))))


def capacities_by_school(person: Person, *, on: date) -> dict[School, frozenset[str]]:
    """Return what `person` may do at each school on a day, by the schools' names."""
    return {school: capacities(person, on=on, school=school) for school in all_schools()}
