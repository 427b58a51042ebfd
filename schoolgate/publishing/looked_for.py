"""What is looked for in words that leave: names of pupils and who may be named, words of danger, and
whose they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext

from schoolgate.core.doors import Door
from schoolgate.core.tenancy import current_scope
from schoolgate.people.drawn_aside import where_drawn_aside
from schoolgate.people.models import Person
from schoolgate.people.named import Names
from schoolgate.people.reading_words import reasons_of_danger
from schoolgate.policy.choices import LEAVERS_LONGEST, leavers_looked_for, own_yes_from
from schoolgate.policy.queries import in_force
from schoolgate.pupils.consents import KEPT_OFF, Standing, standings_by_channel
from schoolgate.pupils.models import Giver, Pupil, Use
from schoolgate.pupils.named import with_other_names
from schoolgate.rulebook.situations.contacts import years_before
from schoolgate.screening import Hit, Kind, Listed, NameIndex, Strength, lone_firsts
from schoolgate.screening.folding import fold
from schoolgate.screening.invited import invited_in
from schoolgate.triage import Lane, Reason, drawn_aside

MOST_INDEXES = 8
"""Federations whose names a process has ready, so that its memory is bounded."""
NO_ONE = NameIndex(())

_ready: OrderedDict[tuple[int, bool], tuple[tuple[Any, ...], NameIndex]] = OrderedDict()
_lock = threading.Lock()


def names_here(*, on: date, in_pictures: bool = False) -> NameIndex:
    """Return the names of the pupils of all schools of the federation in scope on a day, and of those who
    left in the last years, as many as the federation chose, with the names they had before; who is on the
    do-not-publish list is among them for good. Built again when a pupil or a name of one has changed; one
    query if not, two where pupils have left. `in_pictures`: also as a program reads them there, which leaves
    out letters with accents."""
    place, stamp = (current_scope().federation_id, in_pictures), _stamp(on)
    if not stamp[0]:
        return NO_ONE
    with _lock:
        known = _ready.get(place)
        if known is not None and known[0] == stamp:
            _ready.move_to_end(place)
            return known[1]
    rows = Pupil.objects.filter(destroyed_at=None).exclude(Q(left_on__lte=stamp[-1]) & ~Q(KEPT_OFF))
    names, walled = (
        rows.values_list("pk", "first_name", "last_name", "known_as", "form", "year"),
        set(stamp[3]),
    )
    listed = [Listed(*row, walled=row[0] in walled) for row in names]
    listed += with_other_names(listed)
    index = NameIndex([*listed, *(as_read(listed) if in_pictures else ())])
    with _lock:
        _ready[place] = (stamp, index)
        _ready.move_to_end(place)
        while len(_ready) > MOST_INDEXES:
            _ready.popitem(last=False)
    return index


def as_read(listed: Iterable[Listed]) -> Iterator[Listed]:
    """Yield those with accents as "Siân" is read: "Sin"."""
    for each in listed:
        names = (each.first, each.last, each.known_as)
        read = [
            "".join(letter for letter in name if letter.isascii() or not letter.isalpha()) for name in names
        ]
        if tuple(read) != names and read[0].strip() and read[1].strip():
            yield replace(each, first=read[0], last=read[1], known_as=read[2], form="", year="")


def _stamp(on: date) -> tuple[Any, ...]:
    """Return what changes with any name, present or other, or class of any pupil whose name is looked for,
    and who is on the do-not-publish list (the fourth). The last: who left by that day isn't among them,
    unless they are on that list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), sum(hashtextextended("
            "   concat_ws(chr(31), first_name, last_name, known_as, form, year, left_on), id)),"
            " (SELECT sum(hashtextextended(concat_ws(chr(31), state, before, after), id))"
            "   FROM pupils_pupilchange),"
            " (SELECT array_agg(pupil_id ORDER BY pupil_id) FROM pupils_notpublished WHERE ended_at IS NULL),"
            " coalesce(bool_or(left_on <= %s), FALSE)"
            " FROM pupils_pupil WHERE federation_id = %s AND destroyed_at IS NULL"
            " AND (left_on IS NULL OR left_on > %s"
            "   OR id IN (SELECT pupil_id FROM pupils_notpublished WHERE ended_at IS NULL))",
            [on, current_scope().federation_id, years_before(on, LEAVERS_LONGEST)],
        )
        number, names, others, walled, some_left = cursor.fetchone()
    since = years_before(on, leavers_looked_for(on=on)[0]) if some_left else on
    return number, names, others, tuple(walled or ()), since


@dataclass(frozen=True)
class Agreed:
    """A pupil who may be named, with the newest yes on which that rests; shown as its words."""

    name: str
    form: str
    giver: Giver
    since: date

    def __str__(self) -> str:
        called = f"{self.name}, {self.form}" if self.form else self.name
        day = in_words(self.since, "j F Y")
        return gettext("{name}. {giver}: yes, from {day}").format(
            name=called, giver=self.giver.label, day=day
        )


def namings(
    asked: Iterable[tuple[Iterable[int], Collection[str]]], *, on: date
) -> list[Mapping[int, Agreed]]:
    """Return for each of these groups of pupils who of them may be named on each of its networks, with the
    consent that holds; none without a network. As many queries for many as for one.

    Who isn't among them may not be named, whether someone said no or no one has answered.
    """
    groups = [(set(of) if channels else set[int](), channels) for of, channels in asked]
    every = set[int]().union(*(of for of, _channels in groups))
    pupils = {each.pk: each for each in Pupil.objects.filter(pk__in=every)} if every else {}
    if not pupils:
        return [{} for _group in groups]
    said = standings_by_channel(
        pupils.values(),
        uses=[Use.NAME],
        channels=sorted({each for _of, channels in groups for each in channels}),
        on=on,
        own_yes_from=own_yes_from(on=on),
    )
    found: list[Mapping[int, Agreed]] = []
    for of, channels in groups:
        by_pupil = {pk: [said[pk][each][Use.NAME] for each in channels] for pk in said.keys() & of}
        found.append({pk: _agreed(pupils[pk], by_pupil[pk]) for pk in said if _may(by_pupil.get(pk, ()))})
    return found


def _may(found: Collection[Standing]) -> bool:
    return bool(found) and all(one.may for one in found)


def agreed_to_name(of: Iterable[int], channels: Collection[str], *, on: date) -> Mapping[int, Agreed]:
    """Return those of these pupils who may be named on each of these networks, with the consent that holds;
    none without a network."""
    return namings([(of, channels)], on=on)[0]


def may_be_named(of: Iterable[int], channels: Collection[str], *, on: date) -> set[int]:
    """Return those of these pupils who may be named on each of these networks; none without a network."""
    return set(agreed_to_name(of, channels, on=on))


def consents_of(of: Collection[int], agreed: Mapping[int, Agreed]) -> tuple[Agreed, ...]:
    """Return the consents of all who bear a name; none where one of them may not be named."""
    return tuple(agreed[pk] for pk in of) if of and set(of) <= agreed.keys() else ()


def _agreed(pupil: Pupil, found: Iterable[Standing]) -> Agreed:
    yes = max((one for each in found for one in each.given), key=lambda one: one.from_day)
    name = f"{pupil.known_as or pupil.first_name} {pupil.last_name}"
    return Agreed(name, pupil.form, Giver(yes.giver), yes.from_day)


# Words of danger in what leaves: a safeguarding lead alone lets them out, and says why. In what others
# wrote, they may show that someone is in danger, such as a child who tells of harm. In what the school
# writes, they are those with which an adult might draw a child aside, so that no account of a school is
# used for it.


def danger_in(door: Door, text: str, *, own: Collection[str]) -> Iterator[Hit]:
    """Yield the words of danger in a text that is to leave by this door, each kind once. `own`: the schools'
    own details (`own_details.known_here`), by which no child is drawn to one person."""
    if door is Door.POLICY:  # it says what no one may do, and its governors adopt it
        return
    if door is Door.COMMENT:
        found = reasons_of_danger(text)
    else:
        found = drawn_aside(text, own)
        if not found and (asked_home := [*invited_in(text)]):
            yield from asked_home
            return
        found = [*found, *_of_adults(text)]
    for reason in {one.kind: one for one in found}.values():
        yield _hit(reason)


def _of_adults(text: str) -> Iterator[Reason]:
    """Yield where a text says what else draws children aside to an adult."""
    folded = fold(text)
    if place := where_drawn_aside(folded.text):
        start, end = folded.span(*place)
        yield Reason(Lane.DANGER, "draws_aside", text[start:end], start, end)


def danger_over(
    door: Door, texts: Mapping[str, str], *, own: Collection[str]
) -> Iterator[tuple[Hit, Sequence[str]]]:
    """Yield the words of danger in fields that leave together, each with the names of its fields: where none
    has any by itself, those over all of them, such as the person in the title and the way in the text."""
    alone = [(hit, (name,)) for name, text in texts.items() for hit in danger_in(door, text, own=own)]
    yield from alone
    if not alone and len(texts) > 1 and door is not Door.COMMENT:
        for hit in danger_in(door, "\n".join(texts.values()), own=own):
            yield hit, tuple(texts)


def _hit(reason: Reason) -> Hit:
    plain = " ".join(reason.words.casefold().split())
    return Hit(reason.start, reason.end, reason.words, Kind.DANGER, Strength.STOP, str(reason.lane), plain)


def is_spoken_of(person: Person, texts: Iterable[str], *, on: date) -> bool:
    """Return whether these words name this person, or speak of them by what they do."""
    return person.pk in Names(in_force(on).book, on=on).complained_of(*texts)


Found = dict[str, tuple[Hit, list[str]]]
"""By a hit's key, the hit and the fields that have it."""


def note_once(found: Found, hit: Hit, field: str) -> None:
    """Note a hit with the field that has it: the same words about the same pupils once, as the stronger."""
    was, fields = found.get(hit.key, (hit, []))
    stronger = min(was, hit, key=lambda one: list(Strength).index(one.strength))
    found[hit.key] = (stronger, list(dict.fromkeys([*fields, field])))


def alone_in(read: Iterable[tuple[str, str, Iterable[Hit]]]) -> Found:
    """Return the first names alone in texts, given as field, text and what was found in it."""
    found: Found = {}
    for field, text, hits in read:
        for hit in lone_firsts(text, hits):
            note_once(found, hit, field)
    return found


def note_unagreed(found: Found, alone: Mapping[str, tuple[Hit, list[str]]], *, left: Collection[int]) -> None:
    """Note the first names alone that one of their pupils hasn't agreed to, with their fields: the same
    question at every door. `left`: who may be named, or has left without a no."""
    for hit, fields in alone.values():
        for field in fields if not set(hit.of) <= set(left) else ():
            note_once(found, hit, field)
