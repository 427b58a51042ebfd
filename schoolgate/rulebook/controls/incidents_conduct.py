"""Somebody's conduct, as others judged it: is it one of the things that the policy forbids?

What a text is has been judged by a person, of the text as it stands; what follows is worked out here."""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    permits,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.conduct_judge import ConductJudge

JUDGE = "incident.handler"
WHO = {
    "the school": {"school"},
    "anyone at the federation": {"staff", "pupil", "governor"},
    "anyone connected with the federation": {"parent", "friend", "volunteer", "contractor", "connected"},
    "colleagues": {"staff"},
    "students": {"pupil"},
    "parents of students": {"parent"},
    "staff": {"staff"},
    "third parties": {
        "pupil",
        "governor",
        "parent",
        "friend",
        "volunteer",
        "contractor",
        "connected",
        "stranger",
    },
}
"""The policies' words for whom something is about, and whom they mean."""


class Act(Control):
    """Is this one of the acts that the policy forbids, about somebody of whom it speaks?

    Settings: acts, one or several; about, the policy's words for whom, or None where it is about nobody in
    particular. What is marked as a view of one's own, and what was agreed to by those spoken of, may be what
    the words leave open."""

    key = "conduct.act"
    listens_to = ("conduct.judge",)
    points = (
        "threats",
        "improper_remarks",
        "defamatory_remarks",
        "attacks",
        "abuse_of_people",
        "parents_protected",
        "weakening_policy",
    )

    class Settings(NoSettings):
        acts: tuple[
            Literal[
                "threatening",
                "inappropriate",
                "defamatory_comment",
                "attack",
                "abuse",
                "discuss",
                "undermine",
            ],
            ...,
        ]
        about: tuple[str, ...] | None

    def judge(self, facts: ConductJudge, settings: Settings) -> Iterable[Said]:
        for act in settings.acts:
            done = was_judged(facts, act)
            if done is None:
                yield unknown("conduct.judged", JUDGE)
            elif done:
                turns = _left_open(facts, act)
                if settings.about is None:
                    yield forbids(f"conduct.{act}", turns=turns)
                else:
                    for about, concerned in _concerned(facts, settings.about):
                        if isinstance(concerned, Said):
                            yield concerned
                        else:
                            parents = "_parents" if concerned == "parent" and act in PARENTS else ""
                            yield forbids(f"conduct.{act}{parents}", about, turns=turns)


PARENTS = ("attack", "abuse", "discuss")


class BulliesColleague(Control):
    """Is it bullying or harassment of a colleague?"""

    key = "conduct.bullies_colleague"
    listens_to = ("conduct.judge",)
    points = ("bullying",)

    def judge(self, facts: ConductJudge, settings: NoSettings) -> Iterable[Said]:
        found = [was_judged(facts, one) for one in ("bullying", "harassing")]
        if True in found:
            for about, concerned in _concerned(facts, ("colleagues",)):
                yield concerned if isinstance(concerned, Said) else forbids("conduct.bullying", about)
        elif None in found:
            yield unknown("conduct.judged", JUDGE)


class Discriminates(Control):
    """Is it unlawful discrimination? Settings: targets, the policy's words for whom."""

    key = "conduct.discriminates"
    listens_to = ("conduct.judge",)
    points = ("discrimination",)

    class Settings(NoSettings):
        targets: tuple[str, ...]

    def judge(self, facts: ConductJudge, settings: Settings) -> Iterable[Said]:
        done = was_judged(facts, "discriminating")
        if done is None:
            yield unknown("conduct.judged", JUDGE)
        elif done:
            for about, concerned in _concerned(facts, settings.targets):
                yield concerned if isinstance(concerned, Said) else forbids("conduct.discriminating", about)


class AgainstOtherPolicy(Control):
    """Does it go against another policy that the policy names, and is that policy's version kept?

    Settings: linked_policy, by its name."""

    key = "conduct.against_other_policy"
    listens_to = ("conduct.judge",)
    points = ("other_policies",)

    class Settings(NoSettings):
        linked_policy: str

    def judge(self, facts: ConductJudge, settings: Settings) -> Iterable[Said]:
        if facts.against is None:
            yield unknown("conduct.against", JUDGE)
            return
        for position, one in enumerate(facts.against):
            if one.policy != settings.linked_policy:
                continue
            about, answer = f"against[{position}]", standing_answer(one.answer)
            if answer is None:
                yield unknown("conduct.judged", JUDGE, about)
            elif answer and one.version is None:
                yield requires(
                    "conduct.keep_version",
                    Need("incident.policy_version", JUDGE),
                    about=about,
                    turns=False,
                    policy=settings.linked_policy,
                )
            elif answer:
                yield forbids("conduct.against_policy", about, policy=settings.linked_policy)


class Pestering(Control):
    """May it be a disciplinary matter that a member of staff pesters or targets another?

    Settings: kinds, by whom."""

    key = "conduct.pestering"
    listens_to = ("conduct.judge",)
    points = ("pestering",)

    class Settings(NoSettings):
        kinds: tuple[Literal["pestered", "targeted"], ...]
        by: Literal["other staff"]

    def judge(self, facts: ConductJudge, settings: Settings) -> Iterable[Said]:
        found = [was_judged(facts, one) for one in settings.kinds]
        if True in found:
            for about, concerned in _concerned(facts, ("staff",)):
                if isinstance(concerned, Said):
                    yield concerned
                else:
                    yield permits("conduct.pestering", about)
        elif None in found:
            yield unknown("conduct.judged", JUDGE)


def was_judged(facts: ConductJudge, what: str) -> bool | None:
    """Whether somebody judged it to be this, of the text as it stands; None where nobody has looked."""
    if facts.judged is None:
        return None
    answers = [standing_answer(one.answer) for one in facts.judged if one.what == what]
    if True in answers:
        return True
    return None if None in answers else False


def _concerned(facts: ConductJudge, words: Iterable[str]) -> Iterator[tuple[str | None, str | Said]]:
    """Those whom it is about and of whom the policy's words speak, with where they stand in the facts."""
    if facts.about is None:
        yield None, unknown("conduct.about", JUDGE)
        return
    meant: set[str] = set().union(*(WHO[word] for word in words))
    for position, one in enumerate(facts.about):
        if one in meant:
            yield f"about[{position}]", one


def _left_open(facts: ConductJudge, act: str) -> bool:
    if act == "undermine":
        return facts.marked_as_own_view is not False
    return act == "discuss" and facts.with_permission is not False
