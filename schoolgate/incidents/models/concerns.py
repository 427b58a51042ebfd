"""Rows of concerns, with their states. The content is sealed in rows of its own; the others only say that it
exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, get_args

from django.db import models
from django.db.models import Q, QuerySet, TextChoices, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.rulebook.situations.incidents import Body

BODIES: tuple[str, ...] = get_args(Body)
"""The outside bodies that can be told, in the words of facts."""


class ReportState(TextChoices):
    """The status of a report."""

    REPORTED = "reported", _("Not being dealt with yet")
    TAKEN = "taken", _("Being dealt with")
    HANDED_ON = "handed_on", _("Passed on, not being dealt with yet")
    CLOSING = "closing", _("Waiting for a second person to close it")
    CLOSED = "closed", _("Closed")
    NOT_FOR_US = "not_for_us", _("We can’t deal with it")


REPORT_MOVES: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.REPORTED: frozenset({ReportState.TAKEN}),
    ReportState.TAKEN: frozenset(
        {ReportState.HANDED_ON, ReportState.CLOSING, ReportState.CLOSED, ReportState.NOT_FOR_US}
    ),
    ReportState.HANDED_ON: frozenset({ReportState.TAKEN}),
    ReportState.CLOSING: frozenset({ReportState.CLOSED, ReportState.NOT_FOR_US, ReportState.TAKEN}),
    ReportState.CLOSED: frozenset({ReportState.TAKEN}),
    ReportState.NOT_FOR_US: frozenset({ReportState.TAKEN}),
}
WAITS = (ReportState.REPORTED, ReportState.HANDED_ON)
"""No one has taken it."""
ENDED = (ReportState.CLOSED, ReportState.NOT_FOR_US)
"""Nothing more is done, unless it is opened again."""


class Danger(TextChoices):
    """Whether someone is in danger now, according to the reporter."""

    YES = "yes", pgettext_lazy("there is somebody", "Yes")
    NO = "no", pgettext_lazy("there is nobody", "No")
    UNKNOWN = "unknown", _("I’m not sure")


class Whose(TextChoices):
    """By which rule a person was told."""

    POLICY = "policy", _("The policy names these people")
    LAW = "law", _("The law asks for it")
    HOUSE = "house", _("Schoolgate’s own rule")
    CHOSEN = "chosen", _("Your federation’s choice")


class StepKind(TextChoices):
    """What was done with a report."""

    REPORTED = "reported", _("Reported")
    TOLD = "told", _("Told")
    NO_LEAD = "no_lead", _("No safeguarding lead could be told, so the next people were told")
    WENT_UP = "went_up", _("No one was dealing with it, so we told")
    TAKEN = "taken", _("Being dealt with")
    HANDED_ON = "handed_on", _("Passed to")
    NOTED = "noted", _("Note added")
    ASSESSED = "assessed", _("Assessed")
    INVESTIGATED = "investigated", _("Investigation updated")
    JUDGED = "judged", _("Conduct judged")
    USED = "used", _("Use of equipment judged")
    SYSTEMS = "systems", _("Use of systems judged")
    WEIGHED = "weighed", _("Private use at work judged")
    APPROACHED = "approached", _("Parent approached")
    CONCLUDED = "concluded", _("Outcome saved")
    BODY_TOLD = "body_told", _("Outside body told")
    AUTHORITY = "authority", _("What the local authority said")
    ANSWERED = "answered", _("Answered the person who reported it")
    RESTRICTED = "restricted", _("Restricted to the leads")
    GIVEN_BACK = "given_back", _("No longer restricted to safeguarding leads")
    CLOSING = "closing", _("Asked a second person to close it")
    CLOSED = "closed", _("Closed")
    SENT_BACK = "sent_back", _("Not closed: changes requested")
    REOPENED = "reopened", _("Opened again")
    ADDED = "added", _("Added by the person who reported it")
    ENDED = "ended", _("We can’t deal with it")
    EVIDENCE = "evidence", _("Evidence added")
    STOPPED = "stopped", _("Stopped: may show a sexual picture of a child")
    LIFTED = "lifted", _("Stop on pictures lifted")
    MAY_KNOW = "may_know", _("May know about the concern, because it isn’t about them")
    HARMED = "harmed", _("Said to have been hurt or threatened")
    ALARM = "alarm", _("No one was dealing with it and someone is in danger, so we told")
    UNFINISHED = "unfinished", _("Not finished in time, so we asked the safeguarding leads")
    LEFT = "left", _("Left the school")
    NAMED = "named", _("Named in added information, so access was removed from")
    GLASS = "glass", _("Opened by two people, with")
    GLASS_ENDED = "glass_ended", _("Access ended for")
    PASSED = "passed", _("Passed to the safeguarding lead’s own system")
    CONTAINING = "containing", _("Began")
    CONTAINED = "contained", _("Done")


class AuthorityWord(TextChoices):
    """What the local authority says about a concern about a person who works with children. The last four are
    the outcomes of *Keeping children safe in education* and of the *Wales Safeguarding Procedures*; only
    England's guidance has `FALSE`."""

    ADVICE = "advice", _("Advice only: the school deals with it")
    STRATEGY = "strategy", _("Strategy meeting or discussion: wait for its outcome")
    NO_FURTHER = "no_further", _("No further action")
    SUBSTANTIATED = "substantiated", _("Outcome: substantiated")
    UNSUBSTANTIATED = "unsubstantiated", _("Outcome: unsubstantiated")
    UNFOUNDED = "unfounded", _("Outcome: unfounded")
    FALSE = "false", _("Outcome: false")
    MALICIOUS = "malicious", _("Outcome: malicious, or deliberately invented")


