"""A concern about a person here who wasn't found: it may be about anyone who is told, so only the leads know
of it until one of them says who is meant, and no one of them ends or hides it before another has read it.
Where there is only one lead, the other is the next in another seat. Schoolgate's own rule."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.telling import new_of, tell
from schoolgate.incidents.duty_kinds import LOOK
from schoolgate.incidents.ladder import Around, Recipient, Rung, beside_the_leads, lead_rung
from schoolgate.incidents.models import Reader, Report
from schoolgate.incidents.states import ReportState, StepKind, Whose
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.rulebook import Book


def tell_both_seats(report: Report, *, at: datetime) -> None:
    """Tell the leads, and where there is only one the next people of Schoolgate's own order besides, of a
    concern about a person here who wasn't found: those of them who weren't told yet; by name, where it is
    kept to the leads."""
    if not report.about_unknown:
        return
    book, around = book_for(report), Around.of(report, on=local_day(at))
    rungs = (lead_rung(book, around), *_beside(book, around))
    if report.restricted_at is not None:
        people = Person.objects.filter(pk__in={pk for rung in rungs for pk in rung.people})
        told = tuple(Recipient(person=one) for one in people.order_by("name", "pk"))
        rungs = (Rung(Whose.HOUSE, told, frozenset(one.person_id for one in told if one.person_id)),)
    for rung in new_of(report, rungs):
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)


def _beside(book: Book, around: Around) -> list[Rung]:
    """Return the other seat: no one, where two leads can open it, since each of them is the other's."""
    leads = can_open(lead_rung(book, around).people, on=around.on)
    return [] if len(leads) > 1 else beside_the_leads(book, around)


def both_seats(report: Report, *, on: date) -> list[Person]:
    """Return everyone who is told in one of the two seats, by name."""
    leads, others = _seats(report, on=on)
    return _people(leads | others)


def ask_other_seat(report: Report, *, by: Person, at: datetime) -> None:
    """Ask those in the other seat to read what this person deals with now, unless one of them has."""
    for person in still_to_read(report, by, on=local_day(at)):
        open_duty(
            kind=LOOK, subject=report, at=at, due=Due.none_promised(), person=person, school=report.school
        )


def lead_takes(report: Report, by: Person, *, on: date) -> bool:
    """Return whether a lead takes it and this person may not: no one has said who is meant, it may be they, a
    lead can open it, and none passed it to them."""
    if not report.about_unknown or report.state == ReportState.HANDED_ON:
        return False
    leads = lead_rung(book_for(report), Around.of(report, on=on)).people
    return by.pk not in leads and bool(can_open(leads, on=on))


def check_lead_takes(report: Report, by: Person, *, on: date) -> None:
    """Raise NotNow where only a lead takes it, for no one has said yet who is meant."""
    if lead_takes(report, by, on=on):
        raise NotNow(
            _("Until a safeguarding lead says who is meant, only a lead deals with it."),
            _("Ask a safeguarding lead to open it."),
        )


def check_read_in_both(report: Report, by: Person, *, at: datetime) -> None:
    """Raise NotNow while no one in the other seat has read a concern about a person here who wasn't found."""
    if people := still_to_read(report, by, on=local_day(at)):
        names = ", ".join(one.name for one in people)
        raise NotNow(
            _("We couldn’t tell who this is about, so a second person has to read it first."),
            _("Ask one of these people to open it: {names}.").format(names=names),
        )


def still_to_read(report: Report, by: Person, *, on: date) -> list[Person]:
    """Return the people of the other seat, while none of them has read what this person deals with."""
    if not report.about_unknown:
        return []
    leads, others = _seats(report, on=on)
    seat = (others - leads or leads) if by.pk in leads else leads
    if Reader.objects.filter(report=report, person__in=seat - {by.pk}).exists():
        return []
    return _people(seat - {by.pk})


def _seats(report: Report, *, on: date) -> tuple[set[int], set[int]]:
    book, around = book_for(report), Around.of(report, on=on)
    others = (rung.people for rung in _beside(book, around))
    return set(lead_rung(book, around).people), {pk for people in others for pk in people}


def _people(numbers: set[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=numbers).order_by("name", "pk"))
