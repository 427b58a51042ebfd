"""Days that a text announces, in English and Welsh: pure, and only what it says in words that can be read.

Nothing read doesn't mean that a text announces nothing. Days up to the one on which it went out are no
announcement: "on 3 March we won" tells of what was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from schoolgate.patterns import lazy_pattern

LONGEST: Final = 20_000
"""Characters that are read; no post is longer."""
FURTHEST: Final = timedelta(days=750)
"""A day further ahead is a slip of the pen or a number of another kind."""
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr", "february feb chwefror", "march mar mawrth fawrth", "april apr ebrill",
            "may mai fai", "june jun mehefin fehefin", "july jul gorffennaf orffennaf",
            "august aug awst", "september sept sep medi fedi", "october oct hydref",
            "november nov tachwedd dachwedd nhachwedd", "december dec rhagfyr ragfyr",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri",
            "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
WELSH_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("llun lun", "mawrth fawrth", "mercher fercher", "iau", "gwener wener", "sadwrn", "sul")
    )
    for name in names.split()
}
A_WEEK: Final = timedelta(days=7)
TEN_MONTHS: Final = timedelta(days=300)
"""How far a date without a year may lie so that its weekday decides which year it is."""


def _of(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?"
_JOINS = r"(?:\s*[-\u2013\u2014/,&+]\s*|\s+(?:to|and|or|until|till|i|a|ac|neu|hyd|tan)\s+)"
_ENGLISH_DAY = rf"(?:{_of(WEEKDAYS)})\b\.?,?"
_WELSH_DAY = rf"(?:dd?ydd|nos)\s+(?:{_of(WELSH_WEEKDAYS)})\b,?"
_NAMED = rf"(?:(?:{_ENGLISH_DAY}|{_WELSH_DAY})\s+(?:the\s+|y\s+|yr\s+)?)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b|\s+[\u2019'](?P<short>\d\d)\b)?"
_WRITTEN = lazy_pattern(
    rf"(?<![\d.,:/£$])\b(?P<days>{_NAMED}{_DAY}(?:{_JOINS}{_NAMED}{_DAY}){{0,6}})"
    rf"(?:\s+of|\s+o)?\s+(?P<month>{_of(MONTHS)})\b\.?{_YEAR}",
    re.IGNORECASE,
)
"""10 March, Friday 10th of March 2026, 10-14 March, 9, 10 and 11 March, dydd Gwener 10 Mawrth."""
_MONTH_FIRST = lazy_pattern(
    rf"\b(?P<month>{_of(MONTHS)})\.?\s+(?:the\s+)?"
    r"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:(?:st|nd|rd|th)\b(?:,?\s+(?P<year>20\d\d)\b)?"
    r"|,?\s+(?P<sure>20\d\d)\b))",
    re.IGNORECASE,
)
"""March 10th, March 10, 2026: only with an ending or a year, since "may 3" is something else."""
_NUMBERS = lazy_pattern(
    r"(?<![\d/.-])(?P<day>0?[1-9]|[12]\d|3[01])(?P<sign>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=sign)"
    r"(?P<year>20\d\d|\d\d)(?![\d/]|[.-]\d)"
)
"""10/03/2026, 10.3.26: the day first, as in Britain."""
_ISO = lazy_pattern(r"(?<![\d/.-])(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![\d/]|[.-]\d)")
_NO_DATE = r"(?!,?\s+(?:the\s+|y\s+|yr\s+)?\d{1,2}(?![:.]\d|\s*[ap]m|\d))"
"""After a weekday: a date, which says more, does not follow; a time of day may."""
_COMING = lazy_pattern(
    r"\b(?:(?P<next>next)|on|this|coming|by|until|till|before|from|from\s+this)\s+"
    rf"(?P<weekday>{_of(name for name in WEEKDAYS if name.endswith('day'))})\b{_NO_DATE}",
    re.IGNORECASE,
)
_WITH_TIME = lazy_pattern(
    rf"(?<!\w)(?P<weekday>{_of(WEEKDAYS)})\.?,?\s+(?:at\s+)?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|\s*[ap]m\b)",
    re.IGNORECASE,
)
_COMING_WELSH = lazy_pattern(
    rf"\b(?:dd?ydd|nos)\s+(?P<weekday>{_of(WELSH_WEEKDAYS)})\b(?P<next>\s+nesaf)?"
    rf"(?!\s+diwetha){_NO_DATE}",
    re.IGNORECASE,
)
_TOMORROW = lazy_pattern(r"\b(?:tomorrow|y?fory)\b", re.IGNORECASE)
_EACH = lazy_pattern(r"\b(?:every|each|last|bob|pob|good|black)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""Before a weekday: it comes again and again, was already, or is the name of a feast."""
_PAST = lazy_pattern(
    r"\b(?:was|were|won|went|had|came|saw|did|made|took|gave|sang|ran|visited|enjoyed|played|raised"
    r"|celebrated|attended|performed|roedd|oedd|aeth|aethom|cafodd|cawsom|gawsom|daeth|buom|bu"
    r"|\w{3,}odd|\w{2,}[aw]som)\b",
    re.IGNORECASE,
)
"""A sentence of what was: its weekday alone is no announcement."""
_SENTENCE = lazy_pattern(r"[.!?]\s+|\n+")


