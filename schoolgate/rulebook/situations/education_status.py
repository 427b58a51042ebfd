"""A look back over a school year: what was done so that pupils and parents use social media well?"""

from typing import Annotated

from pydantic import Field

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Activity(Part):
    """A lesson, a talk, a letter or a page, under the name of its programme. `year_group`: for which."""

    programme: Name
    on: Day
    year_group: Name | None = None


class ParentsPage(Part, asked_of="office"):
    """A page for parents on a website. `found`: a look at its address found it."""

    school: Name | None = fact(_("on which school's website each page stands"), need="school_of_page")
    found: Tri = fact(_("whether the page can be found"), need="page_is_there")


class YearGroup(Part, asked_of="office"):
    """A year group with the programmes that it was taught in the year looked over."""

    name: Name
    programmes: tuple[Name, ...] | None = fact(need="activities")


@moment(
    "education.status",
    _("A year of education in social media is looked over"),
    "every_year_group parents_programme parents_page",
)
class EducationStatus(Facts, asked_of="office"):
    """`year_from`, `year_to`: the school year. `activities`: all that is entered, empty where nothing.
    `pages`: the pages for parents that are registered; `schools`: all schools of the federation."""

    year_from: Day | None = None
    year_to: Day | None = None
    year_groups: tuple[Name, ...] | None = None
    activities: Annotated[tuple[Activity, ...], Field(max_length=100_000)] | None = None
    pages: tuple[ParentsPage, ...] | None = fact(_("the pages for parents"), need="parents_pages")
    schools: tuple[Name, ...] | None = None

    @derived("activities", _("what was done this school year"))
    def held(self, _facts: Facts) -> tuple[Activity, ...] | None:
        """What took place in the year looked over."""
        first, last = self.year_from, self.year_to
        if self.activities is None or first is None or last is None:
            return None
        return tuple(one for one in self.activities if first <= one.on <= last)

    @derived("school_year", _("the first and last day of the school year"))
    def year_known(self, _facts: Facts) -> bool | None:
        """Whether the first and the last day of the year are known; None where they are not."""
        return None if self.year_from is None or self.year_to is None else True

    @derived("year_groups", _("the year groups"))
    def taught(self, facts: Facts) -> tuple[YearGroup, ...] | None:
        """Each year group with what it was taught."""
        if self.year_groups is None:
            return None
        held = self.held(facts)
        if held is None:
            return tuple(YearGroup(name=name) for name in self.year_groups)
        return tuple(
            YearGroup(name=name, programmes=tuple(one.programme for one in held if one.year_group == name))
            for name in self.year_groups
        )

    @derived("school_of_page")
    def schools_without_page(self, _facts: Facts) -> tuple[Name, ...] | None:
        """The schools on whose website no page for parents was found, as far as is known; None where a page
        was found and nobody knows on whose."""
        found = {one.school for one in self.pages or () if one.found}
        return None if None in found else tuple(one for one in self.schools or () if one not in found)
