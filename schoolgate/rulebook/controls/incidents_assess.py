"""A report is assessed: by whom, how grave it is, who is brought in, and on what ground it may not be set
aside."""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    by_role,
    forbids,
    met,
    obliges,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.incidents import grave_conduct
from schoolgate.rulebook.controls.incidents_telling import changed, chosen_due, time_is_up
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.incident_assess import IncidentAssess
from schoolgate.rulebook.situations.incident_conclude import IncidentConclude
from schoolgate.rulebook.situations.incident_investigate import IncidentInvestigate

ASSESSOR = "incident.assessor"
HANDLER = "incident.handler"
GROUPS = {"children": "child", "young people": "young_person", "vulnerable adults": "vulnerable_adult"}


class FirstAssessment(Control):
    """Does the right role assess first, and is there such an assessment before anything further?

    Settings: initial_assessment_required; role, who assesses."""

    key = "incident.first_assessment"
    listens_to = ("incident.assess", "incident.investigate", "incident.conclude")
    points = ("first_assessment",)

    class Settings(NoSettings):
        initial_assessment_required: Literal[True]
        role: str

    def judge(
        self, facts: IncidentAssess | IncidentInvestigate | IncidentConclude, settings: Settings
    ) -> Iterable[Said]:
        if isinstance(facts, IncidentAssess):
            if facts.by is None:
                yield unknown("incident.assessed_by", "office")
            elif facts.by.holds(settings.role):
                yield met("incident.assessed_by_role", role=settings.role)
            else:
                yield forbids("incident.assessed_by_role", role=settings.role)
        elif facts.assessments is None:
            yield unknown("incident.assessment", HANDLER)
        elif by_role(facts.assessments, (settings.role,)):
            yield met("incident.assessed", role=settings.role)
        else:
            yield requires(
                "incident.assess_first", Need("incident.assessment", settings.role), role=settings.role
            )


class GravityOfConduct(Control):
    """Is bad conduct put down as the gravest?

    Settings: categories of it; list_is_example, whether other conduct counts where somebody found it
    unacceptable; severity."""

    key = "incident.gravity"
    listens_to = ("incident.assess",)
    points = ("gravity",)

    class Settings(NoSettings):
        categories: tuple[str, ...]
        list_is_example: bool
        severity: str

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        grave = grave_conduct(
            facts.kinds, facts.unacceptable, settings.categories, example=settings.list_is_example
        )
        if grave is None:
            yield unknown("incident.kinds" if facts.kinds is None else "incident.unacceptable", ASSESSOR)
        elif not grave:
            return
        elif facts.rank is None:
            yield requires("incident.gravest", Need("incident.rank", ASSESSOR), rank=settings.severity)
        elif facts.rank == settings.severity:
            yield met("incident.gravest", rank=settings.severity)
        else:
            yield forbids("incident.gravest", rank=settings.severity)


class BroughtIn(Control):
    """Is everybody brought in whom the incident calls for?

    Settings: involve - colleagues or outside bodies; role, who brings them in."""

    key = "incident.brought_in"
    listens_to = ("incident.assess",)
    points = ("colleagues_brought_in", "outside_bodies_brought_in")

    class Settings(NoSettings):
        involve: Literal["appropriate staff", "external agencies"]
        role: str

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        who = "colleague" if settings.involve == "appropriate staff" else "outside_body"
        if facts.called_for is None:
            yield unknown("incident.called_for", settings.role)
            return
        for position, one in enumerate(facts.called_for):
            about = f"called_for[{position}]"
            if one.who != who:
                continue
            if one.brought_in is None:
                yield unknown("incident.was_brought_in", settings.role, about)
            elif one.brought_in:
                yield met(f"incident.{who}_brought_in", about)
            else:
                yield obliges(
                    settings.role,
                    f"incident.bring_in_{who}",
                    Due.none_promised(),
                    f"incident.bring_in_{who}",
                    about,
                    role=settings.role,
                )


class ProtectedGroups(Control):
    """Does a case carry the safeguarding mark where somebody of a protected group was harmed?

    Settings: protected_groups."""

    key = "incident.protected_groups"
    listens_to = ("incident.assess",)
    points = ("safeguarding_mark",)

    class Settings(NoSettings):
        protected_groups: tuple[Literal["children", "young people", "vulnerable adults"], ...]

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        if facts.harmed is None:
            yield unknown("incident.harmed", ASSESSOR)
        elif {GROUPS[one] for one in settings.protected_groups}.isdisjoint(facts.harmed):
            return
        elif facts.safeguarding_mark is None:
            yield unknown("incident.safeguarding_mark", ASSESSOR)
        elif facts.safeguarding_mark:
            yield met("incident.has_safeguarding_mark")
        else:
            yield requires("incident.safeguarding_mark", Need("incident.safeguarding_mark", ASSESSOR))


class PolicyKept(Control):
    """Is the version of the child protection policy in force kept with a case that involves a child?

    Settings: linked_policy, by its name."""

    key = "incident.policy_kept"
    listens_to = ("incident.assess",)
    points = ("policy_kept_with_case",)

    class Settings(NoSettings):
        linked_policy: str

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        if facts.child_involved is False:
            return
        if facts.child_involved is None:
            yield unknown("incident.child", ASSESSOR)
        elif facts.linked_policies is None:
            yield unknown("incident.linked_policies", ASSESSOR)
        elif any(one.name == settings.linked_policy and one.version for one in facts.linked_policies):
            yield met("incident.policy_version_kept", policy=settings.linked_policy)
        else:
            yield requires(
                "incident.keep_policy_version",
                Need("incident.policy_version", ASSESSOR),
                policy=settings.linked_policy,
            )


