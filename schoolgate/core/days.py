"""Days and instants that come in: read in this place alone, and held to what the program can count with.

A mistyped year (2926) is no plan, and a day at the end of the calendar (9999-12-31) has none after it: what
adds a week to it breaks. Rows that an older version accepted are read as the nearest day within bounds
(`core.postgres.for_django`).

Names of months as people and programs write them, in the languages in which schools get lists and mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Final

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2099, 12, 31)
"""The bank holidays of the year after are still known."""
FIRST_INSTANT = datetime.combine(FIRST_DAY, time(), UTC)
LAST_INSTANT = datetime.combine(LAST_DAY, time(), UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for no time at all where rows are in order of their times. People can't type it."""
YEARS_AHEAD = 20
"""How far people plan: what they type that is later is a slip."""


def latest_plan(on: date) -> date:
    """Return the last day that people may type on the day `on`."""
    return min(date(on.year + YEARS_AHEAD, on.month, min(on.day, 28)), LAST_DAY)


def check_day(day: date, *, on: date | None = None) -> date:
    """Return a day that is within bounds: on the day `on`, those of plans. Raises ValueError for others."""
    if not FIRST_DAY <= day <= (LAST_DAY if on is None else latest_plan(on)):
        raise ValueError(f"{day} is out of bounds")
    return day


def check_instant(at: datetime, *, on: date | None = None) -> datetime:
    """Return an instant in UTC that is within bounds. Raises ValueError for any other, and for one without a
    zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    try:
        found = at.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{at} is out of bounds") from None
    check_day(found.date(), on=on)
    return found


def day_in(text: str, *, on: date | None = None) -> date:
    """Return the day that a text such as 2026-11-25 names. Raises ValueError for none, and out of bounds."""
    return check_day(date.fromisoformat(text), on=on)


def day_of(year: int, month: int, day: int) -> date:
    """Return the day with these numbers. Raises ValueError for none, and out of bounds."""
    return check_day(date(year, month, day))


def clock_in(text: str, shape: str) -> time:
    """Return the time of day that a text names in a shape such as %H:%M. Raises ValueError for none."""
    return datetime.strptime(text, shape).time()  # noqa: DTZ007 - a time of day has no zone


def instant_in(text: str) -> datetime:
    """Return the instant that an ISO text names, without a zone where it names none. Raises ValueError for
    none, and out of bounds."""
    found = datetime.fromisoformat(text)
    check_day(found.date())
    return found


def instant_in_key(text: str) -> datetime:
    """Return the instant after which a page of a list begins: also NEVER, after which rows without a time go
    on. Raises ValueError as `instant_in`, and without a zone."""
    found = datetime.fromisoformat(text)
    return found if found == NEVER else check_instant(found)


def instant_in_header(text: str) -> datetime:
    """Return the instant that a header of a mail or an answer names, in UTC where it names no zone. Raises
    ValueError for none, and out of bounds."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(text) from error
    return check_instant(found if found.tzinfo else found.replace(tzinfo=UTC))


def stored_day(text: str) -> date:
    """Return a day that we wrote; the nearest within bounds where an older version accepted another."""
    return nearest_day(date.fromisoformat(text))


def stored_instant(text: str) -> datetime:
    """Return an instant that we wrote; the nearest within bounds where an older version accepted another."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or FIRST_DAY < found.date() < LAST_DAY:
        return found
    return max(FIRST_INSTANT, min(found, LAST_INSTANT))


def nearest_day(day: date) -> date:
    """Return the day, or the nearest within bounds."""
    return max(FIRST_DAY, min(day, LAST_DAY))


_NAMES: Final = (
    ("january jan", "ionawr ion", "stycznia styczeń sty", "janvier janv", "januar jan jänner", "enero ene",
     "januari gennaio janeiro ianuarie"),
    ("february feb", "chwefror chwef", "lutego luty lut", "février févr fév", "februar", "febrero",
     "februari febbraio fevereiro februarie"),
    ("march mar", "mawrth", "marca marzec", "mars", "märz mär", "marzo",
     "maart março martie"),
    ("april apr", "ebrill ebr", "kwietnia kwiecień kwi", "avril avr", "april", "abril abr",
     "aprile aprilie"),
    ("may", "mai", "maja maj", "mai", "mai", "mayo",
     "mei maggio maio"),
    ("june jun", "mehefin meh", "czerwca czerwiec cze", "juin", "juni", "junio",
     "giugno junho iunie"),
    ("july jul", "gorffennaf gorff", "lipca lipiec lip", "juillet juil", "juli", "julio",
     "luglio julho iulie"),
    ("august aug", "awst", "sierpnia sierpień sie", "août", "august", "agosto ago",
     "augustus agosto"),
    ("september sep sept", "medi", "września wrzesień wrz", "septembre", "september", "septiembre setiembre",
     "settembre setembro septembrie"),
    ("october oct", "hydref hyd", "października październik paź", "octobre", "oktober okt", "octubre",
     "ottobre outubro octombrie"),
    ("november nov", "tachwedd tach", "listopada listopad lis", "novembre", "november", "noviembre",
     "noiembrie novembro"),
    ("december dec", "rhagfyr rhag", "grudnia grudzień gru", "décembre déc", "dezember dez", "diciembre dic",
     "dicembre dezembro decembrie"),
)  # fmt: skip
"""English, Welsh, Polish, French, German, Spanish; then what Dutch, Italian, Portuguese and Romanian write
otherwise."""
MONTHS: Final[Mapping[str, int]] = {
    name: number for number, each in enumerate(_NAMES, 1) for words in each for name in words.split()
}
"""The name of a month in lower case -> its number."""
