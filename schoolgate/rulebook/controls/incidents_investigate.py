"""An incident is investigated: who leads, how fully, who has to help, and what nobody is asked for here."""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    forbids,
    met,
    obliges,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.incidents_assess import HANDLER
from schoolgate.rulebook.controls.incidents_telling import changed, chosen_due, time_is_up
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.incident_conclude import IncidentConclude
from schoolgate.rulebook.situations.incident_investigate import IncidentInvestigate

SUSPECT = "incident.suspect"
BREACHES = ("potential", "actual")


class LeadInvestigator(Control):
    """Does the right role lead the investigation?

    Settings: role. Conduct that was already found unacceptable may be dealt with by others as well, where a
    policy has such words (`tension`)."""

    key = "incident.lead_investigator"
    listens_to = ("incident.investigate",)
    points = ("lead_investigator",)

    class Settings(NoSettings):
        role: str

    def judge(self, facts: IncidentInvestigate, settings: Settings) -> Iterable[Said]:
        if facts.lead is None:
            yield requires(
                "incident.led_by", Need("incident.lead", settings.role), turns=False, role=settings.role
            )
        elif facts.lead.holds(settings.role):
            yield met("incident.led_by", role=settings.role)
        else:
            yield forbids("incident.led_by", turns=facts.found_unacceptable is not False, role=settings.role)


class FullInvestigation(Control):
    """Is a breach investigated in full: by somebody named, with findings, to an end?

    Settings: investigation; heading_covers, of which breaches the heading speaks (None: it does not say)."""

    key = "incident.full_investigation"
    listens_to = ("incident.investigate", "incident.conclude")
    points = ("full_investigation",)

    class Settings(NoSettings):
        investigation: Literal["full"]
        heading_covers: tuple[Literal["potential", "actual"], ...] | None

    def judge(self, facts: IncidentInvestigate | IncidentConclude, settings: Settings) -> Iterable[Said]:
        if facts.breach is None:
            yield unknown("incident.breach", HANDLER)
        elif facts.breach not in (settings.heading_covers or BREACHES):
            return
        elif isinstance(facts, IncidentInvestigate):
            if facts.begun is None:
                yield unknown("incident.begun", HANDLER)
            elif facts.begun:
                yield met("incident.under_investigation")
            else:
                yield obliges(
                    "federation", "incident.investigate", Due.none_promised(), "incident.investigate_in_full"
                )
        else:
            yield from self._in_full(facts)

    @staticmethod
    def _in_full(facts: IncidentConclude) -> Iterable[Said]:
        done = facts.investigation
        missing = [
            what
            for what, there in (
                ("incident.lead", done is not None and done.lead is not None),
                ("incident.findings", done is not None and done.findings_written is True),
                ("incident.end", done is not None and done.ended is True),
            )
            if not there
        ]
        if missing:
            yield requires("incident.not_in_full", *(Need(one, HANDLER) for one in missing), missing=missing)
        else:
            yield met("incident.investigated_in_full")


class AccusedProtected(Control):
    """Does the case of somebody who is accused hold what may clear them?

    Settings: protects, what people are to the school whom the policy wants to shield."""

    key = "incident.accused_protected"
    listens_to = ("incident.investigate",)
    points = ("accused_protected",)

    class Settings(NoSettings):
        protects: tuple[Relation, ...]

    def judge(self, facts: IncidentInvestigate, settings: Settings) -> Iterable[Said]:
        if facts.accused is False:
            return
        if facts.accused is None:
            yield unknown("incident.accused", HANDLER)
        elif facts.suspected is None or facts.suspected.relation is None:
            yield unknown("incident.subject_relation", HANDLER)
        elif facts.suspected.relation in settings.protects:
            logs = (("incident.access_log", facts.access_log), ("incident.message_log", facts.message_log))
            missing = [what for what, there in logs if not there]
            if missing:
                yield requires("incident.keep_logs", *(Need(one, HANDLER) for one in missing))
            else:
                yield met("incident.logs_kept")


