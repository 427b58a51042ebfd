"""An incident is investigated: after what, by whom, how fully, and with what help from whom?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Given, Instant, Person, Relation, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.chosen_time import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.situations.incident import AccessAsked, Action, HelpAsked, Investigation
from schoolgate.rulebook.working_time import Calendar


@moment(
    "incident.investigate",
    _("An incident is investigated"),
    """first_assessment lead_investigator full_investigation suspect_helps passwords login_details
    manager_acts accused_protected""",
    house="private_password",
)
class IncidentInvestigate(Facts, asked_of="incident.handler", prefix="incident."):
    """`lead`: who is to lead. `assessments`: who has assessed it first. `breach`: what is reported or found.

    `found_unacceptable`: whether the conduct was already found unacceptable. `investigation`: how far it is,
    `begun` whether there is one. `suspected`: whose conduct is investigated; `accused`: whether they are
    accused of something. `help_asked`: what they were asked for. `access_asked`: a password or login details
    that somebody wants. `access_log`, `message_log`: whether the case holds who had access that day and what
    was sent. `conduct_fell_short`: below what the policy asks; `passed_to_manager_at`: when the manager
    who has to act got it; `manager_actions`: what the manager has done since.
    `chosen`: a time that the federation chose: "manager_acts"."""

    by: Person | None = None
    assessments: tuple[Given, ...] | None = fact(_("the first assessment"), need="incident.assessment")
    lead: Person | None = fact(_("who investigates"))
    breach: Literal["potential", "actual", "none"] | None = fact(_("whether the policy was broken"))
    found_unacceptable: Tri = fact(_("whether the conduct is unacceptable"), need="incident.unacceptable")
    begun: Tri = fact(_("whether an investigation has begun"))
    investigation: Investigation | None = None
    suspected: Person | None = None
    accused: Tri = fact(_("whether somebody is accused"))
    access_log: Tri = fact(_("who had access that day"))
    message_log: Tri = fact(_("what was sent"))
    help_asked: tuple[HelpAsked, ...] | None = fact(_("what the person was asked for"))
    access_asked: AccessAsked | None = fact(
        _("whether the account is on the school's list or a person's own"), need="incident.whose_account"
    )
    conduct_fell_short: Tri = fact(_("whether conduct fell below what the policy asks"))
    passed_to_manager_at: Instant | None = None
    manager_actions: tuple[Action, ...] | None = fact(
        _("whether the manager has acted"), need="incident.manager_acted"
    )
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @derived("incident.subject_relation")
    def suspected_relation(self, _facts: Facts) -> Relation | None:
        """What the person under suspicion is to the school."""
        return self.suspected.relation if self.suspected else None

    @derived("incident.whose_account")
    def wanted(self, _facts: Facts) -> Literal["password", "login_details", "nothing"]:
        """Which of a password and login details somebody wants."""
        return self.access_asked.what if self.access_asked else "nothing"

    @derived("calendar", of="office")
    def manager_due(self, _facts: Facts) -> Due | None:
        """By when the manager has to act."""
        return due_by_choice(self.chosen, "manager_acts", self.passed_to_manager_at, self.day, self.calendar)

    @derived("day", of="office")
    def manager_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.manager_due(self), self.passed_to_manager_at, self.now)
