"""A case is about to be closed: what has to have been done, told and decided, and by whom?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Given, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.incident import (
    Action,
    Agency,
    Discipline,
    Escalation,
    IncidentKind,
    Investigation,
    Told,
)


class IncidentConclude(Facts):
    """`found`: what was found, empty where nothing, None while that is open. `subject`: whose conduct it is.

    `listed_policy`: whether one of the policies that the policy lists was broken. `in_house_owner`,
    `in_house_outcome`: who deals with it within the school, and whether what came of it is written down;
    `school`: the school it touches, `handled_by`: the school that deals with it. `routes`: the procedures
    that are used. `agencies`: the outside bodies that were gone through. `harmed_reputations`: whose name was
    harmed; `body_decisions`: what the governing body decided, `covers` naming for whom. `rank`: how grave it
    is put down as. `discipline`: the disciplinary outcome, None where none is entered.
    `take_down_refused`: whether a post was not taken down when that was asked."""

    by: Person | None = None
    assessments: tuple[Given, ...] | None = None
    investigation: Investigation | None = None
    breach: Literal["potential", "actual", "none"] | None = None
    found: tuple[Literal["breach", "unacceptable", "illegal"], ...] | None = None
    kinds: tuple[IncidentKind, ...] | None = None
    unacceptable: Attested | None = None
    subject: Person | None = None
    listed_policy: Tri = None
    in_working_hours: Tri = None
    school_equipment: Tri = None
    escalation: Escalation | None = None
    actions: tuple[Action, ...] | None = None
    in_house_owner: Name | None = None
    in_house_outcome: Tri = None
    school: Name | None = None
    handled_by: Name | None = None
    routes: (
        tuple[Literal["behaviour_policy", "disciplinary_policy", "complaints_procedure", "other"], ...] | None
    ) = None
    told: tuple[Told, ...] | None = None
    agencies: tuple[Agency, ...] | None = None
    rank: Name | None = None
    discipline: Discipline | None = None
    harmed_reputations: (
        tuple[
            Literal["federation", "staff", "parents", "governors", "children", "directly_linked", "others"],
            ...,
        ]
        | None
    ) = None
    body_decisions: tuple[Given, ...] | None = None
    take_down_refused: Tri = None


INCIDENT_CONCLUDE = Situation(
    key="incident.conclude",
    title=gettext_noop("A case is about to be closed"),
    facts=IncidentConclude,
    points=points(
        """
        first_assessment full_investigation senior_told escalation fitting_action in_house police
        outside_bodies discipline hours_and_equipment breach_rank dismissal named_decider
        discipline_of_others behaviour_policy school_values federation_reputation peoples_reputation
        refused_take_down
        """
    ),
)
