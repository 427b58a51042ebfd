"""Escalates a report that no one has taken."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.incidents.actions.telling import names_again, next_rung, tell, tell_on_duty, when_up
from schoolgate.incidents.queries import going_up
from schoolgate.incidents.states import StepKind
from schoolgate.policy.queries import kept as kept_by_id
from schoolgate.policy.queries import policy_or_none

AT_ONCE = 100
"""Reports in one transaction of the sweep, so that its locks are short."""


@action
def go_up(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Tell the next people of every report that is overdue; safe to run twice or side by side.

    Those told before are still asked. Returns how many reports were passed on or have reached the last people
    who can be told; if that is `limit`, there are more."""
    waiting = list(going_up(at).select_for_update(skip_locked=True, of=("self",))[:limit])
    with_policy = policy_or_none(local_day(at)) is not None
    for report in waiting:
        rung = next_rung(report, names_again(report), at=at)
        tell_on_duty(report, at=at)
        if rung is None:
            report.goes_up_at = None  # no one is left: it stays open with those who were told
            record("report.nobody_left", subject=report, at=at)
        else:
            kept = kept_by_id(report.decision) if report.decision and with_policy else None
            tell(report, rung, kind=StepKind.WENT_UP, at=at, kept=kept)
            report.goes_up_at, report.goes_up_by = when_up(report, rung, by=None, at=at, asked=None)
        report.save(update_fields=["goes_up_at", "goes_up_by"])
    return len(waiting)
