"""The common part of every row that is sent, answered or taken down: one intent, in the handshake's steps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core import work
from schoolgate.core.models import FederationOwned
from schoolgate.networks.handshake import Intent, IntentSnapshot
from schoolgate.networks.port import LONGEST_WORDS, Ref

TO_DRIVE = (Intent.WRITTEN, Intent.SENT, Intent.UNKNOWN)
"""States in which the program has the next step to take."""
A_MINUTE = timedelta(minutes=1)


class IntentState(models.TextChoices):
    """The states of `handshake.Intent`, in words for a page."""

    WRITTEN = "written", _("Waiting to be sent")
    SENT = "sent", _("Sent, being checked")
    CONFIRMED = "confirmed", _("Done and confirmed on the network")
    DIFFERENT = "different", _("Result differs, needs checking")
    UNKNOWN = "unknown", _("No response: checking the network")
    ASKED = "asked", _("Not confirmed: check on the network")
    FAILED = "failed", _("Not done")
    CANCELLED = "cancelled", _("Cancelled before it was sent")


class IntentRow(FederationOwned):
    """One intent about one account. `by_hand`: a person does it on the network's own pages."""

    intent_key = models.CharField(max_length=40)
    by_hand = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=IntentState, default=Intent.WRITTEN)
    state_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    receipt = models.JSONField(null=True, blank=True)
    because = models.CharField(max_length=40, blank=True)
    """A short code: of the network's error, or of how the intent came to its end."""
    what_next = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    """The network's own words about what went wrong; empty once it went well."""
    differences = models.JSONField(default=list)

    class Meta:
        abstract = True

    @property
    def ref(self) -> Ref | None:
        """Return its address on the network, once known."""
        return Ref.from_json(self.receipt) if self.receipt else None

    def known(self) -> IntentSnapshot:
        """What the handshake decides from."""
        return IntentSnapshot(
            state=Intent(self.state),
            attempts=self.attempts,
            sent_at=self.sent_at,
            receipt=self.ref,
            not_before=self.not_before,
        )


@dataclass(frozen=True)
class Waiting:
    """An intent that wants a step. `slow`: its network has kept it waiting before."""

    pk: int
    account_id: int
    slow: bool


def waiting(rows: models.QuerySet[Any], at: datetime, *, account: str = "account_id") -> list[Waiting]:
    """Which of these rows the program has to take a step for by now, untried ones first. One query.

    `account`: where a row names its account.
    """
    ripe = Q(not_before=None) | Q(not_before__lte=at)
    rows = rows.filter(ripe, state__in=TO_DRIVE, by_hand=False)
    found = rows.order_by(F("not_before").asc(nulls_first=True), "id")
    return [
        # One that is SENT was left by a worker that died: no network has kept it waiting.
        Waiting(pk, account_id, slow=attempts > 0 and state != Intent.SENT)
        for pk, account_id, state, attempts in found.values_list("pk", account, "state", "attempts")
    ]


def again_soon(row: IntentRow, *, task: str, name: str, account_id: int) -> None:
    """Have what is to be removed tried again after its wait where that is seconds: the sweep of each minute
    would come too late. `task` takes the row's id as `name`."""
    if row.state != Intent.WRITTEN or row.not_before is None or row.not_before > row.state_at + A_MINUTE:
        return
    lock, once = work.of_account("sending", account_id), work.of_row(f"{task}-again", row.pk)
    job = app.configure_task(task, lock=lock, queueing_lock=once, schedule_at=row.not_before, priority=1)
    work.defer_unless_it_waits(job, once=once, federation_id=row.federation_id, **{name: row.pk})