class TakenUp(Control):
    """Is every report taken up? Settings: every_occasion; deadline_hours, None: no number.

    Where the federation chose a time ("first_look"), it counts from the report."""

    key = "incident.taken_up"
    listens_to = ("incident.assess",)
    points = ("taken_up",)

    class Settings(NoSettings):
        every_occasion: Literal[True]
        deadline_hours: None

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        if facts.taken_up is None:
            yield unknown("incident.was_taken_up", HANDLER)
        elif facts.taken_up:
            yield met("incident.was_taken_up")
        else:
            yield from _owed(facts, "first_look", "federation", "incident.take_up")


class SameForAll(Control):
    """Do the consequences of a breach of the code follow whoever of these groups broke it?

    Settings: applies_to, what people are to the school. Of a breach of another part of the policy the words
    do not say whether they mean it as well."""

    key = "incident.same_for_all"
    listens_to = ("incident.assess",)
    points = ("same_for_all",)

    class Settings(NoSettings):
        applies_to: tuple[Relation, ...]

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        if facts.subject is None or facts.subject.relation is None:
            yield unknown("incident.subject_relation", ASSESSOR)
        elif facts.subject.relation not in settings.applies_to:
            return
        elif facts.set_aside_because is None:
            yield unknown("incident.set_aside_because", ASSESSOR)
        elif "not_staff" not in facts.set_aside_because:
            yield met("incident.same_steps")
        elif facts.broke is None:
            yield unknown("incident.broke", ASSESSOR)
        else:
            yield forbids("incident.same_for_all", turns=facts.broke == "other_part")


class WhateverHourAndDevice(Control):
    """Is discipline open whatever the hour, or whatever device was used?

    `whatever`: which of the two. At assessment nothing is set aside for it; at closing it stands open."""

    key = "incident.whatever_hour_and_device"
    listens_to = ("incident.assess", "incident.conclude")
    points = ("hours_and_equipment",)
    plumbing = frozenset({"whatever"})

    class Settings(NoSettings):
        whatever: Literal["hour", "device"]

    def judge(self, facts: IncidentAssess | IncidentConclude, settings: Settings) -> Iterable[Said]:
        if isinstance(facts, IncidentAssess):
            ground = "outside_hours" if settings.whatever == "hour" else "own_equipment"
            if facts.set_aside_because is None:
                yield unknown("incident.set_aside_because", ASSESSOR)
            elif ground in facts.set_aside_because:
                yield forbids(f"incident.not_set_aside_{settings.whatever}")
        elif facts.found and "breach" in facts.found:
            inside = facts.in_working_hours if settings.whatever == "hour" else facts.school_equipment
            if inside is not True:  # the answer is the same where it is not known
                yield permits(f"incident.whatever_{settings.whatever}")


class ConfidentialContained(Control):
    """Was something done to protect confidential information that lies open?

    Settings: role, who does it; containment_hours, None: no number. Where the federation chose a time
    ("containment"), it counts from the report."""

    key = "incident.confidential_contained"
    listens_to = ("incident.assess",)
    points = ("confidential_contained",)

    class Settings(NoSettings):
        role: str
        containment_hours: None

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        if facts.confidential_exposed is None:
            yield unknown("incident.confidential_exposed", ASSESSOR)
        elif facts.confidential_exposed:
            fitting = {"removal", "access_withdrawn", "data_protection_lead_told"}
            if facts.steps is None:
                yield unknown("incident.steps", ASSESSOR)
            elif not fitting.isdisjoint(one.what for one in facts.steps):
                yield met("incident.confidential_was_contained")
            else:
                yield from _owed(facts, "containment", settings.role, "incident.contain")


class ReputationContained(Control):
    """Was something done to keep harm to the trust's name small? Settings: role, who does it."""

    key = "incident.reputation_contained"
    listens_to = ("incident.assess",)
    points = ("reputation_contained",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: IncidentAssess, settings: Settings) -> Iterable[Said]:
        if facts.reputation_at_risk is None:
            yield unknown("incident.reputation_at_risk", ASSESSOR)
        elif facts.reputation_at_risk:
            if facts.steps is None:
                yield unknown("incident.steps", ASSESSOR)
            elif facts.steps:
                yield met("incident.reputation_was_contained")
            else:
                yield obliges(
                    settings.role,
                    "incident.contain_reputation",
                    Due.none_promised(),
                    "incident.contain_reputation",
                )


def _owed(facts: IncidentAssess, chosen: str, who: str, what: str) -> Iterable[Said]:
    """Somebody has to do it: by the time that the federation chose, else with no time promised; late or
    not."""
    due = chosen_due(facts, chosen, facts.reported_at)
    if isinstance(due, Said):
        yield due
        return
    yield changed(obliges(who, what, due, what), chosen=due != Due.none_promised())
    if time_is_up(due, facts.reported_at, facts.now):
        yield changed(breached(f"{what}_late"), chosen=True)
