"""Search people by words of their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch

from schoolgate.core.searching import with_words
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import held_on, here_on


def search_people(words: Sequence[str], *, on: date, limit: int) -> list[Person]:
    """Return the people here whose names have all these words, by name, each with the assignments of
    that day in `.held`. Two queries."""
    held = Prefetch(
        "assignments", RoleAssignment.objects.filter(held_on(on)).select_related("school"), to_attr="held"
    )
    rows = with_words(Person.objects.filter(here_on(on)), words, "name")
    return list(rows.order_by("name", "pk").prefetch_related(held)[:limit])
