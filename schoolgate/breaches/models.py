"""Rows of breaches and their states. What was written is sealed in rows of its own; the others hold times
and choices.

Texts of events about data breaches in the record.

Kinds of tasks about data breaches.

Breaches whose record was closed: what is due, and how it is destroyed.

The row of a breach and its steps stay: they are the log of all breaches (UK GDPR Article 33(5)).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.core.retention import SIX_YEARS, Area, Declared, Part, Public, Row
from schoolgate.duties.kinds import Named
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.policy.models import DECIDED_ON


class BreachState(TextChoices):
    """Whether the record is still worked on."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


BREACH_MOVES: Mapping[BreachState, frozenset[BreachState]] = {
    BreachState.OPEN: frozenset({BreachState.CLOSED}),
    BreachState.CLOSED: frozenset({BreachState.OPEN}),
}


class Risk(TextChoices):
    """How great the risk to people is, as a person judged it."""

    NONE = "none", _("A risk is unlikely")
    RISK = "risk", _("Risk")
    HIGH = "high", _("High risk")


class NotTold(TextChoices):
    """Why people at high risk need not be told one by one (UK GDPR Article 34(3))."""

    PROTECTED = "protected", _("Others can’t read the data, for example because it’s encrypted")
    AVERTED = "averted", _("What we’ve done since means the risk is no longer high")
    PUBLIC_NOTICE = "public_notice", _("It would take a disproportionate effort, so we published a notice")


class StepKind(TextChoices):
    """What was done with a breach."""

    OPENED = "opened", _("Recorded")
    DESCRIBED = "described", _("Details changed")
    AWARE = "aware", _("Start of the 72 hours changed")
    RISK = "risk", _("Risk assessed")
    AUTHORITY = "authority", _("ICO told")
    PEOPLE = "people", _("People told")
    NOT_TOLD = "not_told", _("People not told individually")
    BROUGHT_IN = "brought_in", _("Person added")
    NOTED = "noted", _("Note added")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


LETS_IN = (StepKind.OPENED, StepKind.BROUGHT_IN)
"""Steps that give the person they name access to the breach."""


class Breach(FederationOwned):
    """A personal data breach: when, how great the risk is, who was told when. Nothing of its content.

    `report`: the concern it was recorded from; `thing`: what it is about (`publishing.post:12`). `due_at`: 72
    elapsed hours after `aware_at`. `written`: which parts of the description there are (`cases.PARTS`).
    Rows are never removed: they are the log of all breaches."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    reference = models.CharField(max_length=12)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    thing = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True)
    aware_at = models.DateTimeField()
    due_at = models.DateTimeField()
    written = models.JSONField(default=list)

    risk = models.CharField(max_length=8, choices=Risk, blank=True)
    authority_told_at = models.DateTimeField(null=True)
    authority_reference = models.CharField(max_length=40, blank=True)
    delay_explained = models.BooleanField(default=False)
    people_told_at = models.DateTimeField(null=True)
    not_told = models.CharField(max_length=16, choices=NotTold, blank=True)

    state = models.CharField(max_length=8, choices=BreachState, default=BreachState.OPEN)
    state_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "reference"], name="breaches_reference_once"),
            models.UniqueConstraint(
                fields=["federation", "report"],
                condition=Q(report__isnull=False),
                name="breaches_one_of_a_report",
            ),
            models.CheckConstraint(
                name="breaches_due_after_aware", condition=Q(due_at__gt=models.F("aware_at"))
            ),
            models.CheckConstraint(
                name="breaches_told_or_not", condition=Q(people_told_at=None) | Q(not_told="")
            ),
        ]
        indexes = [models.Index(fields=["federation", "-recorded_at", "-id"], name="breaches_newest")]

    def __str__(self) -> str:
        return f"breach {self.pk}"


class Reader(FederationOwned):
    """A person who has opened a breach. The database gives its content to no one else."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "breach", "person"], name="breaches_reader_once"),
        ]

    def __str__(self) -> str:
        return f"reader {self.person_id} of breach {self.breach_id}"


class Step(FederationOwned):
    """One step taken with a breach, without any of its content. `person`: who was brought in. `code`: the
    risk judged, or why people were not told."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["federation", "breach", "id"], name="breaches_step_of_breach"),
            models.Index(fields=["federation", "person", "breach"], name="breaches_step_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on breach {self.breach_id}"


class Content(FederationOwned):
    """What was written at a step: a reference into the vault. A second row policy gives it only to those who
    have opened the breach (`only_read_by`)."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True
    only_read_by: ClassVar[tuple[str, str] | None] = ("breaches_reader", "breach_id")

    step = models.OneToOneField(Step, models.PROTECT, primary_key=True, related_name="content")
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="+")
    words_ref = models.BigIntegerField()

    def __str__(self) -> str:
        return f"content of step {self.step_id}"


declare_events(
    {
        "breach.authority_told": Event(_("The ICO was told about a data breach.")),
        "breach.aware_changed": Event(_("The time the school became aware of a data breach was changed.")),
        "breach.brought_in": Event(_("A person was added to a data breach.")),
        "breach.closed": Event(_("The record of a data breach was closed.")),
        "breach.described": Event(_("The details of a data breach were changed.")),
        "breach.noted": Event(_("A note was added to a data breach.")),
        "breach.opened": Event(_("A data breach was recorded.")),
        "breach.people_not_told": Event(
            _("A reason was given for not telling people individually about a data breach.")
        ),
        "breach.people_told": Event(_("The people affected were told about a data breach.")),
        "breach.read": Event(_("The record of a data breach was read.")),
        "breach.refused": Event(_("The record of a data breach couldn’t be closed: the law asks for more.")),
        "breach.reopened": Event(_("The record of a data breach was reopened.")),
        "breach.risk_judged": Event(_("The risk from a data breach was assessed.")),
    }
)


BREACHES = Named(Breach, ("reference",))
"""The number alone: what a breach is about is shown only on its own page."""

# fmt: off
AUTHORITY = declare_task("breaches.authority", _("Data breach: assess the risk and tell the ICO"),
    _("Open breach"), page="breach", mail="breaches", named=BREACHES, harm=True, passed_on=False)
PEOPLE = declare_task("breaches.people", _("Data breach: tell the people affected"),
    _("Open breach"), page="breach", mail="breaches", named=BREACHES, harm=True, passed_on=False)
# fmt: on

OF_NEEDS = {"breach.tell_authority": AUTHORITY, "breach.tell_people": PEOPLE}
"""The kind of task for each thing that the law's rules oblige to."""


class Breaches(Declared):
    """What was written about breaches whose record was closed."""

    key, number, endings = "breaches", 13, ("breach_period",)
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Data breaches")
    thing = _("Data breach")
    counted = _("From the day it was closed.")
    goes = _("The description, the assessment, all notes, and the answers that decisions were based on.")
    stays = _(
        "The breach’s reference and dates, the risk, and who was told when: the law requires "
        "this log (UK GDPR Article 33(5))."
    )
    because = SIX_YEARS
    first = _("Close the record, and finish every task about it.")
    row = Row(
        Breach,
        over=Q(state=BreachState.CLOSED),
        since="state_at",
        empties={},
        parts=(
            Part(Content, "breach", sealed=("words_ref",)),
            DECIDED_ON,
        ),
    )
