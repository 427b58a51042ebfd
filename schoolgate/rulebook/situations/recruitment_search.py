"""A candidate is about to be searched for on the internet, or what was found is about to be read."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Day, Facts, Name, Part, Tri, Whole, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class Candidate(Part):
    """Somebody on the shortlist. `searched`: a search for them is on record; `same_terms`: with the terms
    that all are searched with; `by_panel`: whoever searched sits on the panel."""

    key: Name | None = None
    searched: Annotated[
        Tri, Ask("recruitment_searched", "recruiter", _("whether this candidate was searched for"))
    ] = None
    same_terms: Annotated[
        Tri,
        Ask("recruitment_same_terms", "recruiter", _("whether the same terms were used as for the others")),
    ] = None
    by_panel: Annotated[
        Tri, Ask("recruitment_by_panel", "recruiter", _("whether somebody of the panel made the search"))
    ] = None


class RecruitmentSearch(Act):
    """`act`: what is about to be done. `for_vacancy`: it is about a candidate for a post. `informed`: the
    candidate was told that searches may be made. `shortlist`: everybody on it; `on_shortlist`: how many they
    are, `searched_for`: for how many of them a search is made. `unsuccessful`: the post went
    to somebody else; `delete_on`: the day that the federation set for deleting such records."""

    act: Annotated[
        Literal["search", "read_findings", "keep"] | None,
        Ask("recruitment_act", "recruiter", _("whether a search is about to be made, read or kept")),
    ] = None
    for_vacancy: Annotated[
        Tri, Ask("recruitment_vacancy", "recruiter", _("whether it is about a candidate for a post"))
    ] = None
    informed: Annotated[
        Tri,
        Ask(
            "recruitment_informed",
            "recruiter",
            _("whether the candidate was told that searches may be made"),
            _("Was the candidate told that searches may be made?"),
        ),
    ] = None
    shortlist: Annotated[
        tuple[Candidate, ...] | None, Ask("recruitment_shortlist", "recruiter", _("who is on the shortlist"))
    ] = None
    on_shortlist: Annotated[
        Whole | None,
        Ask(
            "recruitment_on_shortlist",
            "recruiter",
            _("how many people are on the shortlist"),
            _("How many people are on the shortlist?"),
        ),
    ] = None
    searched_for: Annotated[
        Whole | None,
        Ask(
            "recruitment_searched_for",
            "recruiter",
            _("how many of them are searched for"),
            _("How many of them will you search for?"),
        ),
    ] = None
    unsuccessful: Annotated[
        Tri,
        Ask(
            "recruitment_unsuccessful",
            "recruiter",
            _("whether the post went to somebody else"),
            _("Did the job go to somebody else?"),
        ),
    ] = None
    delete_on: Day | None = None

    @derived("recruitment_deletion", "recruiter", _("deleting the record of the search"))
    def deletion_due(self, _facts: Facts) -> Due | None:
        """By when the record is to be deleted."""
        return None if self.delete_on is None else Due(day=self.delete_on)


RECRUITMENT_SEARCH = Situation(
    key="recruitment.search",
    title=_("A candidate is searched for on the internet"),
    facts=RecruitmentSearch,
    points=points("candidate_search candidate_data candidate_equality"),
)
