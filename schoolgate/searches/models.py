"""Rows of checks of systems and of searches for candidates, and their states. Names and what was found are
sealed in the vault; the rows only refer to it.

Texts of events about checks and candidate searches in the record.

Kinds of tasks about checks of systems and searches for candidates. Their lines name no one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


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


class SystemCheck(FederationOwned):
    """A check of the school's systems: who asked, why, on what authority, who makes it, and for which dates.

    There is no address of an account in it, and nothing that searches one. `words_ref`: what exactly is
    looked at and the reasons, sealed. Rows are never removed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    doer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The member of staff whose use is checked; None: everyone's."""
    act = models.CharField(max_length=20, choices=Act)
    target = models.CharField(max_length=20, choices=Target)
    purpose = models.CharField(max_length=30, choices=Purpose)
    done = models.CharField(max_length=20, choices=Done)
    on_systems = models.BooleanField()
    policy_named = models.CharField(max_length=120, blank=True)
    policy_of = models.CharField(max_length=30, choices=PolicyOf, blank=True)
    own_account = models.BooleanField()
    """Whether it looks at what a person did on their own account."""
    names_school = models.BooleanField(null=True)
    affects_school = models.BooleanField(null=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    """The concern it belongs to. Copies aren't destroyed while that is open."""
    range_from = models.DateField()
    range_to = models.DateField()
    case_from = models.DateField(null=True)
    case_to = models.DateField(null=True)
    make_by = models.DateField()
    """The last day on which the check may be made."""
    assessed_on = models.DateField(null=True)
    assessed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words_ref = models.BigIntegerField(null=True)
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    result_ref = models.BigIntegerField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CheckState)
    state_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="searches_check_of_days_in_order", condition=Q(range_from__lte=F("range_to"))
            ),
            models.CheckConstraint(
                name="searches_check_of_own_account_answered",
                condition=Q(own_account=False) | Q(names_school__isnull=False, affects_school__isnull=False),
            ),
            models.CheckConstraint(
                name="searches_second_person_is_another",
                condition=Q(agreed_at=None) | Q(second__isnull=False) & ~Q(second=F("by")),
            ),
        ]
        indexes = [models.Index(fields=["federation", "-at", "-id"], name="searches_check_newest")]

    def __str__(self) -> str:
        return f"check {self.pk}"


class CheckCopy(FederationOwned):
    """A copy from a check: sealed, with the day by which it is destroyed, and who destroyed it when."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    check_made = models.ForeignKey(SystemCheck, models.PROTECT, related_name="copies")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    keep_until = models.DateField()
    content_ref = models.BigIntegerField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    destroy_decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="searches_copy_is_there_or_destroyed",
                condition=Q(content_ref__isnull=False, destroyed_at=None, destroyed_by=None)
                | Q(content_ref=None, destroyed_at__isnull=False, destroyed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"


class CopyUsed(FederationOwned):
    """A copy was printed or passed on. `words_ref`: recipient, reason and legal basis, sealed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    copy = models.ForeignKey(CheckCopy, models.PROTECT, related_name="uses")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=CopyUse)
    words_ref = models.BigIntegerField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"use {self.pk} of copy {self.copy_id}"


class Vacancy(FederationOwned):
    """A vacancy with its shortlist, the panel, the searcher, and when what was found is destroyed.

    Rows are never removed: once everything is destroyed, this row says who did it and when."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    title = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    searcher = models.ForeignKey(Person, models.PROTECT, related_name="+")
    terms = models.CharField(max_length=300)
    """What is searched for, and where: the same for all candidates."""
    shortlisted_on = models.DateField()
    on_shortlist = models.PositiveSmallIntegerField()
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=10, choices=Told, blank=True)
    decided_on = models.DateField(null=True)
    delete_on = models.DateField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    destroyed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=VacancyState, default=VacancyState.PLANNED)
    state_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="searches_destroyed_by_a_person",
                condition=Q(state=VacancyState.DESTROYED, destroyed_by__isnull=False)
                | ~Q(state=VacancyState.DESTROYED) & Q(destroyed_by=None),
            ),
        ]
        indexes = [models.Index(fields=["federation", "-at", "-id"], name="searches_vacancy_newest")]

    def __str__(self) -> str:
        return f"vacancy {self.pk}"


class PanelMember(FederationOwned):
    """A person who decides on the vacancy."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="panel")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "vacancy", "person"], name="searches_panel_once"),
        ]

    def __str__(self) -> str:
        return f"panel of vacancy {self.vacancy_id}: {self.person_id}"


class Candidate(FederationOwned):
    """A shortlisted candidate: the name, what was found and the candidate's answer are sealed, and wiped at
    the end. `found_ref` is None where nothing relevant was found: nothing else is stored."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="candidates")
    number = models.PositiveSmallIntegerField()
    name_ref = models.BigIntegerField(null=True)
    searched_at = models.DateTimeField(null=True)
    same_terms = models.BooleanField(null=True)
    found_ref = models.BigIntegerField(null=True)
    answer_ref = models.BigIntegerField(null=True)
    appointed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "vacancy", "number"], name="searches_candidate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.number} of vacancy {self.vacancy_id}"


declare_events(
    {
        "checkcopy.destroyed": Event(_("A copy from a check of the systems was destroyed.")),
        "checkcopy.opened": Event(_("A copy from a check of the systems was opened.")),
        "checkcopy.refused": Event(_("The policy doesn’t allow this with a copy from a check.")),
        "checkcopy.stored": Event(_("A copy from a check of the systems was stored.")),
        "checkcopy.used": Event(_("A copy from a check was printed or passed on.")),
        "systemcheck.agreed": Event(_("A second person agreed to a check of the systems.")),
        "systemcheck.asked": Event(_("A check of the school’s systems was requested.")),
        "systemcheck.declined": Event(_("A second person declined a check of the systems.")),
        "systemcheck.made": Event(_("A check of the school’s systems was carried out.")),
        "systemcheck.refused": Event(
            _("The policy doesn’t allow a check of the systems that was requested.")
        ),
        "vacancy.answered": Event(_("A candidate’s answer to the search results was recorded.")),
        "vacancy.decided": Event(_("An appointment was decided.")),
        "vacancy.destroyed": Event(_("Search results about candidates were destroyed.")),
        "vacancy.entered": Event(_("A vacancy with a shortlist was entered.")),
        "vacancy.read": Event(_("Search results about candidates were read.")),
        "vacancy.refused": Event(_("The policy doesn’t allow this search for candidates.")),
        "vacancy.searched": Event(_("The search for one candidate was recorded.")),
        "vacancy.started": Event(_("The search for all shortlisted candidates was started.")),
        "vacancy.told": Event(_("Candidates were told about searches.")),
    }
)


# fmt: off
AGREE = declare_task("searches.agree", _("Agree to or decline a check of the school’s systems"),
    _("Read request"), page="search-check", mail="other")
LOOK = declare_task("searches.look", _("Check the school’s systems"), _("Open check"),
    page="search-check", mail="other")
DESTROY_COPY = declare_task("searches.destroy_copy", _("Destroy the copies from a check of the systems"),
    _("Open check"), page="search-check", mail="other")
SEARCH = declare_task("searches.search", _("Search for the shortlisted candidates"), _("Open vacancy"),
    page="search-vacancy", mail="other")
DESTROY_RESULTS = declare_task("searches.destroy_results", _("Destroy candidates’ search results"),
    _("Open vacancy"), page="search-vacancy", mail="other")
# fmt: on
