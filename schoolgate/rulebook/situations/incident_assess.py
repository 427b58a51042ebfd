"""A report is looked at for the first time: who does that, how grave is it, who has to be brought in?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Instant, Name, Person, Relation, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
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


@moment(
    "incident.assess",
    _("A report is assessed"),
    """first_assessment gravity colleagues_brought_in outside_bodies_brought_in safeguarding_mark
    policy_kept_with_case taken_up same_for_all hours_and_equipment confidential_contained
    reputation_contained""",
)
class IncidentAssess(Facts, asked_of="incident.assessor", prefix="incident."):
    """`by` assesses. `rank`: how grave it is put down as, in the policy's own word.

    `subject`: whose conduct it is. `called_for`: whom the incident calls for, empty where nobody more.
    `set_aside_because`: grounds on which it is about to be put aside, empty where it is not. `taken_up`:
    whether anybody has opened it since `reported_at`. `steps`: what was done so far to keep the harm small.
    `chosen`: times that the federation chose: "first_look", "containment"."""

    by: Person | None = fact(_("who assesses it"), need="incident.assessed_by", of="office")
    reported_at: Instant | None = None
    taken_up: Tri = fact(
        _("whether anybody has opened the report"), need="incident.was_taken_up", of="incident.handler"
    )
    kinds: tuple[IncidentKind, ...] | None = fact(_("what kind of incident it is"))
    unacceptable: Attested | None = None
    subject: Person | None = None
    broke: Literal["conduct_code", "other_part"] | None = fact(_("which part of the policy was broken"))
    rank: Name | None = fact(_("how grave it is"))
    called_for: tuple[CalledFor, ...] | None = fact(_("whom the incident calls for"))
    harmed: tuple[Harmed, ...] | None = fact(_("who was harmed"))
    safeguarding_mark: Tri = fact(_("the safeguarding mark"))
    child_involved: Tri = fact(_("whether a child has to do with it, and how"), need="incident.child")
    linked_policies: tuple[LinkedPolicy, ...] | None = fact(_("which other policies bear on it"))
    set_aside_because: tuple[Literal["outside_hours", "own_equipment", "not_staff", "other"], ...] | None = (
        fact(_("whether the case is to be put aside, and why"))
    )
    confidential_exposed: Tri = fact(_("whether confidential information lies open"))
    reputation_at_risk: Tri = fact(_("whether the school's name may be harmed"))
    steps: tuple[Step, ...] | None = fact(_("what was done so far"))
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @derived("incident.unacceptable")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether somebody found it unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.subject_relation", _("what the person concerned is to the school"))
    def subject_relation(self, _facts: Facts) -> Relation | None:
        """What the person concerned is to the school."""
        return self.subject.relation if self.subject else None

    @derived("calendar", of="office")
    def first_look_due(self, _facts: Facts) -> Due | None:
        """By when somebody has to open the report."""
        return due_by_choice(self.chosen, "first_look", self.reported_at, self.day, self.calendar)

    @derived("day", of="office")
    def first_look_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.first_look_due(self), self.reported_at, self.now)

    @derived("calendar", of="office")
    def containment_due(self, _facts: Facts) -> Due | None:
        """By when confidential information has to be protected."""
        return due_by_choice(self.chosen, "containment", self.reported_at, self.day, self.calendar)

    @derived("day", of="office")
    def containment_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.containment_due(self), self.reported_at, self.now)
