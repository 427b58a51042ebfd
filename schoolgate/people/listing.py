"""The list of the people who are here, a page at a time."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import held_on, here_on


def people_page(
    *, on: date, after: tuple[str, int] | None = None, limit: int = 50, role: str = ""
) -> tuple[list[Person], tuple[str, int] | None]:
    """Return one page of the people who are here, by name, each with the assignments of that day in `.held`.
    With `role`, only those who have that role.

    Returns the persons and the key (name, id) to ask the next page with, None on the last one.
    """
    held = Prefetch(
        "assignments", RoleAssignment.objects.filter(held_on(on)).select_related("school"), to_attr="held"
    )
    rows = Person.objects.filter(here_on(on)).order_by("name", "pk").prefetch_related(held)
    if role:
        rows = rows.filter(
            Exists(RoleAssignment.objects.filter(held_on(on), person=OuterRef("pk"), role_key=role))
        )
    if after is not None:
        name, pk = after
        # The first half finds the place in the index; a plain "or" would read the index from its beginning.
        rows = rows.filter(name__gte=name).exclude(name=name, pk__lte=pk)
    found = list(rows[: limit + 1])
    more = len(found) > limit
    shown: list[Person] = list(found[:limit])
    return shown, (found[limit - 1].name, found[limit - 1].pk) if more else None
