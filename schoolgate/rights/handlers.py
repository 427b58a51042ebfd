"""What follows when a school's calendar changes: deadlines that count its days are looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.rights.answering import retime
from schoolgate.rights.models import Request, State


def _open_requests(**_ids: Any) -> list[int]:
    return list(Request.objects.filter(state=State.OPEN).order_by("pk").values_list("pk", flat=True))


@subscribes("school.calendar_set", each=_open_requests)
def look_at_deadlines(*, part: int, at: datetime, **_ids: Any) -> None:
    """Set the deadline of an open request by the calendar as it is now. Safe to run twice."""
    retime(at=at, only=part)
