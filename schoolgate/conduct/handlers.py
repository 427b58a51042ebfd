"""What follows an event of another app. Each handler is safe to run twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from schoolgate.conduct.answers import decide_again
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.events import subscribes
from schoolgate.policy.models import AskedState


def _asked_about(*, subject_id: int, **_ids: Any) -> list[int]:
    return _ids_of(Q(ruling_asked=subject_id, ruling_asked__state=AskedState.RULED))


def _decided_by(*, subject_id: int, **_ids: Any) -> list[int]:
    return _ids_of(Q(ruling_asked__ruling=subject_id))


@subscribes("rulingasked.answered", each=_asked_about)
def decide_saved_answers_again(*, part: int, at: datetime, **_ids: Any) -> None:
    """Decide a saved answer again from which a question was sent that is now ruled on."""
    _decide_again(part, at)


@subscribes("ruling.ended", each=_decided_by)
def decide_again_without_a_ruling(*, part: int, at: datetime, **_ids: Any) -> None:
    """Decide a saved answer again that a ruling decided which is now withdrawn."""
    _decide_again(part, at)


def _ids_of(rows: Q) -> list[int]:
    return list(KeptAnswer.objects.filter(rows).order_by("pk").values_list("pk", flat=True))


def _decide_again(pk: int, at: datetime) -> None:
    row = KeptAnswer.objects.filter(pk=pk).select_related("person").first()
    if row is not None:  # else its person removed it meanwhile
        decide_again(answer=row, at=at)
