"""A candidate is about to be searched for on the internet, or what was found is about to be read."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Day, Facts, Name, Part, Tri, Whole, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Candidate(Part, asked_of="recruiter", prefix="recruitment_"):
    """Somebody on the shortlist. `searched`: a search for them is on record; `same_terms`: with the terms
    that all are searched with; `by_panel`: whoever searched sits on the panel."""

    key: Name | None = None
    searched: Tri = fact(_("whether this candidate was searched for"))
    same_terms: Tri = fact(_("whether the same terms were used as for the others"))
    by_panel: Tri = fact(_("whether somebody of the panel made the search"))


@moment(
    "recruitment.search",
    _("A candidate is searched for on the internet"),
    "candidate_search candidate_data candidate_equality",
)
class RecruitmentSearch(Act, asked_of="recruiter", prefix="recruitment_"):
    """`act`: what is about to be done. `for_vacancy`: it is about a candidate for a post. `informed`: the
    candidate was told that searches may be made. `shortlist`: everybody on it; `on_shortlist`: how many they
    are, `searched_for`: for how many of them a search is made. `unsuccessful`: the post went
    to somebody else; `delete_on`: the day that the federation set for deleting such records."""

    act: Literal["search", "read_findings", "keep"] | None = fact(
        _("whether a search is about to be made, read or kept")
    )
    for_vacancy: Tri = fact(_("whether it is about a candidate for a post"), need="recruitment_vacancy")
    informed: Tri = fact(
        _("whether the candidate was told that searches may be made"),
        _("Was the candidate told that searches may be made?"),
    )
    shortlist: tuple[Candidate, ...] | None = fact(_("who is on the shortlist"))
    on_shortlist: Whole | None = fact(
        _("how many people are on the shortlist"), _("How many people are on the shortlist?")
    )
    searched_for: Whole | None = fact(
        _("how many of them are searched for"), _("How many of them will you search for?")
    )
    unsuccessful: Tri = fact(
        _("whether the post went to somebody else"), _("Did the job go to somebody else?")
    )
    delete_on: Day | None = None

    @derived("recruitment_deletion", _("deleting the record of the search"))
    def deletion_due(self, _facts: Facts) -> Due | None:
        """By when the record is to be deleted."""
        return None if self.delete_on is None else Due(day=self.delete_on)
