"""Ask the safeguarding leads for their part of a request, and end that task once they have decided."""

from __future__ import annotations

from datetime import date, datetime

from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import places
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.people.in_line import in_line
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.rights.actions.keeping import due_of
from schoolgate.rights.duty_kinds import LEADS
from schoolgate.rights.meaning import for_their_eyes
from schoolgate.rights.models import Request
from schoolgate.rights.states import Decision, Kind


def ask_leads(request: Request, *, at: datetime) -> None:
    """Give each safeguarding lead the task to search concerns and decide on what only they may read: for a
    copy of a person's data always, because only they can search concerns; else where something waits."""
    if request.kind != Kind.ACCESS and not _waiting(request):
        return
    for person in leads(book_for(request), request.school, on=local_day(at)):
        open_duty(
            kind=LEADS, subject=request, at=at, due=due_of(request), person=person, school=request.school
        )
    _ask_instead(request, on=local_day(at), at=at)


def _ask_instead(request: Request, *, on: date, at: datetime) -> None:
    """Give the task to those who decide on what may be about each lead. It lets them decide, and ends with
    the decision."""
    known, found = places(), request.found.filter(lead=True, decision=Decision.UNDECIDED)
    book = book_for(request)
    lead = {one.pk for one in leads(book, request.school, on=on)}
    ids: set[int] = set()
    for place, number, meant in found.values_list("place", "number", "meant"):
        instead = known[place].instead_of_leads(number, on=on) if place in known else frozenset()
        ids |= instead
        if not instead and meant and lead <= set(meant):
            next_ones = in_line(book, request.school, on=on, out=set(meant))
            ids |= {one.pk for one in (next_ones[0] if next_ones else [])}
    for person in Person.objects.filter(pk__in=ids).order_by("name", "pk"):
        open_duty(
            kind=LEADS, subject=request, at=at, due=due_of(request), person=person, school=request.school
        )


def end_for_leads(request: Request, *, at: datetime, by: Person) -> None:
    """End the task of the leads, if nothing waits for them any more; of this lead alone, if what waits is
    kept from them."""
    if not _waiting(request):
        discharge(kind=LEADS, subject=request, by=by, at=at)
    elif not _waiting(request, by=by, on=local_day(at)):
        discharge(kind=LEADS, subject=request, by=by, at=at, person=by)
        _ask_instead(request, on=local_day(at), at=at)


def _waiting(request: Request, *, by: Person | None = None, on: date | None = None) -> bool:
    rows = request.found.filter(lead=True, decision=Decision.UNDECIDED)
    if by is None or on is None:
        return rows.exists()
    known, rows = places(), for_their_eyes(by, rows, on)
    return any(
        known[place].lead_may_read(by, number, on=on)
        for place, number in rows.values_list("place", "number")
        if place in known
    )
