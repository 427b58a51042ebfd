"""The turn from one school year to the next, as the schools' term dates give it.

A school year is named by the calendar year in which it begins: 2026 is the year 2026/27. The turn to a year
is opened six weeks before the summer term ends in the first school and stays open until the end of September:
the program's own days, no policy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from schoolgate.core.models.directory import School
from schoolgate.core.school_days import days_of_schools

BEFORE = timedelta(weeks=6)
SUMMER_ENDS = (6, 1), (8, 31)
"""A run of teaching that ends between these days, both included, is the end of a summer term."""
NEW_YEAR_FROM = (8, 1)
"""Teaching that begins on this day or later in the year of the turn belongs to the new school year."""
LAST_DAY = (9, 30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class SchoolTurn:
    """What is entered of one school. `ends`: last day of its summer term; `begins` and `until`: of the new
    year, and `whole` where that reaches its summer's end. None where it is not entered."""

    school: School
    ends: date | None = None
    begins: date | None = None
    until: date | None = None
    whole: bool = False


@dataclass(frozen=True)
class Turn:
    """The turn to the school year that begins in `year`."""

    year: int
    schools: Sequence[SchoolTurn] = field(default_factory=tuple)

    @property
    def opens(self) -> date | None:
        """The first day of the guided page, None where no school's summer term is entered."""
        ends = [each.ends for each in self.schools if each.ends is not None]
        return min(ends) - BEFORE if ends else None

    @property
    def closes(self) -> date:
        """The last day, included."""
        return date(self.year, *LAST_DAY)

    @property
    def first(self) -> date:
        """From which day a leaving or the end of a role belongs to this turn; where the end of the summer
        term is not known, the first day on which one could end."""
        return self.opens or date(self.year, *SUMMER_ENDS[0])

    @property
    def label(self) -> str:
        """The new year as schools write it, such as 2027/28."""
        return year_in_figures(self.year)

    @property
    def label_before(self) -> str:
        """The year that ends."""
        return year_in_figures(self.year - 1)

    def is_open(self, on: date) -> bool:
        """Whether the day lies in the turn; never where the summer term is not entered."""
        return self.opens is not None and self.opens <= on <= self.closes


def year_in_figures(year: int) -> str:
    """A school year as schools write it: 2026 is "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def year_of_turn(on: date) -> int:
    """The year in which the turn lies that comes next or is under way: October looks to the next summer."""
    return on.year if on <= date(on.year, *LAST_DAY) else on.year + 1


def turn_of(on: date) -> Turn:
    """The turn that comes next or is under way, for the federation in scope. One query."""
    year = year_of_turn(on)
    return Turn(year, tuple(_of_school(each.school, each.terms, year) for each in days_of_schools()))


def may_be_open(on: date) -> bool:
    """Whether the turn can lie on this day at all, whatever the terms are. No query."""
    return date(on.year, *SUMMER_ENDS[0]) - BEFORE <= on <= date(on.year, *LAST_DAY)


def _of_school(school: School, mine: Sequence[tuple[date, date]], year: int) -> SchoolTurn:
    ends = [
        last for _first, last in mine if date(year, *SUMMER_ENDS[0]) <= last <= date(year, *SUMMER_ENDS[1])
    ]
    new = [run for run in mine if date(year, *NEW_YEAR_FROM) <= run[0] < date(year + 1, *NEW_YEAR_FROM)]
    until = max((last for _first, last in new), default=None)
    return SchoolTurn(
        school,
        ends=max(ends, default=None),
        begins=min((first for first, _last in new), default=None),
        until=until,
        whole=until is not None and until >= date(year + 1, *SUMMER_ENDS[0]),
    )
