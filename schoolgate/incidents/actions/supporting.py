"""Support for people who are targeted because of their work: a week later they are asked how they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.duty_kinds import CHECK_BACK
from schoolgate.incidents.models import Report
from schoolgate.incidents.rules import check_has_it
from schoolgate.incidents.said import SAYS
from schoolgate.people.models import Person

CHECK_BACK_AFTER = timedelta(days=7)
"""Schoolgate's own rule, in every federation."""
TARGETED = frozenset({"pestered", "abuse", "targeted"})
"""What the rulebook calls it when people are abused because of their work."""


def is_targeted(said: Iterable[str]) -> bool:
    """Return whether a report with these ticks is about a person who works here and is targeted."""
    return any(key in SAYS and not TARGETED.isdisjoint(SAYS[key].kinds) for key in said)


def open_check_back(report: Report, *, by: Person, at: datetime) -> None:
    """Give the person who took such a report the task to ask after a week; one who had it before loses it."""
    if is_targeted(report.said):
        cancel(kind=CHECK_BACK, subject=report, because="taken", at=at, by=by)
        due = Due.day(local_day(at) + CHECK_BACK_AFTER)
        open_duty(kind=CHECK_BACK, subject=report, at=at, due=due, person=by, school=report.school)


@action
def check_back(*, report: Report, by: Person, at: datetime) -> None:
    """Record that the person who has the report asked the colleague how they are. Raises NotAllowed for
    others."""
    check_has_it(by, report, on=local_day(at))
    if discharge(kind=CHECK_BACK, subject=report, by=by, at=at, how="asked"):
        record("report.checked_back", subject=report, at=at, actor=by)
