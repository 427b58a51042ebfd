"""Record, or withdraw, what no row can show at the start of a school year."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.core.school_year import year_of_turn
from schoolgate.people import rules
from schoolgate.people.models import Person, TurnWord
from schoolgate.people.states import TurnPoint


@action
def say_of_turn(*, by: Person, at: datetime, point: str) -> TurnWord:
    """Record that a point of the coming or current new school year is settled, in the person's own name.

    Raises NotAllowed, BadInput (point), NotNow (recorded already).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    if point not in TurnPoint.values:
        raise BadInput({"point": _("Choose one of the steps on this page.")})
    word, new = TurnWord.objects.get_or_create(
        year=year_of_turn(today), point=point, taken_back_at=None, defaults={"by": by, "at": at}
    )
    if not new:
        raise done_before(word, _("Someone has already done this."), made=word)
    record("people.turn_said", subject=word, at=at, actor=by, point=point, year=word.year)
    return word


@action
def take_back_turn_word(*, by: Person, at: datetime, point: str) -> TurnWord:
    """Withdraw what was recorded about a point: it is unsettled again. Raises NotAllowed, NotNow."""
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    standing = TurnWord.objects.filter(year=year_of_turn(today), point=point, taken_back_at=None)
    word = standing.first()
    if word is None or not standing.update(taken_back_at=at, taken_back_by=by):
        raise NotNow(
            _("This hasn’t been confirmed, or the confirmation was withdrawn."),
            _("You don’t need to do anything else."),
        )
    word.refresh_from_db()
    record("people.turn_taken_back", subject=word, at=at, actor=by, point=point, year=word.year)
    return word
