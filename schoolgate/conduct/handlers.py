"""What follows an event of another app. Each handler is safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.conduct.actions.answering import decide_again
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.events import subscribes
from schoolgate.policy.states import AskedState


@subscribes("rulingasked.answered")
def decide_saved_answers_again(*, subject_id: int, at: datetime, **_ids: Any) -> None:
    """Decide the saved answer again from which a question was sent that is now ruled on."""
    rows = KeptAnswer.objects.filter(ruling_asked=subject_id, ruling_asked__state=AskedState.RULED)
    for row in rows.select_related("person"):
        decide_again(answer=row, at=at)
