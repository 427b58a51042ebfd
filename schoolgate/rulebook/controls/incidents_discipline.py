"""What may, must or cannot follow for whoever broke the policy, and who decides it. Never the program."""

from collections.abc import Iterable
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
from schoolgate.rulebook.controls.incidents_assess import HANDLER
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.incident_conclude import IncidentConclude

OUTCOMES = {"none": "none", "disciplinary action": "disciplinary_action", "dismissal": "dismissal"}


class DisciplineAfterBreach(Control):
    """May disciplinary action follow? Only once a breach was found.

    Settings: procedure; only_after. `employed_only`: whether the words leave it open for people who are not
    employed, a disciplinary procedure being for employees."""

    key = "discipline.after_breach"
    listens_to = ("incident.conclude",)
    points = ("discipline",)
    plumbing = frozenset({"employed_only"})

    class Settings(NoSettings):
        procedure: str
        only_after: Literal["breach found"]
        employed_only: bool

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.discipline is None or facts.discipline.outcome == "none":
            return
        if "breach" not in (facts.found or ()):
            yield forbids("discipline.only_after_breach", turns=False, procedure=settings.procedure)
        elif not settings.employed_only:
            yield permits("discipline.may_follow", procedure=settings.procedure)
        elif facts.subject is None or facts.subject.relation is None:
            yield unknown("incident.subject_relation", HANDLER)
        elif facts.subject.relation == "staff":
            yield permits("discipline.may_follow", procedure=settings.procedure)
        else:
            yield forbids("discipline.not_employed", procedure=settings.procedure)


class DisciplineForUnlawful(Control):
    """May unlawful conduct have disciplinary consequences, too? Settings: finding, policy."""

    key = "discipline.for_unlawful"
    listens_to = ("incident.conclude",)
    points = ("discipline",)

    class Settings(NoSettings):
        finding: Literal["illegal"]
        policy: str

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif settings.finding in facts.found:
            yield permits("discipline.for_unlawful")


class RankOfBreach(Control):
    """Is a breach that was found put down as this grave? Settings: severity.

    For people who are not employed the words leave it open."""

    key = "discipline.rank_of_breach"
    listens_to = ("incident.conclude",)
    points = ("breach_rank",)

    class Settings(NoSettings):
        severity: str

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif "breach" not in facts.found:
            return
        elif facts.rank is None:
            yield requires(
                "discipline.rank", Need("incident.rank", HANDLER), turns=False, rank=settings.severity
            )
        elif facts.rank == settings.severity:
            yield met("discipline.rank", rank=settings.severity)
        else:
            employed = facts.subject is not None and facts.subject.relation == "staff"
            yield forbids("discipline.rank", turns=not employed, rank=settings.severity)


class RankOpen(Control):
    """May a breach be put down as this grave? Only once it was found; nobody has to.

    Settings: severity, only_after."""

    key = "discipline.rank_open"
    listens_to = ("incident.conclude",)
    points = ("breach_rank",)

    class Settings(NoSettings):
        severity: str
        only_after: Literal["breach found"]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if "breach" in (facts.found or ()):
            yield permits("discipline.rank_open", rank=settings.severity)
        elif facts.rank == settings.severity:
            yield forbids("discipline.rank_after_breach", rank=settings.severity)


class DismissalOnlyIf(Control):
    """May it end in dismissal? Only where it was put down as this grave. Settings: outcome, only_if."""

    key = "discipline.dismissal_only_if"
    listens_to = ("incident.conclude",)
    points = ("dismissal",)

    class Settings(NoSettings):
        outcome: Literal["dismissal"]
        only_if: str

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.discipline is None or facts.discipline.outcome != settings.outcome:
            return
        if facts.rank is None:
            yield unknown("incident.rank", HANDLER)
        elif facts.rank == settings.only_if:
            yield permits("discipline.dismissal_open", rank=settings.only_if)
        else:
            yield forbids("discipline.dismissal_only_if", rank=settings.only_if)


class NamedDecider(Control):
    """Was a disciplinary outcome decided by a named person, with reasons, after a breach was found?

    Settings: outcomes that the policy knows; human_decision_required."""

    key = "discipline.named_decider"
    listens_to = ("incident.conclude",)
    points = ("named_decider",)

    class Settings(NoSettings):
        outcomes: tuple[Literal["none", "disciplinary action", "dismissal"], ...]
        human_decision_required: Literal[True]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        entered = facts.discipline
        if entered is None or entered.outcome not in {OUTCOMES[one] for one in settings.outcomes}:
            return
        needs = _named_with_reasons(facts)
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif needs:
            yield requires("discipline.named_person", *needs)
        else:
            yield permits("discipline.can_follow")


class DisciplineFollows(Control):
    """Is a disciplinary decision on record where an employee broke one of the listed policies?

    Settings: outcomes_up_to; human_decision_required. "None" departs from the sentence: with reasons it is
    for the role that rules (`ruler`) to decide, whose own decision settles it."""

    key = "discipline.follows"
    listens_to = ("incident.conclude",)
    points = ("discipline",)
    plumbing = frozenset({"ruler"})

    class Settings(NoSettings):
        outcomes_up_to: Literal["termination of employment"]
        human_decision_required: Literal[True]
        ruler: str

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        broke = _broke_listed_policy(facts)
        if broke is not True:
            yield from broke or ()
        elif facts.subject is None or facts.subject.relation != "staff":
            return
        elif facts.discipline is None or facts.discipline.by is None:
            yield requires(
                "discipline.follows", Need("incident.discipline_decided", settings.ruler), turns=False
            )
        elif facts.discipline.outcome != "none":
            yield met("discipline.decided")
        elif facts.discipline.reasons is not True:
            yield requires("discipline.none_needs_reasons", Need("incident.reasons", HANDLER), turns=False)
        elif facts.discipline.by.holds(settings.ruler):
            yield advises("discipline.departs", role=settings.ruler)
        else:
            yield forbids("discipline.none_is_open", role=settings.ruler)


class DisciplineOfOthers(Control):
    """Has anybody to decide on discipline where somebody who is not employed broke a listed policy?

    Settings: outcomes_up_to. The sentence speaks of employees; whether it holds for others is left open."""

    key = "discipline.of_others"
    listens_to = ("incident.conclude",)
    points = ("discipline_of_others",)

    class Settings(NoSettings):
        outcomes_up_to: Literal["termination of employment"]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        broke = _broke_listed_policy(facts)
        others = facts.subject is not None and facts.subject.relation in ("contractor", "volunteer")
        if broke is not True or not others:
            return
        if facts.discipline is None:
            yield requires("discipline.others_open", Need("incident.discipline_decided", HANDLER))
        else:
            yield met("discipline.decided")


def _broke_listed_policy(facts: IncidentConclude) -> Literal[True] | tuple[Said, ...]:
    """Whether a breach of a listed policy by somebody was found; else what has to be known, if anything."""
    if facts.found is None:
        return (unknown("incident.found", HANDLER),)
    if "breach" not in facts.found or facts.listed_policy is False:
        return ()
    if facts.listed_policy is None:
        return (unknown("incident.listed_policy", HANDLER),)
    if facts.subject is None or facts.subject.relation is None:
        return (unknown("incident.subject_relation", HANDLER),)
    return True


def _named_with_reasons(facts: IncidentConclude) -> list[Need]:
    entered = facts.discipline
    needs = []
    if entered is None or entered.by is None:
        needs.append(Need("incident.decided_by", HANDLER))
    if entered is None or entered.reasons is not True:
        needs.append(Need("incident.reasons", HANDLER))
    return needs