class SuspectHelps(Control):
    """Does somebody under suspicion help when asked? That they do not is shown; nobody's guilt follows."""

    key = "incident.suspect_helps"
    listens_to = ("incident.investigate",)
    points = ("suspect_helps",)

    def judge(self, facts: IncidentInvestigate, settings: NoSettings) -> Iterable[Said]:
        if facts.help_asked is None:
            yield unknown("incident.help_asked", HANDLER)
            return
        for position, one in enumerate(facts.help_asked):
            about = f"help_asked[{position}]"
            if one.given is None:
                yield unknown("incident.help_given", HANDLER, about)
            elif one.given:
                yield met("incident.helped", about)
            elif one.by_day is not None and facts.day is not None and facts.day > one.by_day:
                yield breached("incident.no_response", about, day=one.by_day)
            else:
                yield obliges(SUSPECT, "incident.help", Due(day=one.by_day), "incident.help", about)


class PasswordsMayBeAsked(Control):
    """May passwords that bear on an investigation be part of helping it?

    Settings: automate, private_account_passwords: what the program does about it in spite of that - nothing,
    and never."""

    key = "incident.passwords"
    listens_to = ("incident.investigate",)
    points = ("passwords",)

    class Settings(NoSettings):
        automate: Literal[False]
        private_account_passwords: Literal["never stored or requested"]

    def judge(self, facts: IncidentInvestigate, settings: Settings) -> Iterable[Said]:
        asked = facts.access_asked
        if asked is None or asked.what != "password" or asked.bears_on_it is False:
            return
        if asked.bears_on_it is None:
            yield unknown("incident.bears_on_it", HANDLER)
        else:
            yield permits("incident.passwords_in_words")


class LoginDetails(Control):
    """May login details that bear on an investigation be part of helping it?

    Settings: automate: for an account on the school's own list access is moved to somebody else, and no login
    changes hands; private_account_logins: never."""

    key = "incident.login_details"
    listens_to = ("incident.investigate",)
    points = ("login_details",)

    class Settings(NoSettings):
        automate: Literal["trust accounts only, by moving access"]
        private_account_logins: Literal["never stored or requested"]

    def judge(self, facts: IncidentInvestigate, settings: Settings) -> Iterable[Said]:
        asked = facts.access_asked
        if asked is None or asked.what != "login_details" or asked.bears_on_it is False:
            return
        if asked.bears_on_it is None:
            yield unknown("incident.bears_on_it", HANDLER)
        elif asked.account is None:
            yield unknown("incident.whose_account", HANDLER)
        elif asked.account == "registered":
            yield permits("incident.access_is_moved")
        else:
            yield permits("incident.logins_in_words")


class NoPrivatePassword(Control):
    """The house: nobody is asked for the password or the login of their own account, whatever a policy
    says."""

    key = "house.no_private_password"
    listens_to = ("incident.investigate",)
    points = ("private_password",)

    def judge(self, facts: IncidentInvestigate, settings: NoSettings) -> Iterable[Said]:
        asked = facts.access_asked
        if asked is None or asked.account == "registered":
            return
        if asked.account is None:
            yield unknown("incident.whose_account", HANDLER)
        else:
            yield forbids("house.no_private_password")


class ManagerActs(Control):
    """Does a manager act when conduct fell short?

    Settings: action_deadline_days, None: no number. Where the federation chose one ("manager_acts"), it
    counts from when the case was passed on. `who` has to act."""

    key = "incident.manager_acts"
    listens_to = ("incident.investigate",)
    points = ("manager_acts",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        action_deadline_days: None
        who: str

    def judge(self, facts: IncidentInvestigate, settings: Settings) -> Iterable[Said]:
        if facts.conduct_fell_short is False:
            return
        if facts.conduct_fell_short is None:
            yield unknown("incident.conduct_fell_short", HANDLER)
        elif facts.manager_actions is None:
            yield unknown("incident.manager_acted", settings.who)
        elif facts.manager_actions:
            yield met("incident.manager_acted")
        else:
            due = chosen_due(facts, "manager_acts", facts.passed_to_manager_at)
            if isinstance(due, Said):
                yield due
                return
            chosen = due != Due.none_promised()
            yield changed(
                obliges(settings.who, "incident.act", due, "incident.manager_has_to_act"), chosen=chosen
            )
            if time_is_up(due, facts.passed_to_manager_at, facts.now):
                yield changed(breached("incident.manager_late"), chosen=True)
