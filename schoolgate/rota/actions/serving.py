"""Check in at the start of a turn, and leave a note for the next person."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import discharge
from schoolgate.people.models import Person
from schoolgate.people.outside import take_in, was_read_first
from schoolgate.rota.actions.turns import (
    SEE,
    check_can_do,
    check_not_over,
    close_swaps,
    locked,
    pass_to,
)
from schoolgate.rota.duty_kinds import CHECK_IN
from schoolgate.rota.models import LONGEST_NOTE, Shift, Turn
from schoolgate.rota.queries import duty as duty_of
from schoolgate.rota.states import SwapState

EARLY = timedelta(minutes=30)
"""How long before a shift check-in opens."""
MOST_EARLIER = 20
AFTERWARDS = timedelta(hours=12)
"""How long after a shift its note may still be written."""


@action
def check_in(*, by: Person, at: datetime, shift: Shift, day: date) -> Turn:
    """Check in to a shift. People who are not on it take it by checking in, once no one has in time.

    Raises NotAllowed, NotNow (too early; over; checked in already).
    """
    one, turn = locked(duty_of(shift, day))
    check_not_over(one, at=at)
    if at < one.starts_at - EARLY:
        raise NotNow(_("This shift starts later."), _("You can check in from 30 minutes before it starts."))
    if one.checked_in:
        raise done_before(
            turn,
            _("You’ve already checked in."),
            SEE,
            otherwise=NotNow(_("Someone else has checked in."), SEE),
            person=by,
        )
    if one.person != by:
        late = at >= one.starts_at + timedelta(minutes=one.rota.check_in_minutes)
        if one.covered and not late:
            raise NotAllowed(
                _("This isn’t your shift."), _("You can take it if the person on it doesn’t check in.")
            )
        check_can_do(by, one, own=True)
        close_swaps(turn, SwapState.WITHDRAWN, at=at, by=by)
        discharge(kind=CHECK_IN, subject=turn, by=by, at=at, how="covered")
        pass_to(turn, by, at=at, by=by)
        record("turn.given", subject=turn, at=at, actor=by, person=by.pk, how="checked_in")
    changed = {"person": by, "checked_in_at": at, "checked_in_by": by, "began_at": turn.began_at or at}
    Turn.objects.filter(pk=turn.pk).update(**changed)
    turn.refresh_from_db()
    discharge(kind=CHECK_IN, subject=turn, by=by, at=at, how="checked_in")
    record("turn.checked_in", subject=turn, at=at, actor=by)
    return turn


@action
def hand_over(*, by: Person, at: datetime, shift: Shift, day: date, note: str) -> Turn:
    """Leave a note for the next person on the rota; an empty one removes it. One that a safeguarding lead was
    told of stays beside it. `lead_told` of what is returned: whether a lead was told of this one.

    Raises NotAllowed (not on this shift), BadInput (note), NotNow (not begun, or long over).
    """
    one, turn = locked(duty_of(shift, day))
    if one.person != by:
        raise NotAllowed(_("This isn’t your shift."), _("Only the person on it can leave a note."))
    if at < one.starts_at or at > one.ends_at + AFTERWARDS:
        raise NotNow(_("You can leave a note during the shift and for 12 hours after it."), SEE)
    words = " ".join(note.split())
    if len(words) > LONGEST_NOTE:
        raise BadInput({"note": _("Use 300 characters or fewer.")})
    if any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") for each in words):
        raise BadInput({"note": _("Use letters, numbers and ordinary punctuation only.")})
    earlier = turn.earlier
    if turn.note and turn.note != words and was_read_first(turn, turn.note, shift.federation, on=day):
        earlier = "\n".join([turn.note, *turn.replaced][:MOST_EARLIER])
    kept = bool(words or earlier)
    Turn.objects.filter(pk=turn.pk).update(note=words, earlier=earlier, noted_at=at if kept else None)
    turn.refresh_from_db()
    turn.lead_told = bool(words) and take_in(
        turn, words, at=at, federation=shift.federation, school=one.rota.school, rewritten_by=by
    ).lead_first  # fmt: skip
    record("turn.handed_over", subject=turn, at=at, actor=by, written=int(bool(words)))
    return turn
