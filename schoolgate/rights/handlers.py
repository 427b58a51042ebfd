"""What follows when a school's calendar changes: deadlines that count its days are looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.rights.actions import retime


@subscribes("school.calendar_set")
def look_at_deadlines(*, at: datetime, **_ids: Any) -> None:
    """Set the deadlines of open requests by the calendar as it is now. Safe to run twice."""
    retime(at=at)
