"""The second person who closes a concern, and what has to be known before."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.asking_leads import name_in
from schoolgate.incidents.actions.keeping import step
from schoolgate.incidents.allegations import awaits_authority
from schoolgate.incidents.duty_kinds import CONFIRM, FINISH
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import people_to_hand_on_to
from schoolgate.incidents.states import REPORT_MOVES, ReportState, StepKind
from schoolgate.people.models import Person


def ask_second(
    report: Report, *, by: Person, at: datetime, words: str, second: Person | None,
    to: ReportState = ReportState.CLOSED,
) -> Report:  # fmt: skip
    """Let a second person read it and close it, or say that it isn't ours (`to`), or send it back. Raises
    BadInput (second)."""
    if second is None or second not in people_to_hand_on_to(report, by=by, on=local_day(at)):
        raise BadInput({"second": _("Choose the second person who closes it")})
    move(report, to=ReportState.CLOSING, moves=REPORT_MOVES, at=at, closes_first=by)
    body = str(to) if to == ReportState.NOT_FOR_US else ""
    name_in(report, StepKind.CLOSING, by=by, to=second, at=at, words=words, body=body)
    record("report.closing", subject=report, at=at, actor=by)
    open_duty(
        kind=CONFIRM, subject=report, at=at, due=Due.none_promised(), person=second, school=report.school
    )
    return report


def asked_as_not_ours(report: Report) -> bool:
    """Return whether the second person was asked to say that it isn't ours: then the policy was not asked
    whether it may be closed."""
    asked = report.steps.filter(kind=StepKind.CLOSING).order_by("-at", "-id").first()
    return asked is not None and asked.body == ReportState.NOT_FOR_US


def say_not_ours(report: Report, *, by: Person, at: datetime, words: str) -> Report:
    """End a concern as not ours to deal with."""
    move(report, to=ReportState.NOT_FOR_US, moves=REPORT_MOVES, at=at, closes_first=None)
    said = {"what": words.strip()} if words.strip() else None
    step(report, StepKind.ENDED, at=at, by=by, words=said)
    record("report.ended", subject=report, at=at, actor=by)
    discharge(kind=(FINISH, CONFIRM), subject=report, by=by, at=at, how=str(ReportState.NOT_FOR_US))
    return report


def check_authority_heard(report: Report) -> None:
    """Raise NotNow while the local authority hasn't said how a concern about a person here ends."""
    if awaits_authority(report):
        raise NotNow(
            _("The local authority was told, and hasn’t given its final answer."),
            _("Ring them, and save what they say here. Then close it."),
        )
