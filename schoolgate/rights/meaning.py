"""The people that something found for a request may be about: they don’t read, count or decide on it, and the
safeguarding leads do, in every place and whatever name was searched for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from schoolgate.core.disclosure import Place, Sought
from schoolgate.inbox.ranking import Known, read_of
from schoolgate.people.confined import meant_by, not_kept_from
from schoolgate.people.models import Person
from schoolgate.people.outside import SPEAKS_ILL
from schoolgate.people.said_of import Said
from schoolgate.rights.models import Found


def whom_they_mean(
    place: Place, numbers: Collection[int], sought: Sought, known: Known
) -> dict[int, frozenset[int]]:
    """Return the ids of the people here that each of these things may be about, as its room knows or its
    words say: they name or describe someone beside words of danger, abuse or complaint, or of something
    that was done. Things about no one
    are left out, and words about the school's own business aren't read."""
    found: dict[int, set[int]] = defaultdict(set)
    of_rooms = meant_by(f"{place.code}:{number}" for number in numbers)
    for number in numbers:
        found[number] |= of_rooms.get(f"{place.code}:{number}", set())
    if not place.business_only:
        for piece in place.read(numbers, replace(sought, business=False)):
            for text in piece.texts:
                if text.said is None:
                    found[piece.number] |= _meant_in(text.text, known)
    return {number: frozenset(people) for number, people in found.items() if people}


def _meant_in(text: str, known: Known) -> frozenset[int]:
    lanes = {each.lane for each in read_of(text, known, press=False).why}
    heard = known.people.said_of(text, lanes=lanes)
    if not SPEAKS_ILL & lanes and heard.said != Said.DONE:
        return frozenset()
    return heard.kept_from | known.people.found_in(text)


def for_their_eyes(person: Person, rows: QuerySet[Found], on: date) -> QuerySet[Found]:
    """Return those of these rows that may be about someone else only, and that aren't kept from this person
    where they are: asked anew each time, because a comment may be locked after it was found."""
    name = Concat("place", Value(":"), Cast("number", TextField()), output_field=TextField())
    rows = rows.alias(in_record=name).exclude(meant__contains=[person.pk])
    return not_kept_from(person, rows, on, column="in_record")
