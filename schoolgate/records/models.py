"""Rows of how long a federation keeps its records, why one is held and why one is erased.

Texts of events about retention in the record.

Kinds of tasks about records.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.incidents.duty_kinds import REPORTS
from schoolgate.people.models import Person


class Setting(FederationOwned):
    """How long one kind of records is kept, and whether what is over is destroyed. Append-only: the newest
    of a kind counts; without one, the default counts and nothing is destroyed.

    `months`: None: kept until the federation says otherwise. `runs`: a person saw what would go, and started.
    """

    numbered: ClassVar[Promise] = _("Retention period {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField(null=True)
    runs = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="records_only_a_period_runs",
                condition=models.Q(runs=False) | models.Q(months__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["federation", "kind", "-id"], name="records_setting_newest")]

    def __str__(self) -> str:
        return f"period {self.pk} of {self.kind}"


class Erasing(FederationOwned):
    """Why one thing is to go before its time, in the words of the person who erases it, or who asks a second
    person to. Append-only."""

    numbered: ClassVar[Promise] = _("Reason for erasing {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=20)
    thing = models.BigIntegerField()
    """The number of the one, as people know it (`Destruction.thing`)."""
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["federation", "kind", "thing"], name="records_erasing_of")]

    def __str__(self) -> str:
        return f"reason {self.pk} for erasing"


class Because(models.TextChoices):
    """The reason of a hold: a short code, because it is in the record."""

    SUBJECT_ACCESS = "subject_access", _("A person asked for their data")
    COMPLAINT = "complaint", _("A complaint")
    INVESTIGATION = "investigation", _("An investigation")
    CLAIM = "claim", _("A legal claim, made or likely")
    INQUIRY = "inquiry", _("A public inquiry")
    INFORMATION = "information", _("A freedom of information request")


class Why(models.TextChoices):
    """The reason why one is erased before its time (UK GDPR Art. 17(1)): a short code, because it is in the
    record."""

    ASKED = "asked", _("The person asked for it")
    CONSENT = "consent", _("Consent was withdrawn")
    OBJECTED = "objected", _("The person objected to our use of it")
    NOT_NEEDED = "not_needed", _("We no longer need it")
    MISTAKE = "mistake", _("It should never have been stored")
    LAW = "law", _("A court or the law requires it")


declare_events(
    {
        "records.destroyed": Event(_("Records whose retention period was over were destroyed.")),
        "records.erased": Event(_("A record was erased early."), heard=True),
        "records.erasing_asked": Event(_("A safeguarding lead asked another to erase a concern with them.")),
        "records.period_set": Event(_("A retention period was set.")),
        "records.started": Event(_("A person started the destruction of records that are due.")),
        "records.stopped": Event(_("A person stopped the destruction of records.")),
    }
)


# fmt: off
ERASE = declare_task("records.erase", _("Erase a concern as the second safeguarding lead, or leave it"),
    _("Read and decide"),
    page="evidence", view="as=records&kind=concerns&number=", mail="incidents.taken", named=REPORTS,
    passed_on=False, keeps=False)
# fmt: on
