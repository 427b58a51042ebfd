"""Whose data a request may be about, among the people and pupils here: by the names that were entered."""

from __future__ import annotations

from django.db.models import Q

from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.pupils.models import Pupil
from schoolgate.rights.models import Request
from schoolgate.rights.seeking import sought_of

PERSON, PUPIL = "person", "pupil"


def named_here(lines: str) -> list[tuple[str, str]]:
    """Return the people and pupils whose whole name is on a line, each with its key and its words."""
    names = [" ".join(line.split()) for line in lines.splitlines() if line.strip()]
    people, pupils = Q(pk=None), Q(pk=None)
    for name in names:
        people |= Q(name__iexact=name) | Q(email__iexact=name)
        first, _space, last = name.rpartition(" ")
        if first:
            pupils |= Q(last_name__iexact=last) & (Q(first_name__iexact=first) | Q(known_as__iexact=first))
    found = [
        (f"{PERSON}-{one.pk}", f"{one.name}, {one.get_relation_display()}")
        for one in Person.objects.filter(people, destroyed_at=None).order_by("name", "pk")
    ]
    return found + [
        (f"{PUPIL}-{one.pk}", ", ".join(filter(None, [one.name, one.form or one.year, one.school.name])))
        for one in Pupil.objects.select_related("school")
        .filter(pupils, destroyed_at=None)
        .order_by("last_name", "pk")
    ]


def pupil_by_id(pk: int) -> Pupil:
    """Return a pupil here. Raises NotFound."""
    found = Pupil.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def pupils_sought(request: Request) -> set[int]:
    """Return the pupils whose data was searched for: those that the office picked, and those whose whole name
    it entered."""
    sought = [sought_of(each) for each in request.gatherings.all()]
    named = named_here("\n".join(line for each in sought for line in each.lines))
    by_name = {int(key.removeprefix(f"{PUPIL}-")) for key, _words in named if key.startswith(f"{PUPIL}-")}
    return by_name | {each.pupil for each in sought if each.pupil is not None}
