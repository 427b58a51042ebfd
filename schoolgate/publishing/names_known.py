"""The names that are looked for: pupils of all schools of a federation, and those who left lately."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from schoolgate.core.tenancy import current_scope
from schoolgate.policy.choices import LEAVERS_LONGEST, leavers_looked_for
from schoolgate.pupils.consents import KEPT_OFF
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.named import with_other_names
from schoolgate.rulebook.situations.contact_accept import years_before
from schoolgate.screening import Listed, NameIndex

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
