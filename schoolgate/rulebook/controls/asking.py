"""What somebody is told who asks about the policy, and where a question, a comment or a review goes."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.policy_ask import PolicyAsk


class PapersAbove(Control):
    """What do the papers say that stand above the policy? They win where the two differ.

    Settings: `superior_documents` - their names; `per_school` - each school has its own, None where the words
    do not say so.
    """

    key = "ask.papers_above"
    listens_to = ("policy.ask",)
    points = ("papers_above",)

    class Settings(NoSettings):
        superior_documents: tuple[str, ...]
        per_school: bool | None

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about != "may_i":
            return
        if facts.papers is None:
            yield unknown("policy.papers_above", "office")
        elif settings.per_school and facts.school is None:
            yield unknown("policy.asker_school", "policy_asker")
        else:
            school = facts.school if settings.per_school else None
            for name in settings.superior_documents:
                yield self._paper(name, school, facts)

    def _paper(self, name: str, school: str | None, facts: PolicyAsk) -> Said:
        about = f"paper:{name}"
        theirs = [one for one in facts.papers or () if school is None or one.school == school]
        paper = next((one for one in theirs if one.name == name and one.on_file is not False), None)
        if paper is None:
            return requires("ask.paper_missing", Need("policy.paper", "office"), about=about, paper=name)
        if paper.says is None:
            return advises("ask.look_there_first", about, paper=name)
        other_answers = {one.says for one in theirs} - {"nothing", None, paper.says}
        if paper.says == "nothing" or (paper.says == facts.own_answer and not other_answers):
            return met("ask.paper_agrees", about, paper=name)
        if paper.says == "no":
            return forbids("ask.paper_says_no", about, paper=name)
        return permits("ask.paper_says_yes", about, paper=name)


class PaperAboveAllows(Control):
    """Does a paper above the policy say yes where this policy's own clauses say no? Then that yes wins.

    An exception to what the policy's own clauses say. Settings: as of PapersAbove.
    """

    key = "ask.paper_above_allows"
    listens_to = ("policy.ask",)
    points = ("fits_this_policy",)

    class Settings(PapersAbove.Settings):
        pass

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about != "may_i" or facts.own_answer != "no":
            return
        above = [
            one
            for one in facts.papers or ()
            if one.name in settings.superior_documents
            and one.on_file is not False
            and (not settings.per_school or one.school == facts.school)
        ]
        if any(one.says == "yes" for one in above) and not any(one.says == "no" for one in above):
            yield permits("ask.paper_allows")
