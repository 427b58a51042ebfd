"""What the public says about the school is looked for. What is looked for, how often, and where?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class SavedSearch(Part):
    """A saved search. `school`: of which school it is, where it is not about the federation as a whole.
    `reads`: public posts, or what somebody shows to few."""

    key: Name | None = None
    subject: Literal["federation", "school"] | None = None
    school: Name | None = None
    reads: Literal["public", "private"] | None = None
    active: Tri = None
    last_run: Day | None = None


class IntervalChoice(Part):
    """How often the federation chose to look, where its policy names no number, and who chose."""

    days: Whole
    by: Name
    from_day: Day | None = None


class ListeningSearch(Facts):
    """`searches`: those on record, an empty list where there are none. `schools`: those of the federation.
    `interval`: None where the federation has chosen nothing."""

    by: Person | None = None
    searches: tuple[SavedSearch, ...] | None = None
    schools: tuple[Name, ...] | None = None
    interval: IntervalChoice | None = None


LISTENING_SEARCH = Situation(
    key="listening.search",
    title=gettext_noop("Public posts about the school are looked for"),
    facts=ListeningSearch,
    points=points("searched_for search_covered"),
)
