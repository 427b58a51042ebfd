"""Escalates a report that no one has taken."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.events.recording import record
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import cancel
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.incidents.actions.telling import (
    names_again,
    next_telling,
    raise_alarm,
    tell,
    tell_on_duty,
    when_up,
)
from schoolgate.incidents.duty_kinds import TAKE
from schoolgate.incidents.ladder import Around
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import going_up
from schoolgate.incidents.states import WAITS, StepKind
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.policy.queries import policy_or_none

AT_ONCE = 100
"""Reports in one transaction of the sweep, so that its locks are short."""


@action
def go_up(*, at: datetime, limit: int = AT_ONCE, only: int | None = None) -> int:
    """Tell the next people of every report that is overdue, or of `only` one; safe to run twice or side by
    side. One that can't be passed on now delays none of the others.

    Those told before are still asked. Returns how many reports were passed on or have reached the last people
    who can be told; if that is `limit`, there are more."""
    rows = going_up(at) if only is None else going_up(at).filter(pk=only)
    waiting = list(rows.select_for_update(skip_locked=True, of=("self",))[:limit])
    left = each_by_itself(
        waiting, lambda report: _go_up(report, at=at), at=at, failed="a report was not passed on"
    )
    return len(waiting) - len(left)


def _go_up(report: Report, *, at: datetime) -> None:
    telling = next_telling(report, names_again(report), Around.of(report, on=local_day(at)))
    raise_alarm(report, at=at)
    if report.restricted_at is None:
        tell_on_duty(report, at=at)
    if not telling:
        report.goes_up_at = None  # no one is left: it stays open with those who were told
        record("report.nobody_left", subject=report, at=at)
    else:
        with_policy = policy_or_none(local_day(at)) is not None
        kept = kept_by_id(report.decision) if report.decision and with_policy else None
        for rung in telling:
            tell(report, rung, kind=StepKind.WENT_UP, at=at, kept=kept)
        report.goes_up_at, report.goes_up_by = when_up(report, telling, by=None, at=at, asked=None)
    report.save(update_fields=["goes_up_at", "goes_up_by"])


def told_to_an_ended_role(*, at: datetime) -> list[int]:
    """Return the reports that wait for a role which the policy in force no longer names."""
    return sorted({number_of(duty.subject) for duty in _asked_of_an_ended_role(at=at)})


@action
def go_up_where_role_ended(*, at: datetime, report: Report) -> None:
    """Tell the next people at once of a report that waits for a role which the policy in force no longer
    names; that role is asked no longer, once someone else is. Safe to run twice.

    Only this area may choose who is told instead: a report may be about the person who would be next.
    """
    ended = _asked_of_an_ended_role(at=at).filter(subject=subject_of(report))
    roles = {duty.role_key for duty in ended}
    if not roles:
        return
    Report.objects.filter(pk=report.pk, state__in=WAITS).update(goes_up_at=at)
    go_up(at=at, only=report.pk)
    asked = Duty.objects.filter(kind=TAKE, state__in=STILL_TO_DO, subject=subject_of(report))
    if asked.exclude(role_key__in=roles).exists():
        for role in sorted(roles):
            cancel(kind=TAKE, subject=report, because="role_removed", at=at, role=role)


def _asked_of_an_ended_role(*, at: datetime) -> QuerySet[Duty]:
    policy = policy_or_none(local_day(at))
    if policy is None:
        return Duty.objects.none()
    named = [role.key for role in policy.book.roles]
    return Duty.objects.filter(kind=TAKE, state__in=STILL_TO_DO).exclude(role_key__in=["", *named])
