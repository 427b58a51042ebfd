"""An incident is investigated: after what, by whom, how fully, and with what help from whom?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts, Given, Instant, Person, Relation, Tri, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.situations.incident import AccessAsked, Action, HelpAsked, Investigation
from schoolgate.rulebook.working_time import Calendar


class IncidentInvestigate(Facts):
    """`lead`: who is to lead. `assessments`: who has assessed it first. `breach`: what is reported or found.

    `found_unacceptable`: whether the conduct was already found unacceptable. `investigation`: how far it is,
    `begun` whether there is one. `suspected`: whose conduct is investigated; `accused`: whether they are
    accused of something. `help_asked`: what they were asked for. `access_asked`: a password or login details
    that somebody wants. `access_log`, `message_log`: whether the case holds who had access that day and what
    was sent. `conduct_fell_short`: below what the policy asks; `passed_to_manager_at`: when the manager
    who has to act got it; `manager_actions`: what the manager has done since.
    `chosen`: a time that the federation chose: "manager_acts"."""

    by: Person | None = None
    assessments: Annotated[
        tuple[Given, ...] | None, Ask("incident.assessment", "incident.handler", _("the first assessment"))
    ] = None
    lead: Annotated[Person | None, Ask("incident.lead", "incident.handler", _("who investigates"))] = None
    breach: Annotated[
        Literal["potential", "actual", "none"] | None,
        Ask("incident.breach", "incident.handler", _("whether the policy was broken")),
    ] = None
    found_unacceptable: Annotated[
        Tri, Ask("incident.unacceptable", "incident.handler", _("whether the conduct is unacceptable"))
    ] = None
    begun: Annotated[
        Tri, Ask("incident.begun", "incident.handler", _("whether an investigation has begun"))
    ] = None
    investigation: Investigation | None = None
    suspected: Person | None = None
    accused: Annotated[Tri, Ask("incident.accused", "incident.handler", _("whether somebody is accused"))] = (
        None
    )
    access_log: Annotated[
        Tri, Ask("incident.access_log", "incident.handler", _("who had access that day"))
    ] = None
    message_log: Annotated[Tri, Ask("incident.message_log", "incident.handler", _("what was sent"))] = None
    help_asked: Annotated[
        tuple[HelpAsked, ...] | None,
        Ask("incident.help_asked", "incident.handler", _("what the person was asked for")),
    ] = None
    access_asked: Annotated[
        AccessAsked | None,
        Ask(
            "incident.whose_account",
            "incident.handler",
            _("whether the account is on the school's list or a person's own"),
        ),
    ] = None
    conduct_fell_short: Annotated[
        Tri,
        Ask(
            "incident.conduct_fell_short",
            "incident.handler",
            _("whether conduct fell below what the policy asks"),
        ),
    ] = None
    passed_to_manager_at: Instant | None = None
    manager_actions: Annotated[
        tuple[Action, ...] | None,
        Ask("incident.manager_acted", "incident.handler", _("whether the manager has acted")),
    ] = None
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @derived("incident.subject_relation", "incident.handler")
    def suspected_relation(self, _facts: Facts) -> Relation | None:
        """What the person under suspicion is to the school."""
        return self.suspected.relation if self.suspected else None

    @derived("incident.whose_account", "incident.handler")
    def wanted(self, _facts: Facts) -> Literal["password", "login_details", "nothing"]:
        """Which of a password and login details somebody wants."""
        return self.access_asked.what if self.access_asked else "nothing"

    @derived("calendar", "office")
    def manager_due(self, _facts: Facts) -> Due | None:
        """By when the manager has to act."""
        return due_by_choice(self.chosen, "manager_acts", self.passed_to_manager_at, self.day, self.calendar)

    @derived("day", "office")
    def manager_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.manager_due(self), self.passed_to_manager_at, self.now)


INCIDENT_INVESTIGATE = Situation(
    key="incident.investigate",
    title=_("An incident is investigated"),
    facts=IncidentInvestigate,
    points=points(
        """
        first_assessment lead_investigator full_investigation suspect_helps passwords login_details
        manager_acts accused_protected
        """,
        house="private_password",
    ),
)
