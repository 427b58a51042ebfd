"""An incident is investigated: after what, by whom, how fully, and with what help from whom?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Given, Person, Tri
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import ChosenTime
from schoolgate.rulebook.situations.incident import AccessAsked, HelpAsked, Investigation


class IncidentInvestigate(Facts):
    """`lead`: who is to lead. `assessments`: who has assessed it first. `breach`: what is reported or found.

    `found_unacceptable`: whether the conduct was already found unacceptable. `investigation`: how far it is,
    `begun` whether there is one. `suspected`: whose conduct is investigated; `accused`: whether they are
    accused of something. `help_asked`: what they were asked for. `access_asked`: a password or login details
    that somebody wants. `access_log`, `message_log`: whether the case holds who had access that day and what
    was sent. `conduct_fell_short`, `passed_to_manager_on`, `manager_acted`: of the manager who has to act.
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
    passed_to_manager_on: Day | None = None
    manager_acted: Tri = None
    chosen: tuple[ChosenTime, ...] = ()


INCIDENT_INVESTIGATE = Situation(
    key="incident.investigate",
    title="An incident is investigated",
    facts=IncidentInvestigate,
    points=points(
        """
        first_assessment lead_investigator full_investigation suspect_helps passwords login_details
        manager_acts accused_protected
        """,
        house="private_password",
    ),
)