class KindWord(TextChoices):
    """The words with which a reporter can be answered behind their code. They are Schoolgate's own, whole and
    the same for everyone: nothing can be added, so no one can draw a child aside with them."""

    READ = "read", _("We’ve read what you told us. You did the right thing. It’s not your fault.")
    SHARED = (
        "shared",
        _("We can’t keep it secret. We told only the people whose job is to keep children safe."),
    )
    SOON = (
        "soon",
        _("An adult who keeps children safe will talk to you at school. You can bring someone you trust."),
    )
    MORE = "more", _("Can you tell us more? Write what you remember in the box on this page.")
    DONE = "done", _("We’ve done what we can for now. Write to us here if anything changes.")


class Containment(TextChoices):
    """What can be done at once from the page of a concern with what it is about."""

    TAKE_DOWN = "take_down", _("Take down the post")
    HIDE = "hide", _("Hide the comment")
    STOP = "stop", _("Stop all posting")
    KEYS = "keys", _("Have the account’s passwords changed")


class OpeningState(TextChoices):
    """The state of a request to open a concern by two people."""

    ASKED = "asked", _("Waiting for a second person")
    AGREED = "agreed", _("Opened")
    NOT_OPENED = "not_opened", _("Not opened")
    ENDED = "ended", _("Access ended")


OPENING_MOVES: Mapping[OpeningState, frozenset[OpeningState]] = {
    OpeningState.ASKED: frozenset({OpeningState.AGREED, OpeningState.NOT_OPENED}),
    OpeningState.AGREED: frozenset({OpeningState.ENDED}),
    OpeningState.NOT_OPENED: frozenset(),
    OpeningState.ENDED: frozenset(),
}

LETS_IN = (StepKind.TOLD, StepKind.WENT_UP, StepKind.HANDED_ON, StepKind.CLOSING)
"""Steps that give access to the report: being told, a handover, and being asked to close it."""


