"""Rows of an account's care: checks, reviews, its closing, and its handover to other people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.states import AimState, ArchiveState, ClosingState, Looked, OfferState, Part
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord

DONE = (ClosingState.FINISHED, ClosingState.STOPPED)


class Look(FederationOwned):
    """One check of an account. `roles`: the keys of the policy roles the person held then,
    comma-separated."""

    numbered: ClassVar[Promise] = _("Account check {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=15, choices=Looked, default=Looked.ACCOUNT)
    roles = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["federation", "account", "-at"], name="accounts_look_of_account")]

    def __str__(self) -> str:
        return f"look {self.pk} at account {self.account_id}"


class Care(FederationOwned):
    """What is recorded about the care of an account besides its checks.

    `last_look`: the newest check, so that a long gap needs no search. `friends_may_comment`: whether
    friends of it may comment, once stated. `evaluate_on`: the day set for the next review;
    `first_day_taken`: whether it has been copied from the proposal.
    """

    numbered: ClassVar[Promise] = _("Account care {number}")

    account = models.OneToOneField(Account, models.PROTECT, related_name="watched")
    last_look = models.ForeignKey(Look, models.PROTECT, null=True, related_name="+")
    friends_may_comment = models.BooleanField(null=True)
    evaluate_on = models.DateField(null=True)
    first_day_taken = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"care for account {self.account_id}"


class Evaluation(FederationOwned):
    """A review of an account: the results of its aims, and whether it still serves them. Append-only.

    `set_for`: the day that had been set for it, if any. `figures`: what the pages showed then.
    """

    numbered: ClassVar[Promise] = _("Account review {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="evaluations")
    set_for = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    serves_aims = models.BooleanField(null=True)
    words = models.TextField(blank=True, max_length=4000)
    next_on = models.DateField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["federation", "account", "-id"], name="accounts_evaluation_newest")]

    def __str__(self) -> str:
        return f"evaluation {self.pk} of account {self.account_id}"


class AimResult(FederationOwned):
    """The result of one aim."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    aim = models.TextField(max_length=20_000)
    state = models.CharField(max_length=10, choices=AimState)
    words = models.TextField(blank=True, max_length=4000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "evaluation", "number"], name="accounts_one_result_an_aim"
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.number} of evaluation {self.evaluation_id}"


class Archive(FederationOwned):
    """Everything that an account published and the comments below it, as one file made by a job.

    The file is in the store under `digest`. `done` of `total`: the job's progress.
    """

    numbered: ClassVar[Promise] = _("Account archive {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="archives")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ArchiveState, default=ArchiveState.WAITING)
    state_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_archive_ready_has_its_file",
                condition=Q(state=ArchiveState.READY) & ~Q(digest="")
                | ~Q(state=ArchiveState.READY) & Q(digest=""),
            ),
            models.UniqueConstraint(
                fields=["federation", "account"],
                condition=Q(state__in=[ArchiveState.WAITING, ArchiveState.MAKING]),
                name="accounts_one_archive_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["federation", "state", "id"], name="accounts_archive_by_state")]

    def __str__(self) -> str:
        return f"archive {self.pk} of account {self.account_id}"


class Closing(FederationOwned):
    """The closing of an account, step by step; it can be continued at any time.

    `closes_on`, `who`, `content`, `followers`: the plan for its end. A step is done when it has its instant.
    """

    numbered: ClassVar[Promise] = _("Account closure {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="closings")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ClosingState, default=ClosingState.UNDER_WAY)
    state_at = models.DateTimeField()
    closes_on = models.DateField(_("Closing date"), null=True)
    who = models.TextField(_("Who will close it"), blank=True, max_length=2000)
    content = models.TextField(_("What happens to the content"), blank=True, max_length=2000)
    followers = models.TextField(_("Message to followers"), blank=True, max_length=2000)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    archive = models.ForeignKey(Archive, models.PROTECT, null=True, related_name="+")
    shut_at = models.DateTimeField(null=True)
    shut_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account"],
                condition=~Q(state__in=DONE),
                name="accounts_one_closing_at_a_time",
            ),
            models.CheckConstraint(
                name="accounts_closing_steps_have_a_person",
                condition=(Q(told_at=None, told_by=None) | Q(told_at__isnull=False, told_by__isnull=False))
                & (Q(shut_at=None, shut_by=None) | Q(shut_at__isnull=False, shut_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="accounts_closing_finished_has_all_its_steps",
                condition=~Q(state=ClosingState.FINISHED)
                | Q(
                    told_at__isnull=False,
                    archive__isnull=False,
                    shut_at__isnull=False,
                    closed_by__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"closing {self.pk} of account {self.account_id}"


class Offer(FederationOwned):
    """An offer of a part in an account; the person accepts it on their own sign-in.

    `instead_of`: who steps back from that part once it is accepted; None: no one does.
    """

    numbered: ClassVar[Promise] = _("Requested account role {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="offers")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    to = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=15, choices=Part)
    instead_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.WAITING)
    state_at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "to", "part"],
                condition=Q(state=OfferState.WAITING),
                name="accounts_one_offer_a_person",
            ),
            models.CheckConstraint(
                name="accounts_offer_is_to_somebody_else",
                condition=Q(instead_of=None) | ~Q(instead_of=F("to")),
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk} of account {self.account_id}"
