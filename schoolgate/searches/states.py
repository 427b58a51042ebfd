"""States of checks and vacancies, and the choices of their forms."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CheckState(TextChoices):
    """The status of a check of the school's systems."""

    WAITING = "waiting", _("Waiting for a second person")
    ALLOWED = "allowed", _("Can go ahead")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined by the second person")


CHECK_MOVES: Mapping[CheckState, frozenset[CheckState]] = {
    CheckState.WAITING: frozenset({CheckState.ALLOWED, CheckState.DECLINED}),
    CheckState.ALLOWED: frozenset({CheckState.DONE}),
    CheckState.DONE: frozenset(),
    CheckState.DECLINED: frozenset(),
}


class VacancyState(TextChoices):
    """The status of the searches for one vacancy."""

    PLANNED = "planned", _("No search started")
    SEARCHING = "searching", _("Search under way")
    SEARCHED = "searched", _("All candidates searched for")
    READ = "read", _("Results read")
    DECIDED = "decided", _("Appointment decided")
    DESTROYED = "destroyed", _("Results destroyed")


VACANCY_MOVES: Mapping[VacancyState, frozenset[VacancyState]] = {
    VacancyState.PLANNED: frozenset({VacancyState.SEARCHING, VacancyState.DECIDED}),
    VacancyState.SEARCHING: frozenset({VacancyState.SEARCHED, VacancyState.DECIDED}),
    VacancyState.SEARCHED: frozenset({VacancyState.READ, VacancyState.DECIDED}),
    VacancyState.READ: frozenset({VacancyState.DECIDED}),
    VacancyState.DECIDED: frozenset({VacancyState.DESTROYED}),
    VacancyState.DESTROYED: frozenset(),
}


class Act(TextChoices):
    """What a check would do: the words that the rulebook knows."""

    ACCESS = "access", _("Open it")
    INSPECT = "inspect", _("Inspect it")
    REVIEW = "review", _("Look through it")
    RETRIEVE = "retrieve", _("Retrieve it")
    NETWORK = "watch the network", _("Monitor the network")
    INTERCEPT = "intercept", _("Intercept it while it’s being sent")
    KEYSTROKES = "log keystrokes", _("Record keystrokes")


class Target(TextChoices):
    """What a check looks at."""

    TRANSACTIONS = "transactions", _("Transactions")
    MESSAGES = "messages", _("Messages")
    COMMUNICATIONS = "communications", _("Other communication")
    POSTINGS = "postings", _("Posts on social media")
    LOG_INS = "log-ins", _("Sign-ins")
    RECORDINGS = "recordings", _("Recordings")
    OTHER = "other uses", _("Other use of the systems")


class Purpose(TextChoices):
    """Why the school wants to look."""

    RULES = "rule compliance", _("To check whether rules are followed")
    BUSINESS = "legitimate business purpose", _("For a legitimate need of the school’s work")
    OTHER = "other", _("Another reason")


class Done(TextChoices):
    """When it was done that is checked."""

    ON_DUTY = "on duty at work", _("At work, on duty")
    OFF_DUTY = "off duty at work", _("At work, off duty")
    AWAY = "away from work", _("Away from work")


class PolicyOf(TextChoices):
    """Whose standing policy a check is based on."""

    FEDERATION = "Federation policies", _("The federation’s")
    SCHOOL = "individual school policies", _("One school’s")


class Told(TextChoices):
    """How candidates were told that online searches may be made."""

    ADVERT = "advert", _("In the advert or application pack")
    EMAIL = "email", _("By email")
    LETTER = "letter", _("By letter")
    PHONE = "phone", _("By phone")


class CopyUse(TextChoices):
    """What was done with a copy from a check."""

    PRINT = "print", _("Printed")
    DISCLOSE = "disclose", _("Passed on")
