"""Rows of enquiries from the press: each enquiry, each step and version of a statement, and what is
expected; their states.

Texts of events about enquiries from the press in the record.

Kinds of tasks about enquiries from the press.

Enquiries from the press, and attention that was expected: what is due, and how it is destroyed.

The steps and versions of a statement stay, because an approval names the digest of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.core.retention import (
    NO_SOURCE,
    NUMBERED,
    SIX_YEARS,
    Area,
    Declared,
    Part,
    Public,
    Row,
    unless_empty,
)
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.policy.models import DECIDED_ON, DecisionRecord


class EnquiryState(TextChoices):
    """The status of an enquiry."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


ENQUIRY_MOVES: Mapping[EnquiryState, frozenset[EnquiryState]] = {
    EnquiryState.OPEN: frozenset({EnquiryState.CLOSED}),
    EnquiryState.CLOSED: frozenset({EnquiryState.OPEN}),
}


class How(TextChoices):
    """How a journalist got in touch."""

    ITEM = "item", _("In the inbox")
    TELEPHONE = "telephone", _("By telephone")
    EMAIL = "email", _("By email")
    LETTER = "letter", _("By letter")
    IN_PERSON = "in_person", _("In person")
    FOUND = "found", _("Found by a saved search")


BY_HAND = tuple(how for how in How if how not in (How.ITEM, How.FOUND))


class Released(TextChoices):
    """How a statement was given."""

    TELEPHONE = "telephone", _("Read out by telephone")
    EMAIL = "email", _("Sent by email")
    IN_PERSON = "in_person", _("Read out in person")
    REPLY = "reply", _("As a reply")


RELEASED_BY_HAND = tuple(how for how in Released if how is not Released.REPLY)


class Outcome(TextChoices):
    """How an enquiry ended."""

    REPORTED = "reported", _("They reported on it")
    ANSWERED = "answered", _("Answered, and nothing reported so far")
    DROPPED = "dropped", _("They no longer needed an answer")
    DECLINED = "declined", _("We gave no statement")
    NOT_PRESS = "not_press", _("It wasn’t from the press")


class StepKind(TextChoices):
    """What happened with an enquiry."""

    KEPT = "kept", _("Recorded")
    SAID = "said", _("Question answered")
    PASSED = "passed", _("Passed on")
    WENT_TO = "went_to", _("Sent to the people who answer here")
    UNHELD = "unheld", _("Couldn’t be passed on: no one has the role")
    HOLDING = "holding", _("Holding line given")
    DRAFTED = "drafted", _("Statement written")
    ASKED = "asked", _("Approval requested")
    RELEASED = "released", _("Statement given")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")


class Enquiry(FederationOwned):
    """One enquiry of a journalist: an item of the inbox, or entered by hand. Rows are never removed.

    What isn't known yet (is it about posts, is a comment wanted for publication) stays None.
    """

    numbered: ClassVar[Promise] = _("Press enquiry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.OneToOneField(Item, models.PROTECT, null=True, related_name="enquiry")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    outlet = models.CharField(max_length=200, blank=True)
    journalist = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    wants = models.TextField(blank=True)
    until = models.DateTimeField(null=True)
    """When they need an answer, as they put it; no deadline of the policy."""
    received_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    about_posts = models.BooleanField(null=True)
    asks_for_comment = models.BooleanField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=EnquiryState, default=EnquiryState.OPEN)
    state_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="press_enquiry_by_item_or_hand",
                condition=Q(how=How.ITEM, item__isnull=False, account__isnull=False)
                | ~Q(how=How.ITEM) & Q(item=None) & ~Q(wants=""),
            ),
            models.CheckConstraint(
                name="press_enquiry_closed_with_outcome",
                condition=Q(state=EnquiryState.CLOSED) & ~Q(outcome="")
                | Q(state=EnquiryState.OPEN, outcome=""),
            ),
        ]
        indexes = [models.Index(fields=["federation", "state", "-id"], name="press_enquiry_newest")]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"


