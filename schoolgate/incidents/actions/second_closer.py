"""The second person who closes a concern, and what has to be known before."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.asking_leads import name_in
from schoolgate.incidents.allegations import awaits_authority
from schoolgate.incidents.duty_kinds import CONFIRM
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import people_to_hand_on_to
from schoolgate.incidents.states import REPORT_MOVES, ReportState, StepKind
from schoolgate.people.models import Person


def ask_second(report: Report, *, by: Person, at: datetime, words: str, second: Person | None) -> Report:
    """Let a second person read it and close it, or send it back. Raises BadInput (second)."""
    if second is None or second not in people_to_hand_on_to(report, by=by, on=local_day(at)):
        raise BadInput({"second": _("Choose the second person who closes it")})
    move(report, to=ReportState.CLOSING, moves=REPORT_MOVES, at=at, closes_first=by)
    name_in(report, StepKind.CLOSING, by=by, to=second, at=at, words=words)
    record("report.closing", subject=report, at=at, actor=by)
    open_duty(
        kind=CONFIRM, subject=report, at=at, due=Due.none_promised(), person=second, school=report.school
    )
    return report


def check_authority_heard(report: Report) -> None:
    """Raise NotNow while the local authority hasn't said how a concern about a person here ends."""
    if awaits_authority(report):
        raise NotNow(
            _("The local authority was told, and hasn’t said how it ends."),
            _("Ring them, and save what they say here. Then close it."),
        )
