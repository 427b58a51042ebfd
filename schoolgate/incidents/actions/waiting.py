"""How long a report waits for a person to take it."""

from __future__ import annotations

from datetime import UTC, datetime

from schoolgate.core.clock import local_day
from schoolgate.incidents.models import Report
from schoolgate.incidents.states import Danger, Whose
from schoolgate.policy.choices import CONCERN_ALARM, DANGER_ALARM, alarm_after


def wait_for_someone(report: Report, *, at: datetime) -> tuple[datetime, Whose]:
    """Return when a report goes to the next people unless a person takes it, and by which rule: what the
    federation chose, else Schoolgate's own. Minutes that pass, also over a change of the clocks."""
    what = DANGER_ALARM if report.danger == Danger.YES else CONCERN_ALARM
    after, chosen = alarm_after(what, on=local_day(at))
    return at.astimezone(UTC) + after, Whose.CHOSEN if chosen else Whose.HOUSE
