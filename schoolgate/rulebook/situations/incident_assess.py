"""A report is looked at for the first time: who does that, how grave is it, who has to be brought in?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Instant, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime
from schoolgate.rulebook.situations.incident import CalledFor, Harmed, IncidentKind, LinkedPolicy, Step
from schoolgate.rulebook.working_time import Calendar


class IncidentAssess(Facts):
    """`by` assesses. `rank`: how grave it is put down as, in the policy's own word.

    `subject`: whose conduct it is. `called_for`: whom the incident calls for, empty where nobody more.
    `set_aside_because`: grounds on which it is about to be put aside, empty where it is not. `taken_up`:
    whether anybody has opened it since `reported_at`. `steps`: what was done so far to keep the harm small.
    `chosen`: times that the federation chose: "first_look", "containment"."""

    by: Person | None = None
    reported_at: Instant | None = None
    taken_up: Tri = None
    kinds: tuple[IncidentKind, ...] | None = None
    unacceptable: Attested | None = None
    subject: Person | None = None
    broke: Literal["conduct_code", "other_part"] | None = None
    rank: Name | None = None
    called_for: tuple[CalledFor, ...] | None = None
    harmed: tuple[Harmed, ...] | None = None
    safeguarding_mark: Tri = None
    child_involved: Tri = None
    linked_policies: tuple[LinkedPolicy, ...] | None = None
    set_aside_because: tuple[Literal["outside_hours", "own_equipment", "not_staff", "other"], ...] | None = (
        None
    )
    confidential_exposed: Tri = None
    reputation_at_risk: Tri = None
    steps: tuple[Step, ...] | None = None
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None


INCIDENT_ASSESS = Situation(
    key="incident.assess",
    title=gettext_noop("A report is assessed"),
    facts=IncidentAssess,
    points=points(
        """
        first_assessment gravity colleagues_brought_in outside_bodies_brought_in safeguarding_mark
        policy_kept_with_case taken_up same_for_all hours_and_equipment confidential_contained
        reputation_contained
        """
    ),
)
