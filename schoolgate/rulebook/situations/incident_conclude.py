"""An incident is investigated and closed."""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Attested,
    Facts,
    Given,
    Instant,
    Name,
    Person,
    Relation,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.chosen_time import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.situations.incident import (
    AccessAsked,
    Action,
    Agency,
    Discipline,
    Escalation,
    HelpAsked,
    IncidentKind,
    Investigation,
    PersonTold,
    found_unacceptable,
)
from schoolgate.rulebook.working_time import Calendar


@moment(
    "incident.investigate",
    _("Investigating an incident"),
    """first_assessment lead_investigator full_investigation suspect_helps passwords login_details
    manager_acts accused_protected seen_by_two""",
    house="private_password",
    asks=Asks.DUTY,
)
class IncidentInvestigate(Facts, asked_of="incident.handler", prefix="incident."):
    """`breach`: what is reported or found. `found_unacceptable`: already before. `suspected`: the person
    whose conduct is investigated. `passed_to_manager_at`: when the manager who has to act got it. `chosen`:
    "manager_acts"."""

    by: Person | None = Field(None, description=_("who did it"))
    assessments: tuple[Given, ...] | None = fact(_("the first assessment"), need="incident.assessment")
    lead: Person | None = fact(_("who investigates"), _("Who leads the investigation?"))
    breach: Literal["potential", "actual", "none"] | None = fact(
        _("whether the policy was breached"), _("Was the policy broken?")
    )
    found_unacceptable: Tri = fact(_("whether the conduct is unacceptable"), need="incident.unacceptable")
    begun: Tri = fact(_("whether an investigation has begun"), _("Has the investigation begun?"))
    investigation: Investigation | None = Field(None, description=_("the investigation"))
    suspected: Person | None = Field(None, description=_("the person under investigation"))
    accused: Tri = fact(_("whether someone is accused"), _("Is someone accused?"))
    access_log: Tri = fact(_("who had access that day"), _("Is there a list of who had access that day?"))
    message_log: Tri = fact(_("what was sent"), _("Is there a copy of what was sent?"))
    second_present: Tri = fact(
        _("whether a second member of staff is present when the evidence is looked at"),
        _("Is a second member of staff with you when you look at the evidence?"),
    )
    help_asked: tuple[HelpAsked, ...] | None = fact(
        _("what the person was asked to provide"), _("What was the person asked to provide?")
    )
    access_asked: AccessAsked | None = fact(
        _("whether the account is on the school’s list or is the person’s own"),
        _("Do you want to ask for a password or login details?"),
        need="incident.whose_account",
    )
    conduct_fell_short: Tri = fact(
        _("whether conduct fell below what the policy requires"),
        _("Did conduct fall below what the policy expects?"),
    )
    passed_to_manager_at: Instant | None = Field(None, description=_("when the manager received the report"))
    manager_actions: tuple[Action, ...] | None = fact(
        _("whether the manager has acted"), _("What has the manager done?"), need="incident.manager_acted"
    )
    chosen: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("incident.subject_relation")
    def suspected_relation(self, _facts: Facts) -> Relation | None:
        """What the person under suspicion is to the school."""
        return self.suspected.relation if self.suspected else None

    @derived("incident.whose_account", label=_("whether a password or login details are asked for"))
    def wanted(self, _facts: Facts) -> Literal["password", "login_details", "nothing"]:
        """Which of a password and login details is requested."""
        return self.access_asked.what if self.access_asked else "nothing"

    @derived("calendar", of="office", label=_("when the manager must act by"))
    def manager_due(self, _facts: Facts) -> Due | None:
        """By when the manager has to act."""
        return due_by_choice(self.chosen, "manager_acts", self.passed_to_manager_at, self.day, self.calendar)

    @derived("day", of="office", label=_("whether the manager’s time is over"))
    def manager_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.manager_due(self), self.passed_to_manager_at, self.now)


