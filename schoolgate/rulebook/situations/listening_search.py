"""What the public says about the school is looked for. What is looked for, how often, and where?"""

from datetime import date, timedelta
from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class SavedSearch(Part, asked_of="office"):
    """A saved search. `school`: of which school it is, where it is not about the federation as a whole.
    `reads`: public posts, or what somebody shows to few."""

    key: Name | None = None
    subject: Literal["federation", "school"] | None = None
    school: Name | None = None
    reads: Literal["public", "private"] | None = fact(
        _("whether the search reads public posts only"), need="listening_reads"
    )
    active: Tri = None
    last_run: Day | None = fact(_("when the search was last made"), need="listening_last_run")

    @derived("listening_last_run")
    def next_by(self, facts: "ListeningSearch") -> date | None:
        """By which day it is to be made again, by the interval that counts."""
        interval = facts.interval
        if self.last_run is None or interval is None:
            return None
        return self.last_run + timedelta(days=interval.days)


class IntervalChoice(Part):
    """How often the federation chose to look, where its policy names no number, and who chose."""

    days: Whole
    by: Name
    from_day: Day | None = None


@moment("listening.search", _("Public posts about the school are looked for"), "searched_for search_covered")
class ListeningSearch(Facts, asked_of="office"):
    """`searches`: those on record, an empty list where there are none. `schools`: those of the federation.
    `interval`: None where the federation has chosen nothing."""

    by: Person | None = None
    searches: tuple[SavedSearch, ...] | None = fact(_("which searches are set up"), need="listening_searches")
    schools: tuple[Name, ...] | None = fact(_("the schools of the federation"), need="listening_schools")
    interval: IntervalChoice | None = None

    @derived("listening_last_run")
    def every_days(self, _facts: Facts) -> int | None:
        """After how many days a search is to be made again."""
        return None if self.interval is None else self.interval.days

    @derived("listening_last_run")
    def interval_chosen(self, _facts: Facts) -> bool:
        """Whether the federation chose how often, and the choice is in force on the day judged."""
        chosen = self.interval
        if chosen is None or chosen.from_day is None:
            return chosen is not None
        return self.day is not None and chosen.from_day <= self.day

    @derived("listening_schools")
    def schools_without_search(self, _facts: Facts) -> tuple[str, ...] | None:
        """The schools for which nobody looks."""
        if self.schools is None or self.searches is None:
            return None
        found = {one.school for one in self.searches if one.subject == "school" and one.active}
        return tuple(one for one in self.schools if one not in found)
