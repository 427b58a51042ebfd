"""A person who deals with concerns leaves: theirs go to the next people at once, each by itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.rising import go_up
from schoolgate.incidents.duty_kinds import CHECK_BACK, CONFIRM, FINISH, READ_ADDED
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.states import LETS_IN, REPORT_MOVES, WAITS, ReportState, StepKind, Whose
from schoolgate.people.models import Person


def waiting_for(person: Person, *, at: datetime) -> list[int]:
    """Return the concerns that have to go on without a leaver; none before the day of leaving."""
    if person.left_on is None or person.left_on > local_day(at):
        return []
    found = (_dealt_with(person), _asked_to_close(person), _told_of(person, at=at))
    return sorted({pk for rows in found for pk in rows.values_list("pk", flat=True)})


@action
def go_on_without(*, person: Person, at: datetime, report: Report) -> None:
    """Pass one of a leaver's concerns to the next people, be it one they dealt with or one they were told
    about by name. If they were to close it as the second person, it goes back to the first. Safe to run
    twice."""
    if report.pk not in waiting_for(person, at=at):
        return
    if report.state == ReportState.CLOSING:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
        cancel(kind=CONFIRM, subject=report, because="left", at=at)
        record("report.left", subject=report, at=at)
    elif report.state == ReportState.TAKEN:
        move(
            report, to=ReportState.HANDED_ON, moves=REPORT_MOVES, at=at, goes_up_at=at, goes_up_by=Whose.HOUSE
        )
        cancel(kind=(FINISH, READ_ADDED, CHECK_BACK), subject=report, because="left", at=at)
        record("report.left", subject=report, at=at)
    else:
        report.goes_up_at = at
        report.save(update_fields=["goes_up_at"])
    step(report, StepKind.LEFT, at=at, person=person)
    go_up(at=at, only=report.pk)


def _dealt_with(person: Person) -> QuerySet[Report]:
    return Report.objects.filter(taken_by=person, state=ReportState.TAKEN)


def _asked_to_close(person: Person) -> QuerySet[Report]:
    """Return the concerns whose second person, asked last, is this one."""
    asked = Step.objects.filter(
        kind=StepKind.CLOSING, person=person, report__state=ReportState.CLOSING, at=F("report__state_at")
    )
    return Report.objects.filter(pk__in=asked.values("report")).exclude(closes_first=person)


def _told_of(person: Person, *, at: datetime) -> QuerySet[Report]:
    """Return the concerns that wait for someone, and of which this person was told by name."""
    theirs = Step.objects.filter(person=person)
    told, seen_to = theirs.filter(kind__in=LETS_IN), theirs.filter(kind=StepKind.LEFT)
    waiting = Report.objects.filter(Q(goes_up_at=None) | Q(goes_up_at__gt=at), state__in=WAITS)
    return waiting.filter(pk__in=told.values("report")).exclude(pk__in=seen_to.values("report"))
