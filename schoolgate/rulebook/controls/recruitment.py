"""Internet searches about candidates: may they be made, who has to know, are all treated alike?"""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    met,
    obliges,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.recruitment_search import RecruitmentSearch

SEARCHER = "recruiter"


class SearchAllowed(Control):
    """May the internet be searched about somebody, because they are a candidate? Settings: none."""

    key = "recruitment.search_allowed"
    listens_to = ("recruitment.search",)
    points = ("candidate_search",)

    def judge(self, facts: RecruitmentSearch, settings: NoSettings) -> Iterable[Said]:
        if facts.act not in (None, "search") or facts.for_vacancy is False:
            return
        if facts.act is None or facts.for_vacancy is None:
            yield unknown("recruitment_act" if facts.act is None else "recruitment_vacancy", SEARCHER)
        else:
            yield permits("recruitment.search_allowed")


class CandidateInformed(Control):
    """Does a search keep to what is owed to the candidate's data: told beforehand, deleted in the end?

    Settings: `candidate_informed` - the candidate has to have been told; `retention_days` - None: the policy
    names no time for deleting, and the day is the federation's choice."""

    key = "recruitment.candidate_data"
    listens_to = ("recruitment.search",)
    points = ("candidate_data",)

    class Settings(NoSettings):
        candidate_informed: Literal[True]
        retention_days: None

    def judge(self, facts: RecruitmentSearch, settings: Settings) -> Iterable[Said]:
        if facts.for_vacancy is False:
            return
        if facts.for_vacancy is None or facts.act is None:
            yield unknown("recruitment_act" if facts.act is None else "recruitment_vacancy", SEARCHER)
        elif facts.act == "keep":
            yield from self._kept(facts)
        elif facts.informed is None:
            yield unknown("recruitment_informed", SEARCHER)
        elif facts.informed:
            yield met("recruitment.informed")
        else:
            yield requires("recruitment.not_informed", Need("recruitment_telling", SEARCHER))

    @staticmethod
    def _kept(facts: RecruitmentSearch) -> Iterator[Said]:
        if facts.unsuccessful is None:
            yield unknown("recruitment_unsuccessful", SEARCHER)
        elif facts.unsuccessful and facts.delete_on is None:
            due = Due.none_promised()
            yield obliges(SEARCHER, "recruitment_deletion", due, "recruitment.delete_no_day")
        elif facts.unsuccessful:
            due = Due(day=facts.delete_on)
            said = obliges(
                SEARCHER, "recruitment_deletion", due, "recruitment.delete_by", day=facts.delete_on
            )
            said.chosen = True
            yield said


class SameForAll(Control):
    """Was everybody on the shortlist searched for alike before anybody reads what was found?

    Settings: `same_for_all_shortlisted`.
    """

    key = "recruitment.same_for_all"
    listens_to = ("recruitment.search",)
    points = ("candidate_equality",)

    class Settings(NoSettings):
        same_for_all_shortlisted: Literal[True]

    def judge(self, facts: RecruitmentSearch, settings: Settings) -> Iterable[Said]:
        if facts.act not in (None, "read_findings") or facts.for_vacancy is False:
            return
        if facts.act is None or facts.for_vacancy is None:
            yield unknown("recruitment_act" if facts.act is None else "recruitment_vacancy", SEARCHER)
            return
        if facts.shortlist is None:
            yield unknown("recruitment_shortlist", SEARCHER)
            return
        for position, candidate in enumerate(facts.shortlist):
            about = f"shortlist[{position}]"
            alike = (
                ("searched", candidate.searched, True),
                ("same_terms", candidate.same_terms, True),
                ("by_panel", candidate.by_panel, False),
            )
            for what, known, good in alike:
                if known is None:
                    yield unknown(f"recruitment_{what}", SEARCHER, about)
                    break
                if known is not good:
                    need = Need("recruitment_equal_search", SEARCHER)
                    yield requires(f"recruitment.unequal_{what}", need, about=about)
                    break
            else:
                yield met("recruitment.alike", about)