class Report(FederationOwned):
    """A concern: who may be asked about it, when, its status. Nothing of its content.

    `by` is None for a visitor, and for a person here who left their name out: then `code` lets them ask for
    the status. `thing` is what the page was about from which it was reported. Rows are never removed."""

    numbered: ClassVar[Promise] = _("Concern {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    reference = models.CharField(max_length=12)
    code = models.CharField(max_length=64, blank=True)
    """A keyed digest of the code that a reporter without a name was given."""
    once = models.CharField(max_length=64)
    """A keyed digest of the form's own mark, so that a form that is sent twice makes one report."""
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    inside = models.BooleanField(default=False)
    danger = models.CharField(max_length=8, choices=Danger, default=Danger.UNKNOWN)
    danger_read = models.BooleanField(default=False)
    """Whether words of danger were found in it, whatever the reporter ticked."""
    shows = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    """Which kinds of danger its words show (`inbox.dangers.REASONS`), without a place or a word of them."""
    words_lost = models.BooleanField(default=False, db_default=False)
    """Whether it stands for one that came in after the backup from which this home was restored."""
    about_unknown = models.BooleanField(default=False)
    """Whether it was said to be about a person here, and no one was found who could be meant."""
    names_read = models.CharField(max_length=16, default="", db_default="")
    """The digest of the people who were here when its words were last read for names."""
    said = models.JSONField(default=list)
    """Keys of `report_facts.SAYS`: what kind of thing it is, according to the reporter. Empty: not said."""
    answers = models.JSONField(default=dict)
    """What else the reporter answered (`report_facts.questions_for`): fact -> yes or no, words of a closed
    list, a day; below "picture" those about one taken by mistake (`incidents.picture`)."""
    thing = models.CharField(max_length=80, blank=True)
    reported_at = models.DateTimeField()
    decision = models.BigIntegerField(null=True)
    not_held = models.JSONField(default=list)
    """Roles that the policy names for it and that no one held."""

    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.REPORTED)
    state_at = models.DateTimeField()
    goes_up_at = models.DateTimeField(null=True)
    """When it passes to the next people unless someone takes it; None: there are none."""
    goes_up_by = models.CharField(max_length=8, choices=Whose, default=Whose.HOUSE)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    restricted_at = models.DateTimeField(null=True)
    """Since when only the safeguarding leads, and people it is passed to by name, may know of it."""
    passed_at = models.DateTimeField(null=True)
    """Since when what was written is in the safeguarding lead's own system, and is not shown here."""
    passed_to = models.CharField(max_length=60, blank=True)
    passed_reference = models.CharField(max_length=100, blank=True)
    closes_first = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The first of the two people who close it, while the second is awaited."""
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "reference"], name="incidents_reference_once"),
            models.UniqueConstraint(fields=["federation", "once"], name="incidents_sent_once"),
            models.UniqueConstraint(
                fields=["federation", "code"], condition=~Q(code=""), name="incidents_code_once"
            ),
            models.CheckConstraint(
                name="incidents_asked_by_name_or_by_code",
                condition=Q(by=None) & ~Q(code="") | Q(by__isnull=False, code="", inside=True),
            ),
            models.CheckConstraint(
                name="incidents_taken_by_somebody_at_a_time",
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="incidents_somebody_has_what_does_not_wait",
                condition=Q(state__in=WAITS) | Q(taken_by__isnull=False, goes_up_at=None),
            ),
            models.CheckConstraint(
                name="incidents_passed_with_its_reference",
                condition=Q(passed_at=None, passed_to="", passed_reference="")
                | (Q(passed_at__isnull=False) & ~Q(passed_to="") & ~Q(passed_reference="")),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-reported_at", "-id"], name="incidents_report_newest"),
            models.Index(
                fields=["federation", "state", "-reported_at", "-id"], name="incidents_report_by_state"
            ),
            models.Index(
                fields=["federation", "by", "-reported_at", "-id"], name="incidents_report_of_person"
            ),
            models.Index(
                fields=["federation", "goes_up_at"],
                condition=Q(goes_up_at__isnull=False),
                name="incidents_report_goes_up",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class _StillOut(models.Manager["KeptOut"]):
    def get_queryset(self) -> QuerySet[KeptOut]:
        return super().get_queryset().filter(let_in_at=None)


class KeptOut(FederationOwned):
    """A person a report is about, or a role whose holders it may be about; or, `harmed`, one it was done to.
    They are not told about it.

    `found`: their name was found in the words, and counts until a person says that it isn't about them.
    `objects` leaves out those who may know of it by now; `every` has them."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    objects = _StillOut()
    every = models.Manager["KeptOut"]()

    report = models.ForeignKey(Report, models.PROTECT, related_name="kept_out")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    role_key = models.CharField(max_length=80, blank=True)
    found = models.BooleanField(default=False)
    harmed = models.BooleanField(default=False, db_default=False)
    """Whether they are the one who was hurt or threatened, and not who did it: by the reporter's own clear
    word, or a lead's. They aren't given it to handle, but it isn't about something they did."""
    let_in_at = models.DateTimeField(null=True)
    let_in_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incidents_let_in_by_somebody_at_a_time",
                condition=Q(let_in_at=None, let_in_by=None)
                | Q(let_in_at__isnull=False, let_in_by__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="incidents_kept_out_is_one_or_the_other",
                condition=Q(person__isnull=False, role_key="") | (Q(person=None) & ~Q(role_key="")),
            ),
        ]

    def __str__(self) -> str:
        return f"kept out of report {self.report_id}"


