"""When a policy's review is due, from the words that the policy uses for it."""

import calendar
import re
from datetime import date

_TERM_ENDS = {"autumn": 12, "spring": 4, "summer": 8}
"""The last month that a term so named can reach into: later is late in any school's calendar."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_TERM = re.compile(r"(autumn|spring|summer)(?: term)? (\d{4})", re.IGNORECASE)


def last_day_of(words: str) -> date | None:
    """The last day that the words allow: a day itself, the end of a month or of a term's last month.

    `2023-05` gives 31 May 2023, `Autumn 2024` 31 December 2024. None where the words name no time.
    """
    words = words.strip()
    if found := _DAY.fullmatch(words):
        return date.fromisoformat(words)
    if found := _MONTH.fullmatch(words):
        return _end_of(int(found[1]), int(found[2]))
    if found := _TERM.fullmatch(words):
        return _end_of(int(found[2]), _TERM_ENDS[found[1].lower()])
    return None


def review_due(
    *, said: str | None, every_months: int | None, adopted: str | None, adopted_on: date
) -> date | None:
    """When the review is due: as the policy says it, else so many months after the adoption.

    `adopted` are the policy's own words for its adoption, which may be no more than a month; `adopted_on` the
    day that the federation gives. None where the policy names no time.
    """
    if said:
        return last_day_of(said)
    if every_months is None:
        return None
    start = last_day_of(adopted) if adopted else adopted_on
    start = start or adopted_on
    months = start.year * 12 + start.month - 1 + every_months
    whole_month = bool(adopted and _MONTH.fullmatch(adopted.strip()))
    end = _end_of(months // 12, months % 12 + 1)
    return end if whole_month else min(end, end.replace(day=min(start.day, end.day)))


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
