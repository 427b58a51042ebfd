"""The day and time at which a post goes out, as facts."""

from datetime import datetime
from typing import Any

from schoolgate.core.calendars import SATURDAY
from schoolgate.core.clock import LONDON
from schoolgate.core.school_year import days_of_schools
from schoolgate.publishing.models import Post
from schoolgate.publishing.planning import SCHOOL_DAY, UNKNOWN, kinds_of_days


def when_it_goes_out(post: Post, *, at: datetime) -> dict[str, Any]:
    """Return whether that is at a weekend or on a day on which pupils are in, and the time: its planned one,
    or now. A post of no school goes out on a school day of any. One query."""
    return told_of(max(post.planned_at or at, at), post.school_id)


def told_of(at: datetime, school: int | None) -> dict[str, Any]:
    """Return what a policy asks of an instant at a school, or at any: whether it is at a weekend or on a day
    on which pupils are in, and the time of day. One query."""
    local = at.astimezone(LONDON)
    day = local.date()
    schools = [each for each in days_of_schools() if school in (None, each.school.pk)]
    kinds = {*kinds_of_days(schools, [day])[day].values()} or {UNKNOWN}
    weekend = day.weekday() >= SATURDAY
    school_day = False if weekend else True if SCHOOL_DAY in kinds else None if UNKNOWN in kinds else False
    return {
        "at_weekend": weekend,
        "on_school_day": school_day,
        "time_of_day": local.hour * 100 + local.minute,
    }
