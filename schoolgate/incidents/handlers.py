"""What follows an event of another app. Each handler is safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.incidents.models import Report
from schoolgate.incidents.passing_on import (
    go_on_without,
    go_up_where_role_ended,
    told_to_an_ended_role,
    waiting_for,
)
from schoolgate.people.queries import person as person_by_id


def _told_to_an_ended_role(*, at: datetime, **_ids: Any) -> list[int]:
    return told_to_an_ended_role(at=at)


@subscribes("policyversion.in_force", each=_told_to_an_ended_role)
def tell_others_of_open_concerns(*, part: int, at: datetime, **_ids: Any) -> None:
    """Tell the next people of a concern that was told to a role which the new version no longer names."""
    go_up_where_role_ended(at=at, report=Report.objects.get(pk=part))


def _left_by(*, subject_id: int, at: datetime, **_ids: Any) -> list[int]:
    return waiting_for(person_by_id(subject_id), at=at)


@subscribes("people.gone", each=_left_by)
def go_on_without_a_leaver(*, subject_id: int, part: int, at: datetime, **_ids: Any) -> None:
    """Tell the next people of a concern that a leaver dealt with."""
    go_on_without(person=person_by_id(subject_id), at=at, report=Report.objects.get(pk=part))
