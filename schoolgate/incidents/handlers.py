"""What follows an event of another app. Each handler is safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.incidents.actions.leaving import go_on_without
from schoolgate.incidents.actions.rising import go_up_where_role_ended
from schoolgate.people.queries import person as person_by_id


@subscribes("policyversion.in_force")
def tell_others_of_open_concerns(*, at: datetime, **_ids: Any) -> None:
    """Tell the next people of each concern that was told to a role which the new version no longer names."""
    go_up_where_role_ended(at=at)


@subscribes("people.gone")
def go_on_without_a_leaver(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Tell the next people of the concerns that a leaver dealt with."""
    go_on_without(person=person_by_id(subject_id), at=at)
