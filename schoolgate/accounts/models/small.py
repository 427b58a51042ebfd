"""Rows of quick requests, and what the database refuses."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.states.small import SmallKind, SmallState
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord

DECIDED = (SmallState.APPROVED, SmallState.REFUSED, SmallState.DONE)


class SmallProposal(FederationOwned):
    """A quick request: a plan outside our own accounts that needs approval under the policy first.

    It never changes once submitted: an approval covers these words. A change needs a new request, which
    names the earlier one. A column that this policy's rules do not ask for stays empty.
    """

    numbered: ClassVar[Promise] = _("Quick request {number}")

    kind = models.CharField(max_length=15, choices=SmallKind)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    """The other site, the organisation, or a short name of the call."""
    address = models.URLField(max_length=500, blank=True)
    words = models.TextField(max_length=4000)
    """The plan and its purpose; for a call its text."""
    for_school = models.BooleanField(null=True)
    through_social_media = models.BooleanField(null=True)
    checked_on = models.DateField(null=True)
    open_points = models.JSONField(default=list)
    """Departures from the guidance, one text each; empty where there are none."""
    form = models.ForeignKey("accounts.Proposal", models.PROTECT, null=True, related_name="+")
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SmallState, default=SmallState.WAITING)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_role_key = models.CharField(max_length=100, blank=True)
    decided_digest = models.CharField(max_length=64, blank=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, max_length=4000)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_small_proposal_decided_as_its_state_says",
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                & Q(decision__isnull=False)
                & ~Q(decided_digest="")
                | ~Q(state__in=DECIDED) & Q(decided_at=None, decided_by=None),
            ),
            models.CheckConstraint(
                name="accounts_small_refusal_gives_its_reason",
                condition=~Q(state=SmallState.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="accounts_small_proposal_done_as_its_state_says",
                condition=Q(state=SmallState.DONE, done_at__isnull=False, done_by__isnull=False)
                | ~Q(state=SmallState.DONE) & Q(done_at=None, done_by=None),
            ),
            models.CheckConstraint(
                name="accounts_small_proposal_says_what",
                condition=~Q(name="") & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="accounts_only_another_site_has_no_account",
                condition=Q(kind=SmallKind.TAKE_PART, account=None)
                | ~Q(kind=SmallKind.TAKE_PART) & Q(account__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-submitted_at", "-id"], name="accounts_small_newest"),
            models.Index(fields=["federation", "account", "kind", "state"], name="accounts_small_by_account"),
        ]

    def __str__(self) -> str:
        return self.name
