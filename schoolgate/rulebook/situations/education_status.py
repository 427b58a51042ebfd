"""A look back over a school year: what was done so that pupils and parents use social media well?"""

from typing import Annotated

from pydantic import Field

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Activity(Part):
    """A lesson, a talk, a letter or a page, under the name of its programme. `year_group`: for which."""

    programme: Name
    on: Day
    year_group: Name | None = None


class ParentsPage(Part):
    """A page for parents on a website. `found`: a look at its address found it."""

    school: Name | None = None
    found: Tri = None


class EducationStatus(Facts):
    """`year_from`, `year_to`: the school year. `activities`: all that is entered, empty where nothing.
    `pages`: the pages for parents that are registered; `schools`: all schools of the federation."""

    year_from: Day | None = None
    year_to: Day | None = None
    year_groups: tuple[Name, ...] | None = None
    activities: Annotated[tuple[Activity, ...], Field(max_length=100_000)] | None = None
    pages: tuple[ParentsPage, ...] | None = None
    schools: tuple[Name, ...] | None = None

    @derived("activities", "office")
    def held(self, _facts: Facts) -> tuple[Activity, ...] | None:
        """What took place in the year looked over."""
        first, last = self.year_from, self.year_to
        if self.activities is None or first is None or last is None:
            return None
        return tuple(one for one in self.activities if first <= one.on <= last)

    @derived("school_year", "office")
    def year_known(self, _facts: Facts) -> bool | None:
        """Whether the first and the last day of the year are known; None where they are not."""
        return None if self.year_from is None or self.year_to is None else True


EDUCATION_STATUS = Situation(
    key="education.status",
    title=gettext_noop("A year of education in social media is looked over"),
    facts=EducationStatus,
    points=points("every_year_group parents_programme parents_page"),
)
