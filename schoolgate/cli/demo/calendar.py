"""School years around a day, so that the examples are always in the middle of one."""

from datetime import date, timedelta

Terms = list[tuple[str, date, date]]


def terms_around(today: date) -> Terms:
    """The terms of the school year of `today`, of the one before and of the one after."""
    year = today.year if (today.month, today.day) >= (9, 1) else today.year - 1
    return [term for first in (year - 1, year, year + 1) for term in _of(first)]


def inset_days_around(today: date) -> list[date]:
    """The first day of each autumn term, when pupils are not in yet."""
    return [begins for name, begins, _ in terms_around(today) if name.startswith("Autumn 1")]


def _of(year: int) -> Terms:
    """A school year of six half-terms; every one begins on a Monday or after a holiday and ends on a
    Friday."""
    after = year + 1
    return [
        (f"Autumn 1 {year}", _monday(date(year, 9, 1)), _friday(date(year, 10, 23))),
        (f"Autumn 2 {year}", _monday(date(year, 11, 2)), _friday(date(year, 12, 18))),
        (f"Spring 1 {after}", _monday(date(after, 1, 4)), _friday(date(after, 2, 12))),
        (f"Spring 2 {after}", _monday(date(after, 2, 22)), _friday(date(after, 3, 24))),
        (f"Summer 1 {after}", _monday(date(after, 4, 12)), _friday(date(after, 5, 28))),
        (f"Summer 2 {after}", _monday(date(after, 6, 7)), _friday(date(after, 7, 21))),
    ]


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)