@moment(
    "incident.conclude",
    _("Closing a case"),
    """first_assessment full_investigation senior_told escalation fitting_action in_house police
    outside_bodies discipline hours_and_equipment breach_rank dismissal named_decider
    discipline_of_others behaviour_policy school_values federation_reputation peoples_reputation
    refused_take_down""",
    asks=Asks.ACT,
)
class IncidentConclude(Facts, asked_of="incident.handler", prefix="incident."):
    """`found`: empty where nothing, None while that is open. `subject`: the person whose conduct it is.
    `in_house_outcome`: is it written down? `body_decisions`: `covers` names for which person. `rank`: the
    severity recorded. `discipline`: None where nothing is entered."""

    by: Person | None = Field(None, description=_("who did it"))
    assessments: tuple[Given, ...] | None = fact(need="incident.assessment")
    investigation: Investigation | None = fact(need="incident.lead")
    breach: Literal["potential", "actual", "none"] | None = fact()
    found: tuple[Literal["breach", "unacceptable", "illegal"], ...] | None = fact(
        _("what was concluded"), _("What did you find?")
    )
    kinds: tuple[IncidentKind, ...] | None = fact()
    unacceptable: Attested | None = Field(
        None, description=_("someone’s judgement that the conduct is unacceptable")
    )
    subject: Person | None = Field(None, description=_("the person whose conduct is in question"))
    listed_policy: Tri = fact(
        _("whether one of the listed policies was breached"),
        _("Was one of the policies that this policy lists broken?"),
    )
    in_working_hours: Tri = Field(None, description=_("whether this happened in working hours"))
    school_equipment: Tri = Field(None, description=_("whether school equipment was used"))
    escalation: Escalation | None = fact(
        _("whether the case is escalated: to which person, or why not"),
        _("Will it be escalated to someone more senior?"),
    )
    actions: tuple[Action, ...] | None = fact(
        _("what was done about the breach"), _("What action was taken?"), need="incident.action"
    )
    in_house_owner: Name | None = fact(_("who deals with it in-house"), _("Who deals with it in the school?"))
    in_house_outcome: Tri = fact(_("the outcome"), _("Is the outcome written down?"))
    school: Name | None = fact(_("the school the conduct affects"))
    handled_by: Name | None = fact(_("the school that deals with it"), _("Which school deals with it?"))
    routes: (
        tuple[Literal["behaviour_policy", "disciplinary_policy", "complaints_procedure", "other"], ...] | None
    ) = fact(_("which procedure is used"), _("Which procedure is used?"))
    told: tuple[PersonTold, ...] | None = fact(_("who has been told"))
    agencies: tuple[Agency, ...] | None = fact(
        _("the bodies that may need to be told"), _("Which outside bodies need to know?")
    )
    rank: Name | None = fact()
    discipline: Discipline | None = fact(
        "", _("What is the disciplinary outcome?"), need="incident.discipline_decided"
    )
    harmed_reputations: (
        tuple[
            Literal["federation", "staff", "parents", "governors", "children", "directly_linked", "others"],
            ...,
        ]
        | None
    ) = fact(_("whose name was harmed"), _("Whose good name was harmed?"))
    body_decisions: tuple[Given, ...] | None = fact(
        _("the governing body’s decision"),
        _("For which of them has the governing body decided what to do?"),
        need="incident.body_decision",
    )
    take_down_refused: Tri = fact(
        _("whether the person refused to take the post down"),
        _("Did they refuse to take the post down?"),
    )

    @derived("incident.unacceptable")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether it was found unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.subject_relation")
    def subject_relation(self, _facts: Facts) -> Relation | None:
        """What the person concerned is to the school."""
        return self.subject.relation if self.subject else None

    @derived("incident.found", label=_("whether a breach was found"))
    def breach_found(self, _facts: Facts) -> bool:
        """Whether a breach was found so far: no while that is open."""
        return "breach" in (self.found or ())

    @derived("incident.school", label=_("whether another school is dealing with the matter"))
    def with_another_school(self, _facts: Facts) -> bool | None:
        """Whether another school deals with it than the one that it touches: no while none does."""
        return (
            False
            if self.handled_by is None
            else None
            if self.school is None
            else self.handled_by != self.school
        )

    @derived("incident.rank", label=_("the severity recorded"))
    def put_down_as(self, _facts: Facts) -> str:
        """The severity recorded; empty while there is none."""
        return self.rank or ""

    @derived("incident.discipline_decided", label=_("the disciplinary outcome"))
    def outcome(
        self, _facts: Facts
    ) -> Literal["nothing_entered", "none", "disciplinary_action", "dismissal"]:
        """The disciplinary outcome entered."""
        return self.discipline.outcome if self.discipline else "nothing_entered"