class Statement(FederationOwned):
    """One version of what we say. Its digest is what an approval names; a later one never replaces it."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "enquiry", "number"], name="press_statement_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of enquiry {self.enquiry_id}"


class EnquiryStep(FederationOwned):
    """One line of the log of an enquiry. `by` None: the program did it, by the policy."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    role_key = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=Released, blank=True)
    words = models.TextField(blank=True)
    clauses = ArrayField(models.CharField(max_length=80), default=list)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["federation", "enquiry", "id"], name="press_step_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} of enquiry {self.enquiry_id}"


class Expectation(FederationOwned):
    """Attention of the press that is expected until a day, and the line agreed for it."""

    numbered: ClassVar[Promise] = _("Expected press attention {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=200)
    line = models.TextField(blank=True)
    until = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [models.Index(fields=["federation", "until", "id"], name="press_expected_until")]
        constraints = [
            models.CheckConstraint(
                name="press_expected_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"expectation {self.pk}"


declare_events(
    {
        "enquiry.closed": Event(_("An enquiry from the press was closed.")),
        "enquiry.drafted": Event(_("A statement for the press was written.")),
        "enquiry.holding": Event(_("A holding line was given to a journalist.")),
        "enquiry.kept": Event(_("An enquiry from the press was recorded.")),
        "enquiry.passed": Event(_("An enquiry from the press was passed on.")),
        "enquiry.refused": Event(_("The policy didn’t allow an answer to the press.")),
        "enquiry.released": Event(_("A statement was given to the press.")),
        "enquiry.reopened": Event(_("An enquiry from the press was reopened.")),
        "enquiry.said": Event(_("A question about an enquiry from the press was answered.")),
        "expectation.ended": Event(_("Expected press attention was ended.")),
        "expectation.noted": Event(_("Expected press attention was noted.")),
        "expectation.refused": Event(_("The policy didn’t allow a note about expected press attention.")),
    }
)


HERE = "as=press&enquiry="
"""How the inbox shows one enquiry; its number follows."""

# fmt: off
ENQUIRY = declare_task("press.enquiry", _("A journalist has asked us something"), _("Read enquiry"),
    page="inbox", view=HERE, mail="press")
PASS_ON = declare_task("press.pass_on", _("Pass on an enquiry from the press: no one here has the role"),
    _("Read enquiry"),
    page="inbox", view=HERE, mail="press")
HANDS_OFF = declare_task("press.hands_off", _("A journalist has asked: don’t answer before you’ve read this"),
    _("Read why"),
    page="inbox", view=HERE, mail="press")
# fmt: on


class PressEnquiries(Declared):
    """Enquiries from the press that were closed."""

    key, number, endings = "press", 10, ("enquiry_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Press enquiries and statements")
    thing = _("Press enquiry")
    counted = _("From the day it was closed.")
    goes = _("Who asked, for which paper or station, what they wanted, our notes and our statements.")
    stays = _("The enquiry’s dates and outcome, and who approved which version.")
    because = SIX_YEARS
    first = _("Close the enquiry, and finish every task and concern about it.")
    row = Row(
        Enquiry,
        over=Q(state=EnquiryState.CLOSED),
        since="state_at",
        empties={"outlet": "", "journalist": "", "contact": "", "wants": "-"},
        parts=(
            Part(EnquiryStep, "enquiry", {"words": ""}),
            Part(Statement, "enquiry", {"text": ""}),
            DECIDED_ON,
        ),
    )


class ExpectedAttention(Declared):
    """Attention of the press that was expected, once that is over."""

    key, number, endings = "expected", 28, ("expected_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Expected press attention")
    thing = _("Expected press attention")
    counted = _("From its last day, or the day it was ended.")
    goes = _("What it was about, the agreed line, and the answers that decisions were based on.")
    stays = _("The dates and school of the expected attention, and who entered and ended it.")
    because = NO_SOURCE
    first = _("End it first.")
    row = Row(
        Expectation,
        over=Q(),
        since=("ended_at", "until"),
        empties={"about": NUMBERED, "line": unless_empty("line")},
        parts=(DECIDED_ON,),
    )

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Expectation]:
        """Leave out what is expected today."""
        return super().due(before, at=at).exclude(ended_at=None, until__gte=local_day(at))
