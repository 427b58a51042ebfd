"""A person who deals with concerns leaves: theirs go to the next people at once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.rising import AT_ONCE, go_up
from schoolgate.incidents.duty_kinds import CHECK_BACK, CONFIRM, FINISH, READ_ADDED
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.states import LETS_IN, REPORT_MOVES, WAITS, ReportState, StepKind, Whose
from schoolgate.people.models import Person


@action
def go_on_without(*, person: Person, at: datetime) -> int:
    """Pass a leaver's concerns to the next people, those they dealt with and those they were told about by
    name. If they were to close one as the second person, it goes back to the first. Returns how many. Safe
    to run twice."""
    if person.left_on is None or person.left_on > local_day(at):
        return 0
    dealt_with = list(Report.objects.filter(taken_by=person, state=ReportState.TAKEN))
    for report in dealt_with:
        move(
            report, to=ReportState.HANDED_ON, moves=REPORT_MOVES, at=at, goes_up_at=at, goes_up_by=Whose.HOUSE
        )
        step(report, StepKind.LEFT, at=at, person=person)
        for kind in (FINISH, READ_ADDED, CHECK_BACK):
            cancel(kind=kind, subject=report, because="left", at=at)
        record("report.left", subject=report, at=at)
    closing = _asked_to_close(person)
    for report in closing:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
        step(report, StepKind.LEFT, at=at, person=person)
        cancel(kind=CONFIRM, subject=report, because="left", at=at)
        record("report.left", subject=report, at=at)
    theirs = Step.objects.filter(person=person)
    told, seen_to = theirs.filter(kind__in=LETS_IN), theirs.filter(kind=StepKind.LEFT)
    waiting = Report.objects.filter(Q(goes_up_at=None) | Q(goes_up_at__gt=at), state__in=WAITS)
    told_of = list(waiting.filter(pk__in=told.values("report")).exclude(pk__in=seen_to.values("report")))
    for report in told_of:
        report.goes_up_at = at
        report.save(update_fields=["goes_up_at"])
        step(report, StepKind.LEFT, at=at, person=person)
    while go_up(at=at) == AT_ONCE:
        pass
    return len(dealt_with) + len(closing) + len(told_of)


def _asked_to_close(person: Person) -> list[Report]:
    """Return the concerns whose second person, asked last, is this one."""
    asked = Step.objects.filter(
        kind=StepKind.CLOSING, person=person, report__state=ReportState.CLOSING, at=F("report__state_at")
    )
    return list(Report.objects.filter(pk__in=asked.values("report")).exclude(closes_first=person))
