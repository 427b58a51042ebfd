"""Check who may enter, read and decide requests about data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.disclosure import places
from schoolgate.core.errors import NotAllowed
from schoolgate.core.subjects import subject_of
from schoolgate.duties.queries import standing
from schoolgate.people.holding import holders_of_capacity
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.records.rules import DECIDES, check_decides, check_may_see
from schoolgate.rights.duty_kinds import LEADS
from schoolgate.rights.meaning import for_their_eyes
from schoolgate.rights.models import Found, Request


def check_enters(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person may enter a request and see the list, which names no one."""
    check_may_see(person, on=on)


def check_reads(person: Person, request: Request, *, on: date) -> None:
    """Raise NotAllowed unless the person decides on requests, or entered this one and may still see them."""
    if not requests_known(person, on).filter(pk=request.pk).exists():
        check_decides(person, on=on)


def requests_known(person: Person, on: date) -> QuerySet[Request]:
    """Return the requests that a person may know of: all for those who decide on them, else those they
    entered, while they may see the list."""
    if can(check_decides, person, on=on):
        return Request.objects.all()
    own = Request.objects.filter(entered_by=person)
    return own if can(check_may_see, person, on=on) else own.none()


def deciders(person: Person, *, on: date) -> list[Person]:
    """Return the people who may decide on requests, by name."""
    return holders_of_capacity(DECIDES, federation=person.federation, on=on)


def decides_as_lead(person: Person, request: Request, *, on: date) -> bool:
    """Return whether the person decides on what is kept to the leads: a safeguarding lead, or who was given
    the leads' task because what was found may be about each of them."""
    asked = standing(LEADS, [request])[subject_of(request)]
    return leads_at(person, None, on=on) or any(one.person_id == person.pk for one in asked)


def check_leads(person: Person, *, on: date, request: Request | None = None) -> None:
    """Raise NotAllowed unless the person leads on safeguarding at some school here or, of a request, takes
    the leads' part."""
    if not (leads_at(person, None, on=on) if request is None else decides_as_lead(person, request, on=on)):
        raise NotAllowed(
            _("Only the safeguarding lead and their deputies decide on this."),
            _("Ask your safeguarding lead."),
        )


def readable(person: Person, request: Request, rows: Sequence[Found], *, on: date) -> list[Found]:
    """Return what a person may read of what was found for a request: those who decide on requests, all but
    what is kept to the safeguarding leads; these, only what they may read where it is. No one, what may be
    about them."""
    asked = Found.objects.filter(pk__in=[one.pk for one in rows])
    theirs = set(for_their_eyes(person, asked, on).values_list("pk", flat=True))
    found = [one for one in rows if one.pk in theirs]
    decides = can(check_decides, person, on=on)
    leads = any(one.lead for one in found) and decides_as_lead(person, request, on=on)
    return [one for one in found if (leads and _lead_reads(person, one, on) if one.lead else decides)]


def _lead_reads(person: Person, found: Found, on: date) -> bool:
    place = places().get(found.place)
    return place is None or place.lead_may_read(person, found.number, on=on)


__all__ = ["check_decides", "check_enters", "check_leads", "check_reads", "deciders", "readable"]
