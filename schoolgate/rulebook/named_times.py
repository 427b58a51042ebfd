"""Times as policies name them: a day, a month, a school term. Pure arithmetic on days."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from schoolgate.patterns import lazy_pattern

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_TERM = re.compile(r"(autumn|spring|summer)(?: term)? (\d{4})", re.IGNORECASE)
_DIGITS = frozenset("0123456789")
_TERMS = {"spring": (1, 4), "summer": (4, 8), "autumn": (9, 12)}
"""The months that a term so named can reach over: later is late in any school's calendar."""
_TERM_ENDS = (4, 8, 12)
"""The months with whose last day a term is over in any school's calendar."""
_HALF_TERM_ENDS = (2, 4, 5, 8, 10, 12)
"""The same of half-terms: half-term is in October, February and at the end of May."""


def is_a_time(words: str) -> bool:
    """Whether this is a day ("2023-05-17"), a month ("2023-05") or a term ("autumn 2024") of the calendar."""
    if words[-1:] not in _DIGITS:  # most words are names of facts
        return False
    try:
        return bool(first_day(words))
    except ValueError:
        return False


def first_day(words: str) -> date:
    """Return the first day of a day, a month or a term. Raises ValueError."""
    if found := _MONTH.fullmatch(words):
        return date(int(found[1]), int(found[2]), 1)
    if found := _TERM.fullmatch(words):
        return term_days(found[1], int(found[2]))[0]
    return _a_day(words)


def last_day(words: str) -> date:
    """Return the last day of a day, a month or a term. Raises ValueError."""
    if found := _MONTH.fullmatch(words):
        return _end_of(int(found[1]), int(found[2]))
    if found := _TERM.fullmatch(words):
        return term_days(found[1], int(found[2]))[1]
    return _a_day(words)


def term_days(term: str, year: int) -> tuple[date, date]:
    """Return the first and the last day of the months that a term can reach over. Raises KeyError."""
    first, last = _TERMS[term.casefold()]
    return date(year, first, 1), _end_of(year, last)


def months_after(words: str, months: int) -> date:
    """Return the day a number of months after a day; after a month, the last day of the month. Raises
    ValueError."""
    start = last_day(words)
    count = start.year * 12 + start.month - 1 + months
    end = _end_of(count // 12, count % 12 + 1)
    return end if _MONTH.fullmatch(words) else end.replace(day=min(start.day, end.day))


def months_later(day: date, months: int) -> date:
    """Return the same day a number of months later, or the last one of a shorter month."""
    return months_after(day.isoformat(), months)


def terms_after(words: str, terms: int) -> date:
    """Return the day with which so many terms are over, after the term of a day. Raises ValueError."""
    return _ends_after(last_day(words), terms, _TERM_ENDS)


def half_terms_after(words: str, half_terms: int) -> date:
    """Return the same for half-terms. Raises ValueError."""
    return _ends_after(last_day(words), half_terms, _HALF_TERM_ENDS)


def _ends_after(day: date, many: int, ends: tuple[int, ...]) -> date:
    here = sum(month < day.month for month in ends)
    years, place = divmod(here + many, len(ends))
    return _end_of(day.year + years, ends[place])


def days_after(day: date, days: int) -> date:
    """Return the day a number of days later."""
    return day + timedelta(days=days)


def _a_day(words: str) -> date:
    if not _DAY.fullmatch(words):
        raise ValueError(f"{words!r} is no day, month or term")
    return date.fromisoformat(words)


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_IN_DAYS = lazy_pattern(
    r"\b(?P<hours>24|48|72|twenty[- ]four|forty[- ]eight|seventy[- ]two) (?:hours?|awr)\b"
    r"|\b(?P<weeks>a|one|1|two|2|un|dwy) (?:weeks?|wythnos)\b|\b(?P<fortnight>fortnight|pythefnos)\b",
    re.IGNORECASE,
)
_OVER = lazy_pattern(
    r"\b(?P<how>over|above|older than|more than|under|below|younger than|fewer than|less than)"
    r" (?P<n>\d{1,3})\b"
)
_HOURS = {"24": 1, "48": 2, "72": 3, "twenty": 1, "forty": 2, "seventy": 3}
_WEEKS = {"two": 14, "2": 14, "dwy": 14}


def said_otherwise(says: str) -> Iterator[int]:
    """Yield the numbers that the words of a clause amount to: the days of 24 hours or of a week, as hours
    can't be counted from a day, and the first age that is *over 16*."""
    for found in _OVER.finditer(says.casefold()):
        more = found["how"] in ("over", "above", "older than", "more than")
        yield int(found["n"]) + (1 if more else -1)
    for found in _IN_DAYS.finditer(says.casefold()):
        if found["hours"]:
            yield _HOURS[re.split("[- ]", found["hours"])[0]]
        else:
            yield 14 if found["fortnight"] else _WEEKS.get(found["weeks"], 7)


# Times of day as a school writes them, as numbers: 730 for half past seven in the morning.


_TIME = lazy_pattern(
    r"(?<![\w.:])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![:.]?\d)"
    r"(?:\s?(?P<half>[ap]\.?m\b|y[bhp]\b|(?:o’r gloch )?(?:y bore|y prynhawn|yr hwyr|y nos)\b))?",
    re.IGNORECASE,
)
_AFTER_NOON = frozenset({"pm", "yh", "yp", "y prynhawn", "yr hwyr", "y nos"})
NOON = 12


def times_of_day(text: str) -> list[int]:
    """Return the times of day that a text names, in their order: those with minutes, or with am or pm."""
    found = []
    for one in _TIME.finditer(text.replace("'", "’")):
        hour, half = int(one["hour"]), (one["half"] or "").lower().replace(".", "").removeprefix("o’r gloch ")
        if not (half or one["minute"]) or (half and not 1 <= hour <= NOON):
            continue
        hour = hour % NOON + (NOON if half in _AFTER_NOON else 0) if half else hour
        found.append(hour * 100 + int(one["minute"] or 0))
    return found


def shown(time: int) -> str:
    """Return a time of day as a clause writes it: 7:30."""
    return f"{time // 100}:{time % 100:02}"


def is_a_time_of_day(number: int) -> bool:
    """Return whether a number is a time of day."""
    return 0 <= number // 100 < NOON * 2 and 0 <= number % 100 < 60
