"""What somebody is told who asks about the policy, and where a question, a comment or a review goes."""

from collections.abc import Iterator
from typing import Literal

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
from schoolgate.rulebook.controls.scope import is_one_of, ruling_by_key
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.policy_ask import PolicyAsk
from schoolgate.rulebook.situations.policy_life import Paper
from schoolgate.rulebook.situations.policy_suggest import PolicySuggest


class WhatFor(Control):
    """Is the policy there for whoever asks what it is for? Settings: `audiences` - whom it is there for."""

    key = "ask.what_for"
    listens_to = ("policy.ask",)
    points = ("told",)

    class Settings(NoSettings):
        audiences: tuple[str, ...]

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about != "what_for":
            return
        if facts.audience is None:
            yield unknown("policy.audience_asking", "policy_asker")
        elif facts.audience in settings.audiences:
            yield met("ask.for_you_too", whom=[f"audience.{one}" for one in settings.audiences])


class Told(Control):
    """What is somebody told who asks this?

    Settings: `about` - what is asked; `answer` - the sentence. It says yes in principle ("welcome",
    "wanted"), no ("no_contract"), or whose job it is.
    """

    key = "ask.told"
    listens_to = ("policy.ask",)
    points = ("told",)
    plumbing = frozenset({"about", "answer"})

    class Settings(NoSettings):
        about: Literal["contract", "whose_job", "is_it_wanted"]
        answer: Literal["no_contract", "everybodys_job", "welcome", "wanted"]

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about == settings.about:
            say = permits if settings.answer in ("welcome", "wanted") else met
            yield say(f"ask.{settings.answer}")


class OnlyATip(Control):
    """Does a rule of the section bind that is worded as advice?

    It does by the section's own opening line, until it is ruled otherwise. Settings: `rules_are` -
    "mandatory"; `tension`, `ruled_by`.
    """

    key = "ask.only_a_tip"
    listens_to = ("policy.ask",)
    points = ("told",)
    plumbing = frozenset({"tension", "ruled_by"})

    class Settings(NoSettings):
        rules_are: Literal["mandatory"]
        tension: str
        ruled_by: str | None

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about != "only_a_tip":
            return
        ruling = ruling_by_key(facts, settings.tension, settings.ruled_by)
        if facts.worded_as == "should" and ruling is not None and ruling.allows:
            yield permits("ask.ruled_a_tip", role=ruling.role)
        else:
            yield met("ask.section_binds")


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


class FitsThisPolicy(Control):
    """Does what somebody has in mind fit this policy's own clauses? Settings: `conform_to`."""

    key = "ask.fits_this_policy"
    listens_to = ("policy.ask",)
    points = ("fits_this_policy",)

    class Settings(NoSettings):
        conform_to: Literal["this policy"]

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about != "may_i":
            return
        if facts.own_answer is None:
            yield unknown("policy.own_answer", "office")
        elif facts.own_answer == "no":
            yield forbids("ask.clauses_say_no", decided_by=facts.own_clauses)
        elif facts.own_answer == "yes":
            yield met("ask.clauses_say_yes", decided_by=facts.own_clauses)


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


class FitsOtherRules(Control):
    """Does it fit the other rules that bear on it, and are they there to be looked up?

    Settings: `conform_to`. A rule that is not linked is shown as missing.
    """

    key = "ask.fits_other_rules"
    listens_to = ("policy.ask",)
    points = ("fits_other_rules",)

    class Settings(NoSettings):
        conform_to: Literal["other relevant policies"]

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.about != "may_i":
            return
        if facts.other_rules is None:
            yield unknown("policy.other_rules", "office")
            return
        for position, paper in enumerate(facts.other_rules):
            yield self._rule(paper, f"other_rules[{position}]")

    def _rule(self, paper: Paper, about: str) -> Said:
        if paper.on_file is None:
            return unknown("policy.paper", "office", about)
        if not paper.on_file:
            return requires("ask.rule_missing", Need("policy.paper", "office"), about=about, paper=paper.name)
        if paper.says == "no":
            return forbids("ask.rule_says_no", about, paper=paper.name)
        if paper.says is None:
            return advises("ask.look_there_too", about, paper=paper.name)
        return met("ask.rule_allows", about, paper=paper.name)


class QuestionTo(Control):
    """Does a question that no clause answers go to the role that takes questions? Settings: `recipient`."""

    key = "ask.question_to"
    listens_to = ("policy.ask",)
    points = ("question_to",)

    class Settings(NoSettings):
        recipient: str

    def judge(self, facts: PolicyAsk, settings: Settings) -> Iterator[Said]:
        if facts.answered is not False:
            return
        if facts.put_to is None:
            yield unknown("policy.question_put_to", "policy_asker")
        elif settings.recipient in facts.put_to:
            yield met("ask.question_put", role=settings.recipient)
        else:
            need = Need("policy.put_question", settings.recipient)
            yield requires("ask.question_goes_to", need, role=settings.recipient)


class MaySuggest(Control):
    """May this person comment on the policy, or suggest something better? Settings: `what`; `categories`."""

    key = "suggest.may"
    listens_to = ("policy.suggest",)
    points = ("comment_on_policy", "suggestion_for_policy")
    plumbing = frozenset({"what"})

    class Settings(NoSettings):
        what: Literal["comment", "suggestion"]
        categories: tuple[str, ...]

    def judge(self, facts: PolicySuggest, settings: Settings) -> Iterator[Said]:
        if facts.kind is None:
            yield unknown("policy.suggestion_kind", "policy_asker")
            return
        if facts.kind != settings.what:
            return
        if facts.by is None or facts.by.relation is None:
            yield unknown("relation", "office")
        elif is_one_of(facts.by, None, settings.categories):
            yield permits(f"suggest.{settings.what}")


class SuggestTo(Control):
    """Does a comment or suggestion go to the role that takes them? Settings: `recipient`."""

    key = "suggest.to"
    listens_to = ("policy.suggest",)
    points = ("suggestion_to",)

    class Settings(NoSettings):
        recipient: str

    def judge(self, facts: PolicySuggest, settings: Settings) -> Iterator[Said]:
        if facts.sent_to is None:
            yield unknown("policy.suggestion_sent_to", "policy_asker")
        elif settings.recipient in facts.sent_to:
            yield met("suggest.sent", role=settings.recipient)
        else:
            need = Need("policy.send_suggestion", settings.recipient)
            yield requires("suggest.goes_to", need, role=settings.recipient)
