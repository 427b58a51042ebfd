"""Searches: public statements about the school, and applicants for a job."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Day, Facts, Name, Part, Person, Roles, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment


class SavedSearch(Part, asked_of="office"):
    """A saved search. `school`: None where it is about the federation as a whole."""

    key: Name | None = Field(None, description=_("which one it is"))
    subject: Literal["federation", "school"] | None = Field(
        None, description=_("whether the search is about the federation or a school")
    )
    school: Name | None = Field(None, description=_("which school it is about"))
    reads: Literal["public", "private"] | None = fact(
        _("whether the search reads only public posts"), need="listening_reads"
    )
    active: Tri = Field(None, description=_("whether the search is in use"))
    last_run: Day | None = fact(_("when the search was last done"), need="listening_last_run")

    @derived("listening_last_run")
    def next_by(self, facts: "ListeningSearch") -> date | None:
        """The day by which it must be repeated, by the interval that counts."""
        interval = facts.interval
        if self.last_run is None or interval is None:
            return None
        return self.last_run + timedelta(days=interval.days)


class IntervalChoice(Part):
    """How often the federation chose to look, where its policy names no number, and who chose."""

    days: Whole = Field(description=_("how many days"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))


@moment(
    "listening.search",
    _("Looking for public posts about the school"),
    "searched_for search_covered",
    asks=Asks.ACT,
)
class ListeningSearch(Facts, asked_of="office"):
    """`searches`: an empty list where there are none. `interval`: None where the federation has chosen
    nothing."""

    by: Person | None = Field(None, description=_("who did it"))
    searches: tuple[SavedSearch, ...] | None = fact(_("which searches are set up"), need="listening_searches")
    schools: tuple[Name, ...] | None = fact(_("the schools of the federation"), need="listening_schools")
    interval: IntervalChoice | None = Field(None, description=_("how often the federation searches"))

    @derived("listening_last_run")
    def interval_chosen(self, _facts: Facts) -> bool:
        """Whether the federation chose how often, and the choice is in force on the day judged."""
        chosen = self.interval
        if chosen is None or chosen.from_day is None:
            return chosen is not None
        return self.day is not None and chosen.from_day <= self.day

    @derived("listening_schools")
    def schools_without_search(self, _facts: Facts) -> tuple[str, ...] | None:
        """The schools without anyone who searches."""
        if self.schools is None or self.searches is None:
            return None
        found = {one.school for one in self.searches if one.subject == "school" and one.active}
        return tuple(one for one in self.schools if one not in found)


@moment(
    "listening.found",
    _("Seeing something about the school online"),
    "found_told found_everybody",
    asks=Asks.DUTY,
)
class ListeningFound(Act, asked_of="listening_finder"):
    """`by` saw it. `also`: other kinds it was taken to be. `route`: None where nothing has been chosen.
    `told`: roles."""

    bad_light: Tri = fact(
        _("whether it shows the school or its people in a bad light"), need="listening_bad_light"
    )
    also: tuple[Literal["misuse", "breach"], ...] = Field((), description=_("what else it might have been"))
    route: Literal["line_manager", "whistleblowing"] | None = Field(
        None, description=_("how the find is passed on")
    )
    told: Roles | None = Field(None, description=_("the roles that were told"))

    @derived("listening_told", _("who has been told"))
    def known_to(self, _facts: Facts) -> Roles | None:
        """The roles that know of it. In a whistleblowing case no one has to be told."""
        return () if self.told is None and self.route == "whistleblowing" else self.told


class Candidate(Part, asked_of="recruiter", prefix="recruitment_"):
    """A candidate on the shortlist. `same_terms`: a search with the same terms for all candidates;
    `by_panel`: the searcher sits on the panel."""

    key: Name | None = Field(None, description=_("which person it is"))
    searched: Tri = fact(_("whether this candidate was searched for"))
    same_terms: Tri = fact(_("whether the same terms were used as for the others"))
    by_panel: Tri = fact(_("whether someone on the panel made the search"))


@moment(
    "recruitment.search",
    _("Searching for a candidate online"),
    "candidate_search candidate_data candidate_equality",
    law="candidate_told candidate_kept",
    house="candidates_alike",
    asks=Asks.ACT,
)
class RecruitmentSearch(Act, asked_of="recruiter", prefix="recruitment_"):
    """`unsuccessful`: the post went to another candidate; `delete_on`: the day that the federation set for
    deleting."""

    by: Person | None = fact(_("who looks"), need="recruitment_searcher", of="office")
    act: Literal["search", "read_findings", "keep"] | None = fact(
        _("whether you are about to make, read or save a search")
    )
    for_vacancy: Tri = fact(_("whether it is about a job candidate"), need="recruitment_vacancy")
    informed: Tri = fact(
        _("whether the candidate was told that searches may be made"),
        _("Was the candidate told that online searches might be made?"),
    )
    shortlist: tuple[Candidate, ...] | None = fact(_("who is on the shortlist"))
    on_shortlist: Whole | None = fact(
        _("how many people are on the shortlist"), _("How many people are on the shortlist?")
    )
    searched_for: Whole | None = fact(
        _("how many of them are searched for"), _("How many of them will you search for?")
    )
    unsuccessful: Tri = fact(_("whether someone else got the job"), _("Did the job go to someone else?"))
    delete_on: Day | None = Field(None, description=_("the day to delete the results"))
