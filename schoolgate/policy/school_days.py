"""A school's days, as the rulebook counts them."""

from datetime import date, timedelta
from typing import Any, cast

from django.db.models import Max, Min

from schoolgate.core.calendars import for_school
from schoolgate.core.models import School, Term
from schoolgate.rulebook.working_time import Calendar, Days

LOOK_BACK, LOOK_AHEAD = timedelta(days=14), timedelta(days=120)
"""How much of the calendar goes into the facts: a deadline may be after the summer holidays."""


def calendar_of(school: School | None, around: date) -> Calendar | None:
    """Return the school's days around a day, as the rulebook counts them; None if they are not entered."""
    if school is None:
        return None
    entered = Term.objects.filter(school=school).aggregate(first=Min("first_day"), last=Max("last_day"))
    if entered["first"] is None or not entered["first"] <= around <= entered["last"]:
        return None
    first, last = max(entered["first"], around - LOOK_BACK), min(entered["last"], around + LOOK_AHEAD)
    known = for_school(school, first, last)
    return Calendar(
        country=cast("Any", known.country),
        bank_holidays_known=Days(known.first, known.last),
        bank_holidays=known.bank_holidays,
        added_days=known.added_days,
        terms_known=Days(known.first, known.last),
        terms=tuple(Days(begins, ends) for begins, ends in known.terms),
        inset_days=known.inset_days,
    )