class Reader(FederationOwned):
    """A person with access to a report. The database gives its content to no one else, and to no one whose
    access has ended."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    report = models.ForeignKey(Report, models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "report", "person"], name="incidents_reader_once"),
        ]

    def __str__(self) -> str:
        return f"reader {self.person_id} of report {self.report_id}"


class Authority(FederationOwned):
    """Whom to ring at the local authority about a person who works with children, for one school or (no
    school) for all: what the office is called there, its numbers in and out of office hours."""

    numbered: ClassVar[Promise] = _("Local authority’s number {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    objects = models.Manager["Authority"]()

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=30)
    out_of_hours = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "school"], nulls_distinct=False, name="incidents_authority_once"
            ),
        ]

    def __str__(self) -> str:
        return f"authority {self.pk}"

    @property
    def dial(self) -> str:
        """The telephone number for a link."""
        return self.telephone.replace(" ", "")

    @property
    def dial_out_of_hours(self) -> str:
        """The number out of office hours for a link."""
        return self.out_of_hours.replace(" ", "")


class Step(FederationOwned):
    """One step taken with a report, without any of its content."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The person told, or the one it was handed over to."""
    role_key = models.CharField(max_length=80, blank=True)
    body = models.CharField(max_length=30, blank=True)
    """The body outside the school that was told, in the rulebook's word."""
    whose = models.CharField(max_length=8, choices=Whose, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["federation", "report", "id"], name="incidents_step_of_report"),
            models.Index(fields=["federation", "person", "report"], name="incidents_step_of_person"),
            models.Index(fields=["federation", "role_key", "report"], name="incidents_step_of_role"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on report {self.report_id}"


class Content(FederationOwned):
    """What was written at a step, and the picture: references into the vault. A second row policy gives them
    only to the readers of the report (`only_read_by`)."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True
    only_read_by: ClassVar[tuple[str, str] | None] = ("incidents_reader", "report_id")

    step = models.OneToOneField(Step, models.PROTECT, primary_key=True, related_name="content")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    words_ref = models.BigIntegerField()
    picture_ref = models.BigIntegerField(null=True)
    picture_type = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incidents_picture_with_its_type",
                condition=Q(picture_ref=None, picture_type="")
                | (Q(picture_ref__isnull=False) & ~Q(picture_type="")),
            ),
        ]

    def __str__(self) -> str:
        return f"content of step {self.step_id}"


class Opening(FederationOwned):
    """A request to open a concern whose safeguarding leads can't be reached: two people open it.

    `reference` is as it was typed, whether or not there is such a concern: `report` is set only once a second
    person has agreed. So no answer to a request says whether there is one."""

    numbered: ClassVar[Promise] = _("Request to open a concern {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    reference = models.CharField(max_length=12)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who is asked to agree; None: there is no one who may."""
    words_ref = models.BigIntegerField()
    """The reason, sealed."""
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OpeningState, default=OpeningState.ASKED)
    state_at = models.DateTimeField()
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="openings")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incidents_opening_is_of_a_report_once_agreed",
                condition=Q(report=None, state__in=[OpeningState.ASKED, OpeningState.NOT_OPENED])
                | Q(report__isnull=False, state__in=[OpeningState.AGREED, OpeningState.ENDED]),
            ),
            models.CheckConstraint(
                name="incidents_opening_needs_two",
                condition=Q(second=None) | ~Q(second=models.F("by")),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "report", "by"], name="incidents_opening_of_report"),
            models.Index(fields=["federation", "by", "-id"], name="incidents_opening_asked_by"),
            models.Index(fields=["federation", "second", "-id"], name="incidents_opening_asked_of"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
