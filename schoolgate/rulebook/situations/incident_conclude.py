"""A case is about to be closed: what has to have been done, told and decided, and by whom?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Attested, Facts, Given, Name, Person, Relation, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.incident import (
    Action,
    Agency,
    Discipline,
    Escalation,
    IncidentKind,
    Investigation,
    Told,
    found_unacceptable,
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
    assessments: Annotated[tuple[Given, ...] | None, Ask("incident.assessment", "incident.handler")] = None
    investigation: Annotated[Investigation | None, Ask("incident.lead", "incident.handler")] = None
    breach: Annotated[
        Literal["potential", "actual", "none"] | None, Ask("incident.breach", "incident.handler")
    ] = None
    found: Annotated[
        tuple[Literal["breach", "unacceptable", "illegal"], ...] | None,
        Ask("incident.found", "incident.handler", _("what was found")),
    ] = None
    kinds: Annotated[tuple[IncidentKind, ...] | None, Ask("incident.kinds", "incident.handler")] = None
    unacceptable: Attested | None = None
    subject: Person | None = None
    listed_policy: Annotated[
        Tri,
        Ask("incident.listed_policy", "incident.handler", _("whether one of the listed policies was broken")),
    ] = None
    in_working_hours: Tri = None
    school_equipment: Tri = None
    escalation: Annotated[
        Escalation | None,
        Ask("incident.escalation", "incident.handler", _("whether it goes further up, to whom or why not")),
    ] = None
    actions: Annotated[
        tuple[Action, ...] | None, Ask("incident.action", "incident.handler", _("what was done about it"))
    ] = None
    in_house_owner: Annotated[
        Name | None, Ask("incident.in_house_owner", "incident.handler", _("who deals with it in-house"))
    ] = None
    in_house_outcome: Annotated[
        Tri, Ask("incident.in_house_outcome", "incident.handler", _("what came of it"))
    ] = None
    school: Annotated[
        Name | None, Ask("incident.school", "incident.handler", _("the school that it touches"))
    ] = None
    handled_by: Annotated[
        Name | None, Ask("incident.handled_by", "incident.handler", _("the school that deals with it"))
    ] = None
    routes: Annotated[
        tuple[Literal["behaviour_policy", "disciplinary_policy", "complaints_procedure", "other"], ...]
        | None,
        Ask("incident.routes", "incident.handler", _("which procedure is used")),
    ] = None
    told: Annotated[
        tuple[Told, ...] | None, Ask("incident.told", "incident.handler", _("who has been told"))
    ] = None
    agencies: Annotated[
        tuple[Agency, ...] | None,
        Ask("incident.agencies", "incident.handler", _("the bodies that may have to hear of it")),
    ] = None
    rank: Annotated[Name | None, Ask("incident.rank", "incident.handler")] = None
    discipline: Annotated[Discipline | None, Ask("incident.discipline_decided", "incident.handler")] = None
    harmed_reputations: Annotated[
        tuple[
            Literal["federation", "staff", "parents", "governors", "children", "directly_linked", "others"],
            ...,
        ]
        | None,
        Ask("incident.harmed_reputations", "incident.handler", _("whose name was harmed")),
    ] = None
    body_decisions: Annotated[
        tuple[Given, ...] | None,
        Ask("incident.body_decision", "incident.handler", _("the governing body's decision")),
    ] = None
    take_down_refused: Annotated[
        Tri,
        Ask(
            "incident.take_down_refused", "incident.handler", _("whether it was not taken down when told to")
        ),
    ] = None

    @derived("incident.unacceptable", "incident.handler")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether somebody found it unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.subject_relation", "incident.handler")
    def subject_relation(self, _facts: Facts) -> Relation | None:
        """What the person concerned is to the school."""
        return self.subject.relation if self.subject else None

    @derived("incident.found", "incident.handler")
    def breach_found(self, _facts: Facts) -> bool:
        """Whether a breach was found so far: no while that is open."""
        return "breach" in (self.found or ())

    @derived("incident.found", "incident.handler")
    def perhaps_out_of_hours(self, _facts: Facts) -> bool:
        """Whether it may have happened outside working hours: yes as long as nobody knows."""
        return self.in_working_hours is not True

    @derived("incident.found", "incident.handler")
    def perhaps_own_device(self, _facts: Facts) -> bool:
        """Whether it may have been done without the school's equipment: yes as long as nobody knows."""
        return self.school_equipment is not True

    @derived("incident.school", "incident.handler")
    def with_another_school(self, _facts: Facts) -> bool | None:
        """Whether another school deals with it than the one that it touches: no while none does."""
        return (
            False
            if self.handled_by is None
            else None
            if self.school is None
            else self.handled_by != self.school
        )

    @derived("incident.rank", "incident.handler")
    def put_down_as(self, _facts: Facts) -> str:
        """How grave it is put down as; empty while it is not."""
        return self.rank or ""

    @derived("incident.discipline_decided", "incident.handler")
    def outcome(
        self, _facts: Facts
    ) -> Literal["nothing_entered", "none", "disciplinary_action", "dismissal"]:
        """What is entered as the disciplinary outcome."""
        return self.discipline.outcome if self.discipline else "nothing_entered"


INCIDENT_CONCLUDE = Situation(
    key="incident.conclude",
    title=_("A case is about to be closed"),
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
