"""A concern goes into the safeguarding lead's own system: what was written is no longer shown here."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import cancel
from schoolgate.incidents.actions.handling import check_may_see
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.actions.two_seats import check_read_in_both
from schoolgate.incidents.duty_kinds import READ_ADDED
from schoolgate.incidents.models import Reader, Report
from schoolgate.incidents.rules import is_lead
from schoolgate.incidents.states import WAITS, ReportState, StepKind
from schoolgate.people.models import Person

LONGEST_SYSTEM = 60
LONGEST_NUMBER = 100


@action
def mark_as_passed(*, report: Report, by: Person, at: datetime, system: str, reference: str) -> Report:
    """Say that a concern is in the safeguarding lead's own system, under a reference there.

    From now on the database gives what was written to no reader; only two people can open it again. That it
    exists, its steps with their times, and its tasks stay. Raises NotFound, NotAllowed for all but a
    safeguarding lead, NotNow, BadInput (system, reference).
    """
    check_may_see(report, by, at)
    if not is_lead(by, local_day(at)):
        raise NotAllowed(
            _("Only a safeguarding lead can mark a concern as passed to their own system."),
            _("Pass it to a safeguarding lead."),
        )
    if report.passed_at is not None:
        raise done_before(report, _("This is already marked as passed."), passed_at__isnull=False)
    if report.state in (*WAITS, ReportState.CLOSING):
        raise NotNow(
            _("No one is dealing with this, or it waits to be closed."),
            _("Deal with it first, or wait until it is closed."),
        )
    check_read_in_both(report, by, at=at)
    system, reference = system.strip(), reference.strip()
    if not 1 <= len(system) <= LONGEST_SYSTEM:
        raise BadInput({"system": _("Enter the name of the system, such as CPOMS or MyConcern.")})
    if not 1 <= len(reference) <= LONGEST_NUMBER:
        raise BadInput({"reference": _("Enter the reference it has there.")})
    report.passed_at, report.passed_to, report.passed_reference = at, system, reference
    report.save(update_fields=["passed_at", "passed_to", "passed_reference"])
    Reader.objects.filter(report=report, ended_at=None).update(ended_at=at)
    step(report, StepKind.PASSED, at=at, by=by)
    record("report.passed", subject=report, at=at, actor=by)
    cancel(kind=READ_ADDED, subject=report, because="passed", at=at, by=by)
    return report
