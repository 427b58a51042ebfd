"""An incident is investigated: after what, by whom, how fully, and with what help from whom?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Given, Instant, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime
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
    assessments: tuple[Given, ...] | None = None
    lead: Person | None = None
    breach: Literal["potential", "actual", "none"] | None = None
    found_unacceptable: Tri = None
    begun: Tri = None
    investigation: Investigation | None = None
    suspected: Person | None = None
    accused: Tri = None
    access_log: Tri = None
    message_log: Tri = None
    help_asked: tuple[HelpAsked, ...] | None = None
    access_asked: AccessAsked | None = None
    conduct_fell_short: Tri = None
    passed_to_manager_at: Instant | None = None
    manager_actions: tuple[Action, ...] | None = None
    chosen: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None


INCIDENT_INVESTIGATE = Situation(
    key="incident.investigate",
    title=gettext_noop("An incident is investigated"),
    facts=IncidentInvestigate,
    points=points(
        """
        first_assessment lead_investigator full_investigation suspect_helps passwords login_details
        manager_acts accused_protected
        """,
        house="private_password",
    ),
)
