"""A report is looked at for the first time: who does that, how grave is it, who has to be brought in?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Attested, Facts, Instant, Name, Person, Relation, Tri, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.situations.incident import (
    CalledFor,
    Harmed,
    IncidentKind,
    LinkedPolicy,
    Step,
    found_unacceptable,
)
from schoolgate.rulebook.working_time import Calendar


class IncidentAssess(Facts):
    """`by` assesses. `rank`: how grave it is put down as, in the policy's own word.

    `subject`: whose conduct it is. `called_for`: whom the incident calls for, empty where nobody more.
    `set_aside_because`: grounds on which it is about to be put aside, empty where it is not. `taken_up`:
    whether anybody has opened it since `reported_at`. `steps`: what was done so far to keep the harm small.
    `chosen`: times that the federation chose: "first_look", "containment"."""

    by: Annotated[Person | None, Ask("incident.assessed_by", "office", _("who assesses it"))] = None
    reported_at: Instant | None = None
    taken_up: Annotated[
        Tri, Ask("incident.was_taken_up", "incident.handler", _("whether anybody has opened the report"))
    ] = None
    kinds: Annotated[
        tuple[IncidentKind, ...] | None,
        Ask("incident.kinds", "incident.assessor", _("what kind of incident it is")),
    ] = None
    unacceptable: Attested | None = None
    subject: Person | None = None
    broke: Annotated[
        Literal["conduct_code", "other_part"] | None,
        Ask("incident.broke", "incident.assessor", _("which part of the policy was broken")),
    ] = None
    rank: Annotated[Name | None, Ask("incident.rank", "incident.assessor", _("how grave it is"))] = None
    called_for: Annotated[
        tuple[CalledFor, ...] | None,
        Ask("incident.called_for", "incident.assessor", _("whom the incident calls for")),
    ] = None
    harmed: Annotated[
        tuple[Harmed, ...] | None, Ask("incident.harmed", "incident.assessor", _("who was harmed"))
    ] = None
    safeguarding_mark: Annotated[
        Tri, Ask("incident.safeguarding_mark", "incident.assessor", _("the safeguarding mark"))
    ] = None
    child_involved: Annotated[
        Tri, Ask("incident.child", "incident.assessor", _("whether a child has to do with it, and how"))
    ] = None
    linked_policies: Annotated[
        tuple[LinkedPolicy, ...] | None,
        Ask("incident.linked_policies", "incident.assessor", _("which other policies bear on it")),
    ] = None
    set_aside_because: Annotated[
        tuple[Literal["outside_hours", "own_equipment", "not_staff", "other"], ...] | None,
        Ask(
            "incident.set_aside_because",
            "incident.assessor",
            _("whether the case is to be put aside, and why"),
        ),
    ] = None
    confidential_exposed: Annotated[
        Tri,
        Ask(
            "incident.confidential_exposed",
            "incident.assessor",
            _("whether confidential information lies open"),
        ),
    ] = None
    reputation_at_risk: Annotated[
        Tri,
        Ask("incident.reputation_at_risk", "incident.assessor", _("whether the school's name may be harmed")),
    ] = None
    steps: Annotated[
        tuple[Step, ...] | None, Ask("incident.steps", "incident.assessor", _("what was done so far"))
    ] = None
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @derived("incident.unacceptable", "incident.assessor")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether somebody found it unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived(
        "incident.subject_relation", "incident.assessor", _("what the person concerned is to the school")
    )
    def subject_relation(self, _facts: Facts) -> Relation | None:
        """What the person concerned is to the school."""
        return self.subject.relation if self.subject else None

    @derived("calendar", "office")
    def first_look_due(self, _facts: Facts) -> Due | None:
        """By when somebody has to open the report."""
        return due_by_choice(self.chosen, "first_look", self.reported_at, self.day, self.calendar)

    @derived("day", "office")
    def first_look_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.first_look_due(self), self.reported_at, self.now)

    @derived("calendar", "office")
    def containment_due(self, _facts: Facts) -> Due | None:
        """By when confidential information has to be protected."""
        return due_by_choice(self.chosen, "containment", self.reported_at, self.day, self.calendar)

    @derived("day", "office")
    def containment_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.containment_due(self), self.reported_at, self.now)


INCIDENT_ASSESS = Situation(
    key="incident.assess",
    title=_("A report is assessed"),
    facts=IncidentAssess,
    points=points(
        """
        first_assessment gravity colleagues_brought_in outside_bodies_brought_in safeguarding_mark
        policy_kept_with_case taken_up same_for_all hours_and_equipment confidential_contained
        reputation_contained
        """
    ),
)
