"""Escalates a report that no one has taken."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import cancel
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.incidents.actions.telling import (
    names_again,
    next_rung,
    raise_alarm,
    tell,
    tell_on_duty,
    when_up,
)
from schoolgate.incidents.duty_kinds import TAKE
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import going_up
from schoolgate.incidents.states import WAITS, StepKind
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.policy.queries import policy_or_none

AT_ONCE = 100
"""Reports in one transaction of the sweep, so that its locks are short."""


@action
def go_up(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Tell the next people of every report that is overdue; safe to run twice or side by side. One that can't
    be passed on now delays none of the others.

    Those told before are still asked. Returns how many reports were passed on or have reached the last people
    who can be told; if that is `limit`, there are more."""
    waiting = list(going_up(at).select_for_update(skip_locked=True, of=("self",))[:limit])
    left = each_by_itself(
        waiting, lambda report: _go_up(report, at=at), at=at, failed="a report was not passed on"
    )
    return len(waiting) - len(left)


def _go_up(report: Report, *, at: datetime) -> None:
    rung = next_rung(report, names_again(report), at=at)
    raise_alarm(report, at=at)
    if report.restricted_at is None:
        tell_on_duty(report, at=at)
    if rung is None:
        report.goes_up_at = None  # no one is left: it stays open with those who were told
        record("report.nobody_left", subject=report, at=at)
    else:
        with_policy = policy_or_none(local_day(at)) is not None
        kept = kept_by_id(report.decision) if report.decision and with_policy else None
        tell(report, rung, kind=StepKind.WENT_UP, at=at, kept=kept)
        report.goes_up_at, report.goes_up_by = when_up(report, rung, by=None, at=at, asked=None)
    report.save(update_fields=["goes_up_at", "goes_up_by"])


@action
def go_up_where_role_ended(*, at: datetime) -> int:
    """Tell the next people at once of each report that waits for a role which the policy in force no longer
    names; that role is asked no longer, once someone else is. Returns how many reports. Safe to run twice.

    Only this area may choose who is told instead: a report may be about the person who would be next.
    """
    policy = policy_or_none(local_day(at))
    if policy is None:
        return 0
    named = [role.key for role in policy.book.roles]
    asked = Duty.objects.filter(kind=TAKE, state__in=STILL_TO_DO)
    ended = list(asked.exclude(role_key__in=["", *named]))
    reports = {number_of(duty.subject) for duty in ended}
    Report.objects.filter(pk__in=reports, state__in=WAITS).update(goes_up_at=at)
    while go_up(at=at) == AT_ONCE:
        pass
    others = set(asked.filter(role_key__in=["", *named]).values_list("subject", flat=True))
    for duty in ended:
        if duty.subject in others:
            cancel(kind=TAKE, subject=duty.subject, because="role_removed", at=at, role=duty.role_key)
    return len(reports)
