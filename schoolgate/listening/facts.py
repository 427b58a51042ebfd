"""Build the facts of looking for public posts from rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.subjects import person_key
from schoolgate.listening.models import Watch
from schoolgate.listening.queries import last_reading, running
from schoolgate.people.models import Person as PersonRow
from schoolgate.people.queries import roles_of
from schoolgate.rulebook.facts import Person
from schoolgate.rulebook.situations.searches import ListeningSearch, SavedSearch


def search_facts(*, by: PersonRow | None, at: datetime, also: Iterable[Watch] = ()) -> ListeningSearch:
    """Return the facts of all watches that run, with those that are about to start. A watch reads public
    posts alone. No federation can enter yet how often it wants to look, so that is left out."""
    on = local_day(at)
    watches = [*running(on), *also]
    return ListeningSearch(
        now=at,
        by=_person(by, at) if by else None,
        searches=tuple(_search(watch) for watch in watches),
        schools=tuple(School.objects.order_by("name").values_list("name", flat=True)),
        interval=None,
    )


def _search(watch: Watch) -> SavedSearch:
    last = last_reading(watch) if watch.pk else None
    return SavedSearch(
        key=f"watch:{watch.pk}",
        subject="school" if watch.school else "federation",
        school=watch.school.name if watch.school else None,
        reads="public",
        active=True,
        last_run=local_day(last) if last else None,
    )


def _person(person: PersonRow, at: datetime) -> Person:
    relation: Any = person.relation
    roles = roles_of(person, on=local_day(at), anywhere=True)
    return Person(key=person_key(person.pk), relation=relation, roles=tuple(roles))
