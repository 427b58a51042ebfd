"""What only some people may know of: concerns, breaches, checks, what people ask about themselves.

An area registers the kinds of its things that only some may know of. Decisions about them, and lists and
counts of other people's tasks, ask here, so that what is confined once is confined everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person

Seen = Callable[[Person, date], QuerySet[Any]]
"""Returns the rows of a kind that a person may know of on a day."""
Hidden = Callable[[Person, date], Iterable[str]]
"""Returns the names in the record of what a person may not know of on a day."""


@dataclass(frozen=True)
class Meant:
    """The people that things of a kind may be about. `things`: the rows that may be about a person;
    `people`: the ids of the people meant, by the number of each of these rows; `names`: the names in the
    record of these rows, where one query has those of several kinds."""

    things: Callable[[Person], QuerySet[Any]]
    people: Callable[[Collection[int]], dict[int, set[int]]]
    names: Callable[[Person], QuerySet[Any]] | None = None


_seen: dict[str, Seen] = {}
_hidden: list[Hidden] = []
_meant: dict[str, list[Meant]] = defaultdict(list)


def confine(kind: str, seen: Seen) -> None:
    """Register who may know of the things of a kind, such as `incidents.report`. Called once, at start-up."""
    _seen[kind] = seen


def hide(hidden: Hidden) -> None:
    """Register things that are kept from some people although others of their kind are not. Called once, at
    start-up."""
    _hidden.append(hidden)


def mean(kind: str, meant: Meant) -> None:
    """Register the people that things of a kind may be about: no task about one reaches them, even one of
    their own or of a role of theirs. Called once by each room that knows, at start-up."""
    _meant[kind].append(meant)


def meant_in(person: Person, *, column: str = "subject") -> Q:
    """Return the condition that a column names a thing that may be about this person."""
    return read_once(("people.meant_in", person.pk, column), lambda: _meant_in(person, column))


def _meant_in(person: Person, column: str) -> Q:
    each = [(kind, one) for kind, rooms in _meant.items() for one in rooms]
    named = [names(person) for names in dict.fromkeys(one.names for _kind, one in each) if names is not None]
    named += [_names(kind, one.things(person)) for kind, one in each if one.names is None]
    return reduce(or_, (Q(**{f"{column}__in": names}) for names in named), Q(pk__in=[]))


def not_meant(kind: str, person: Person, *, prefix: str = "") -> Q:
    """Return the condition on rows of a kind that leaves out those that may be about this person."""
    key = ("people.not_meant", kind, person.pk, prefix)
    return read_once(key, lambda: _not_meant(kind, person, prefix))


def _not_meant(kind: str, person: Person, prefix: str) -> Q:
    about = (Q(**{f"{prefix}pk__in": one.things(person).order_by().values("pk")}) for one in _meant[kind])
    return ~reduce(or_, about, Q(pk__in=[]))


def meant_by(subjects: Iterable[str]) -> dict[str, set[int]]:
    """Return the ids of the people that each of these things in the record may be about, by its name; things
    about no one known are left out."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for subject in subjects:
        if (kind := subject.partition(":")[0]) in _meant:
            numbers[kind].add(number_of(subject))
    found: dict[str, set[int]] = defaultdict(set)
    for kind, these in numbers.items():
        for one in _meant[kind]:
            for number, people in one.people(these).items():
                found[f"{kind}:{number}"] |= people
    return dict(found)


def nameable(people: Iterable[Person], *subjects: str, meant: Collection[int] = ()) -> list[Person]:
    """Return these people without those that one of these things may be about, by their names in the record:
    a page offers no one else to be asked, told, given a task or rung about them. `meant`: the ids of others
    that are known to be meant."""
    out = set(meant).union(*meant_by(subjects).values())
    return [one for one in people if one.pk not in out]


def confined_kinds() -> frozenset[str]:
    """Return the kinds of things that only some people may know of."""
    return frozenset(_seen)


def is_confined(subject: str) -> bool:
    """Return whether only some people may know of the thing with this name, or of any like it."""
    return subject.partition(":")[0] in _seen


def may_know_of(person: Person, subject: str, on: date) -> bool:
    """Return whether a person may know of the confined thing with this name in the record."""
    return _seen[subject.partition(":")[0]](person, on).filter(pk=number_of(subject)).exists()


def seen_of(kind: str, person: Person, on: date) -> QuerySet[Any]:
    """Return the numbers of the things of a confined kind that a person may know of on a day, for a
    query."""
    return _seen[kind](person, on).order_by().values("pk")


def known_among(person: Person, subjects: Collection[str], on: date) -> set[str]:
    """Return those of these names in the record of which a person may know on a day: as `kept_from` does
    for a column, for a few names. One query for each kind among them that is confined."""
    rooms = {kind.partition(".")[0] for kind in _seen}
    known: set[str] = set()
    for kind in {subject.partition(":")[0] for subject in subjects}:
        these = {number_of(subject): subject for subject in subjects if subject.partition(":")[0] == kind}
        if kind in _seen:
            seen = _seen[kind](person, on).filter(pk__in=these).values_list("pk", flat=True)
            known |= {these[pk] for pk in seen}
        elif kind.partition(".")[0] not in rooms:
            known |= set(these.values())
    return known - {name for each in _hidden for name in each(person, on)} if known else known


def kept_from(person: Person, on: date, *, column: str = "subject") -> Q:
    """Return the condition that a column names a thing that this person may not know of on a day.

    A kind of a room that confines any of its kinds is confined as well: what no one has said is not seen.
    """
    return read_once(("people.kept_from", person.pk, on, column), lambda: _kept_from(person, on, column))


def _kept_from(person: Person, on: date, column: str) -> Q:
    rooms = {kind.partition(".")[0] for kind in _seen}
    inside = reduce(or_, (Q(**{f"{column}__startswith": f"{room}."}) for room in sorted(rooms)), Q(pk__in=[]))
    for kind, seen in _seen.items():
        inside &= ~Q(**{f"{column}__in": _names(kind, seen(person, on))})
    hidden = [name for each in _hidden for name in each(person, on)]
    return inside | Q(**{f"{column}__in": hidden}) if hidden else inside


def _names(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    named: QuerySet[Any] = rows.order_by().annotate(in_record=name_in_record(kind)).values("in_record")
    return named


def not_kept_from(person: Person, rows: QuerySet[Any], on: date, *, column: str) -> QuerySet[Any]:
    """Return those of these rows whose `column` names no thing that may be about this person, or that is kept
    from them although others of its kind are not."""
    hidden = {name for each in _hidden for name in each(person, on)}
    rows = rows.exclude(meant_in(person, column=column))
    return rows.exclude(**{f"{column}__in": hidden}) if hidden else rows


def name_in_record(kind: str) -> Concat:
    """Return how the record names a row of this kind, for a query."""
    return Concat(Value(f"{kind}:"), Cast("pk", TextField()), output_field=TextField())
