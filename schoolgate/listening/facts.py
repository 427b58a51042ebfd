"""Build the facts of looking for public posts from rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.subjects import person_key
from schoolgate.listening.models import Watch
from schoolgate.listening.queries import last_reading, running
from schoolgate.people.models import Person as PersonRow
from schoolgate.people.queries import roles_of
from schoolgate.policy.choices import LISTENING, newest_choices
from schoolgate.rulebook.facts import Person
from schoolgate.rulebook.situations.searches import IntervalChoice, ListeningSearch, SavedSearch


def search_facts(*, by: PersonRow | None, at: datetime, also: Iterable[Watch] = ()) -> ListeningSearch:
    """Return the facts of all watches that run, with those that are about to start. A watch reads public
    posts alone. How often they are to search is the federation's own choice."""
    on = local_day(at)
    watches = [*running(on), *also]
    return ListeningSearch(
        now=at,
        by=_person(by, at) if by else None,
        searches=tuple(_search(watch) for watch in watches),
        schools=tuple(School.objects.order_by("name").values_list("name", flat=True)),
        interval=_interval(on),
    )


def _interval(on: date) -> IntervalChoice | None:
    row = newest_choices(on=on).get(LISTENING)
    if row is None:
        return None
    return IntervalChoice(days=int(row.value), by=person_key(row.by_id), from_day=row.from_day)


def _search(watch: Watch) -> SavedSearch:
    last = last_reading(watch) or watch.at  # one that never searched counts from the day it was started
    return SavedSearch(
        key=f"watch:{watch.pk}",
        subject="school" if watch.school else "federation",
        school=watch.school.name if watch.school else None,
        reads="public",
        active=True,
        last_run=local_day(last),
    )


def _person(person: PersonRow, at: datetime) -> Person:
    relation: Any = person.relation
    roles = roles_of(person, on=local_day(at), anywhere=True)
    return Person(key=person_key(person.pk), relation=relation, roles=tuple(roles))
