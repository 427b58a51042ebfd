"""A school's days, as the rulebook counts them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from django.db.models import Max, Min

from schoolgate.core.calendars import for_school
from schoolgate.core.models import School, Term
from schoolgate.rulebook.working_time import Calendar, Days

LOOK_BACK, LOOK_AHEAD = timedelta(days=14), timedelta(days=120)
"""How much of the calendar goes into the facts: a deadline may be after the summer holidays."""


def calendar_of_all(schools: Sequence[School], around: date) -> Calendar | None:
    """Return the days on which any of these schools is in, so that nothing counts as due too late; None where
    one of them hasn't entered its own."""
    known = [calendar_of(one, around) for one in schools]
    there = [one for one in known if one is not None]
    return joined(there) if there and len(there) == len(known) else None


def joined(calendars: Sequence[Calendar]) -> Calendar | None:
    """Return a calendar with each day on which any of these has pupils in; of a day that is for staff in one
    and for pupils in another that it's for pupils. None where they aren't of one country, or of no days."""
    first, *others = calendars
    holidays = _shared([one.bank_holidays_known for one in calendars])
    terms = _shared([one.terms_known for one in calendars if one.terms_known is not None])
    if holidays is None or any(one.country != first.country or one.terms_known is None for one in calendars):
        return None
    staff_alone = {
        day
        for one in calendars
        for day in one.inset_days
        if not any(day in term and day not in other.inset_days for other in calendars for term in other.terms)
    }
    return replace(
        first,
        bank_holidays_known=holidays,
        bank_holidays=tuple({*first.bank_holidays}.intersection(*(one.bank_holidays for one in others))),
        added_days=tuple({*first.added_days}.intersection(*(one.added_days for one in others))),
        terms_known=terms,
        terms=tuple(term for one in calendars for term in one.terms),
        inset_days=tuple(staff_alone),
    )


def _shared(spans: Sequence[Days]) -> Days | None:
    """Return the days that all of these have; None where there are none."""
    if not spans:
        return None
    first, last = max(one.first for one in spans), min(one.last for one in spans)
    return Days(first, last) if first <= last else None


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
