"""A time as a network shows it ("2 h", "yesterday at 14:10") -> the day and the time that it means. Pure.

Nothing is guessed: what the network leaves open stays open, and a person says it before anything is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import day_of
from schoolgate.core.months import MONTHS

LONGEST = 60

_NOW = frozenset({"now", "just now", "nawr", "rwan", "rŵan"})
_TODAY = frozenset({"today", "heddiw"})
_YESTERDAY = frozenset({"yesterday", "ddoe"})
_UNITS: dict[str, str] = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "munud", "mun"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "awr", "oriau"), "hours"),
    **dict.fromkeys(("d", "day", "days", "diwrnod", "dydd"), "days"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "wythnos"), "weeks"),
}
_WEEKDAYS = (
    ("monday", "mon", "dydd llun", "llun"),
    ("tuesday", "tue", "dydd mawrth"),
    ("wednesday", "wed", "dydd mercher", "mercher"),
    ("thursday", "thu", "dydd iau", "iau"),
    ("friday", "fri", "dydd gwener", "gwener"),
    ("saturday", "sat", "dydd sadwrn", "sadwrn"),
    ("sunday", "sun", "dydd sul", "sul"),
)
_DAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

_AGO = re.compile(r"(?:about |tua )?(\d{1,3}) ?([a-z]+)(?: ago| yn ôl)?$")
_CLOCK = re.compile(r"(?:^|[ ,])(?:at |am )?([01]?\d|2[0-3])[:.]([0-5]\d) ?(am|pm)?$")
_WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-zŵ]+)(?: (\d{4}))?$")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?$")


@dataclass(frozen=True)
class Seen:
    """The meaning of such words at the moment at which they are read. `time` is None if they leave it open;
    `about`: they are rounded, so the time is not exact."""

    day: date
    time: time | None
    about: bool = False


def understand(words: str, *, at: datetime) -> Seen | None:
    """Return the day and the London time that a network's words mean, read at `at`; None if they say neither.

    A result in the future is moved to the week or year before: networks show past times.
    """
    said = " ".join(words.casefold().replace("·", " ").split())[:LONGEST].strip(" ,")
    if said in _NOW:
        local = at.astimezone(LONDON)
        return Seen(local.date(), local.time().replace(second=0, microsecond=0), about=True)
    return _ago(said, at) or _named(said, at)


def _ago(said: str, at: datetime) -> Seen | None:
    found = _AGO.fullmatch(said)
    if found is None or found[2] not in _UNITS:
        return None
    unit, number = _UNITS[found[2]], int(found[1])
    then = (at - timedelta(**{unit: number})).astimezone(LONDON)
    if unit in ("minutes", "hours"):
        return Seen(then.date(), then.time().replace(second=0, microsecond=0), about=True)
    return Seen(then.date(), None, about=True)


def _named(said: str, at: datetime) -> Seen | None:
    clock = _CLOCK.search(said)
    try:
        read = _clock(clock) if clock else None
        rest = (said[: clock.start()] if clock else said).strip(" ,")
        rest = rest.removesuffix(" at").removesuffix(" am").strip(" ,")
        day = _day(rest, local_day(at), only_time=read is not None)
    except ValueError:  # 31 February, 13:10 pm
        return None
    if day is None:
        return None
    if not rest and read is not None and datetime.combine(day, read, LONDON) > at:
        day -= timedelta(days=1)
    return Seen(day, read)


def _clock(found: re.Match[str]) -> time:
    hour = int(found[1])
    if found[3]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour on that half of the day")
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, int(found[2]))


def _day(said: str, today: date, *, only_time: bool) -> date | None:
    if said in _TODAY or (not said and only_time):
        return today
    if said in _YESTERDAY:
        return today - timedelta(days=1)
    if said in _DAY:
        return today - timedelta(days=(today.weekday() - _DAY[said]) % 7 or 7)
    written, numbers = _WRITTEN.fullmatch(said), _NUMBERS.fullmatch(said)
    if written and written[2] in MONTHS:
        return _in_the_past(written[3], MONTHS[written[2]], int(written[1]), today)
    if numbers:
        return _in_the_past(numbers[3], int(numbers[2]), int(numbers[1]), today)
    return None


def _in_the_past(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return day_of(int(year), month, day)
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)
