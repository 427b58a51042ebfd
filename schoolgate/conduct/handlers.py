"""What follows an event of another app. Each handler is safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from schoolgate.conduct.actions.answering import decide_again
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.events import subscribes
from schoolgate.policy.states import AskedState


@subscribes("rulingasked.answered")
def decide_saved_answers_again(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Decide the saved answer again from which a question was sent that is now ruled on."""
    _decide_again(Q(ruling_asked=subject_id, ruling_asked__state=AskedState.RULED), at)


@subscribes("ruling.ended")
def decide_again_without_a_ruling(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Decide the saved answers again that a ruling decided which is now withdrawn."""
    _decide_again(Q(ruling_asked__ruling=subject_id), at)


def _decide_again(rows: Q, at: datetime) -> None:
    for row in KeptAnswer.objects.filter(rows).select_related("person").order_by("pk"):
        decide_again(answer=row, at=at)
