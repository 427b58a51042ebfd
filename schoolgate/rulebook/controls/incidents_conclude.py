"""A case is about to be closed: what was done, who was told, and does everything go where it belongs?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    by_role,
    forbids,
    met,
    obliges,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.incidents import grave_conduct
from schoolgate.rulebook.controls.incidents_assess import HANDLER
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.incident_conclude import IncidentConclude

Reputation = Literal["federation", "staff", "parents", "governors", "children", "directly_linked"]


class EscalationAnswered(Control):
    """Is it decided whether bad conduct goes further up?

    Settings: escalation_decision_required; categories of bad conduct, list_is_example."""

    key = "incident.escalation"
    listens_to = ("incident.conclude",)
    points = ("escalation",)

    class Settings(NoSettings):
        escalation_decision_required: Literal[True]
        categories: tuple[str, ...]
        list_is_example: bool

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        grave = grave_conduct(
            facts.kinds, facts.unacceptable, settings.categories, example=settings.list_is_example
        )
        if grave is None:
            yield unknown("incident.kinds" if facts.kinds is None else "incident.unacceptable", HANDLER)
        elif grave:
            answer = facts.escalation
            if answer is not None and (answer.to or answer.reason_given):
                yield met("incident.escalation_answered")
            else:
                yield requires("incident.escalate", Need("incident.escalation", HANDLER))


class FittingAction(Control):
    """Was something done about a breach? Settings: action_required."""

    key = "incident.fitting_action"
    listens_to = ("incident.conclude",)
    points = ("fitting_action",)

    class Settings(NoSettings):
        action_required: Literal[True]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif "breach" in facts.found:
            if facts.actions:
                yield met("incident.action_taken")
            else:
                yield requires("incident.fitting_action", Need("incident.action", HANDLER))


class InHouse(Control):
    """Is unacceptable conduct dealt with in-house, by somebody named, with what came of it?

    Settings: finding, route; owner - the school that it touches, or None where the policy does not say who
    deals with it."""

    key = "incident.in_house"
    listens_to = ("incident.conclude",)
    points = ("in_house",)

    class Settings(NoSettings):
        finding: Literal["unacceptable"]
        route: Literal["internal"]
        owner: Literal["affected school"] | None

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif settings.finding not in facts.found:
            return
        elif settings.owner is not None and facts.school is None:
            yield requires("incident.which_school", Need("incident.school", HANDLER))
        elif settings.owner is not None and facts.handled_by not in (None, facts.school):
            yield forbids("incident.other_school")
        else:
            needs = [Need("incident.in_house_owner", HANDLER)] if facts.in_house_owner is None else []
            if facts.in_house_outcome is not True:
                needs.append(Need("incident.in_house_outcome", HANDLER))
            if settings.owner is not None and facts.handled_by is None:
                needs.append(Need("incident.handled_by", HANDLER))
            yield requires("incident.in_house", *needs) if needs else met("incident.dealt_with_in_house")


class PoliceTold(Control):
    """Was conduct held to be against the law reported to the police? Settings: finding, report_to."""

    key = "incident.police_told"
    listens_to = ("incident.conclude",)
    points = ("police",)

    class Settings(NoSettings):
        finding: Literal["illegal"]
        report_to: tuple[Literal["police"], ...]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif settings.finding not in facts.found:
            return
        elif facts.told is None:
            yield unknown("incident.told", HANDLER)
        elif set(settings.report_to) <= {one.body for one in facts.told}:
            yield met("incident.police_told")
        else:
            yield requires("incident.tell_police", Need("incident.police_report", HANDLER))


class OtherBodiesTold(Control):
    """Was each other body that may have to hear of unlawful conduct told, or found to have no part in it?

    Settings: finding, report_to."""

    key = "incident.other_bodies_told"
    listens_to = ("incident.conclude",)
    points = ("outside_bodies",)

    class Settings(NoSettings):
        finding: Literal["illegal"]
        report_to: tuple[Literal["other relevant external agencies"], ...]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif settings.finding not in facts.found:
            return
        elif facts.agencies is None:
            yield requires("incident.go_through_bodies", Need("incident.agencies", HANDLER))
        else:
            open_ones = [at for at, one in enumerate(facts.agencies) if one.answer is None]
            for position in open_ones:
                yield requires(
                    "incident.go_through_bodies",
                    Need("incident.agency_answer", HANDLER),
                    about=f"agencies[{position}]",
                )
            if not open_ones:
                yield met("incident.bodies_gone_through")


class BehaviourPolicyDecides(Control):
    """Does the behaviour policy, and nothing else, decide what follows for a pupil?

    Settings: author_kind, route."""

    key = "incident.behaviour_policy"
    listens_to = ("incident.conclude",)
    points = ("behaviour_policy",)

    class Settings(NoSettings):
        author_kind: Literal["pupil"]
        route: Literal["behaviour policy"]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.subject is None or facts.subject.relation is None:
            yield unknown("incident.subject_relation", HANDLER)
        elif facts.subject.relation != settings.author_kind:
            return
        elif facts.routes is None:
            yield unknown("incident.routes", HANDLER)
        elif set(facts.routes) - {"behaviour_policy"}:
            yield forbids("incident.behaviour_policy")
        elif facts.routes:
            yield met("incident.behaviour_policy")
        else:
            yield requires("incident.behaviour_policy", Need("incident.behaviour_step", HANDLER))


class SchoolValues(Control):
    """What is said to whoever writes to the person about a breach that was found."""

    key = "incident.school_values"
    listens_to = ("incident.conclude",)
    points = ("school_values",)

    def judge(self, facts: IncidentConclude, settings: NoSettings) -> Iterable[Said]:
        if "breach" in (facts.found or ()):
            yield advises("incident.school_values")


class ReputationProtected(Control):
    """Has the governing body decided what it does for each of those whose name a breach has harmed?

    Settings: role, the governing body; protects, whose names it has to protect."""

    key = "incident.reputation_protected"
    listens_to = ("incident.conclude",)
    points = ("federation_reputation", "peoples_reputation")

    class Settings(NoSettings):
        role: str
        protects: tuple[Reputation, ...]

    def judge(self, facts: IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.found is None:
            yield unknown("incident.found", HANDLER)
        elif "breach" not in facts.found:
            return
        elif facts.harmed_reputations is None:
            yield unknown("incident.harmed_reputations", HANDLER)
        else:
            for position, whose in enumerate(facts.harmed_reputations):
                if whose in settings.protects:
                    yield self._decided(facts, settings, whose, f"harmed_reputations[{position}]")

    @staticmethod
    def _decided(facts: IncidentConclude, settings: Settings, whose: str, about: str) -> Said:
        if facts.body_decisions is None:
            return unknown("incident.body_decision", settings.role, about)
        if any(whose in one.covers for one in by_role(facts.body_decisions, (settings.role,))):
            return met("incident.body_decided", about)
        message = "incident.protect_federation" if whose == "federation" else "incident.protect_people"
        return obliges(settings.role, "incident.body_decision", Due.none_promised(), message, about)


class RefusedTakeDown(Control):
    """May it be a disciplinary matter of its own that a post was not taken down when told to?"""

    key = "incident.refused_take_down"
    listens_to = ("incident.conclude",)
    points = ("refused_take_down",)

    def judge(self, facts: IncidentConclude, settings: NoSettings) -> Iterable[Said]:
        if facts.take_down_refused is None:
            yield unknown("incident.take_down_refused", HANDLER)
        elif facts.take_down_refused:
            yield permits("incident.matter_of_its_own")
