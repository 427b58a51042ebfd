"""Record that consent was withdrawn. What is live is taken down by the app above, which hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.events import record
from schoolgate.people.models import Person
from schoolgate.pupils.models import Pupil, Withdrawal
from schoolgate.pupils.states import Use


@action
def withdraw(
    *,
    at: datetime,
    pupil: Pupil,
    cause: str,
    uses: Iterable[str] = (),
    channel: str = "",
    giver: str = "",
    who: str = "",
    by: Person | None = None,
) -> Withdrawal:
    """Record that a pupil may no longer appear in some uses, on one channel or on all; no `uses`: in none."""
    row = Withdrawal.objects.create(
        pupil=pupil,
        cause=cause,
        uses=sorted(uses or Use.values),
        channel=channel,
        giver=giver,
        who=who,
        by=by,
        at=at,
    )
    record("consent.withdrawn", subject=row, at=at, actor=by, cause=cause)
    return row
