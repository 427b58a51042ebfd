"""What follows from events of the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.publishing.actions.withdrawing import take_down_withdrawn
from schoolgate.pupils.models import Withdrawal


@subscribes("consent.withdrawn")
def take_down_posts(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Take down the posts that a withdrawal of consent concerns."""
    take_down_withdrawn(at=at, withdrawal=Withdrawal.objects.get(pk=subject_id))
