"""Instants and days as a school says them, in London and in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _

from schoolgate.core.clock import LONDON, local_day


def day_in_words(day: date) -> str:
    """ "Saturday 21 November 2026", in the active language."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=WEEKDAYS[day.weekday()], day=day.day, month=MONTHS[day.month], year=day.year
    )


def instant_in_words(at: datetime) -> str:
    """ "14:05 on Saturday 21 November 2026", in London and in the active language."""
    return _("{time} on {day}").format(time=f"{at.astimezone(LONDON):%H:%M}", day=day_in_words(local_day(at)))


@dataclass(frozen=True)
class ShownDue:
    """A due time for `<c-due>`: its words, and "" (to come), "soon", "over" or "none"."""

    text: str
    kind: str = ""


def due_in_words(*, instant: datetime | None, day: date | None, at: datetime) -> ShownDue:
    """When something is due, seen from the instant `at`: a time, a whole day, or none promised (both None).

    Within a day of the time it counts as near; a day is over when the next one has begun in London.
    """
    if instant is not None:
        text = _("by {when}").format(when=instant_in_words(instant))
        left = instant - at
        kind = "over" if left < timedelta(0) else "soon" if left <= timedelta(days=1) else ""
    elif day is not None:
        text = _("by the end of {day}").format(day=day_in_words(day))
        days = (day - local_day(at)).days
        kind = "over" if days < 0 else "soon" if days == 0 else ""
    else:
        return ShownDue(_("this policy promises no time"), "none")
    if kind == "over":
        text = _("was due {when}").format(when=text)
    return ShownDue(text, kind)
