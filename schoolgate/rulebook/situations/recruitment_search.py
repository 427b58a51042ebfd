"""A candidate is about to be searched for on the internet, or what was found is about to be read."""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Candidate(Part):
    """Somebody on the shortlist. `searched`: a search for them is on record; `same_terms`: with the terms
    that all are searched with; `by_panel`: whoever searched sits on the panel."""

    key: Name | None = None
    searched: Tri = None
    same_terms: Tri = None
    by_panel: Tri = None


class RecruitmentSearch(Facts):
    """`act`: what is about to be done. `for_vacancy`: it is about a candidate for a post. `informed`: the
    candidate was told that searches may be made. `shortlist`: everybody on it. `unsuccessful`: the post went
    to somebody else; `delete_on`: the day that the federation set for deleting such records."""

    by: Person | None = None
    act: Literal["search", "read_findings", "keep"] | None = None
    for_vacancy: Tri = None
    informed: Tri = None
    shortlist: tuple[Candidate, ...] | None = None
    unsuccessful: Tri = None
    delete_on: Day | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


RECRUITMENT_SEARCH = Situation(
    key="recruitment.search",
    title=gettext_noop("A candidate is searched for on the internet"),
    facts=RecruitmentSearch,
    points=points("candidate_search candidate_data candidate_equality"),
)