def days_announced(text: str, *, out_on: date) -> tuple[date, ...]:
    """Return the days after `out_on` that a text names, in order; of a range its first and its last.

    `out_on`: the day the text went out. A date without a year is the one nearest to that day, a weekday alone
    is the next one, or with "next" the one of the week after. Nothing returned means that no day could be
    read, and not that there is none.
    """
    read = text[:LONGEST]
    found = {*_dated(read, out_on), *_weekdays(read, out_on)}
    return tuple(sorted(day for day in found if out_on < day <= out_on + FURTHEST))


def _dated(text: str, out_on: date) -> Iterator[date]:
    for match in _WRITTEN.finditer(text):
        year = match["year"] or (f"20{match['short']}" if match["short"] else None)
        yield from _of_month(match["days"], MONTHS[match["month"].lower()], year, out_on)
    for match in _MONTH_FIRST.finditer(text):
        year = match["year"] or match["sure"]
        number = re.match(r"\d+", match["day"])
        if number is not None:
            yield from _day(int(number[0]), MONTHS[match["month"].lower()], year, None, out_on)
    for match in [*_NUMBERS.finditer(text), *_ISO.finditer(text)]:
        year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
        yield from _day(int(match["day"]), int(match["month"]), year, None, out_on)


def _of_month(written: str, month: int, year: str | None, out_on: date) -> Iterator[date]:
    """The days of one month as they are listed; in a range that runs into it, "28 - 2 March", its last."""
    numbers = [int(each) for each in re.findall(r"\d+", written)]
    if len(numbers) > 1 and numbers[0] > numbers[-1]:
        numbers = numbers[-1:]
    weekday = _weekday_in(written) if len(numbers) == 1 else None
    for number in numbers:
        yield from _day(number, month, year, weekday, out_on)


def _weekday_in(written: str) -> int | None:
    name = re.search(rf"\b(?:{_of([*WEEKDAYS, *WELSH_WEEKDAYS])})\b", written, re.IGNORECASE)
    if name is None:
        return None
    return (WEEKDAYS | WELSH_WEEKDAYS)[name[0].lower()]


def _day(number: int, month: int, year: str | None, weekday: int | None, out_on: date) -> Iterator[date]:
    """The day, where there is one; without a year the nearest, and of these the one on its weekday."""
    if year is not None:
        yield from _there(int(year), month, number)
        return
    near = [
        day for each in (out_on.year - 1, out_on.year, out_on.year + 1) for day in _there(each, month, number)
    ]
    near = [day for day in near if day.weekday() == weekday and abs(day - out_on) <= TEN_MONTHS] or near
    if near:
        yield min(near, key=lambda day: abs(day - out_on))


def _there(year: int, month: int, number: int) -> Iterator[date]:
    try:
        yield date(year, month, number)
    except ValueError:
        return


def _weekdays(text: str, out_on: date) -> Iterator[date]:
    for sentence in _SENTENCE.split(text):
        if _PAST.search(sentence):
            continue
        if _TOMORROW.search(sentence):
            yield out_on + timedelta(days=1)
        for pattern, names in ((_COMING, WEEKDAYS), (_WITH_TIME, WEEKDAYS), (_COMING_WELSH, WELSH_WEEKDAYS)):
            for match in pattern.finditer(sentence):
                if not _EACH.search(sentence[: match.start()]):
                    said_next = bool(match.groupdict().get("next"))
                    yield _coming(names[match["weekday"].lower()], out_on, said_next=said_next)


def _coming(weekday: int, out_on: date, *, said_next: bool) -> date:
    """The next such day after `out_on`, and not that day itself; "next Friday" is in the week after, so that
    nothing counts as over too soon."""
    if not said_next:
        return out_on + timedelta(days=(weekday - out_on.weekday() - 1) % 7 + 1)
    monday = out_on - timedelta(days=out_on.weekday()) + A_WEEK
    return monday + timedelta(days=weekday)
