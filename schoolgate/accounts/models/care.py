"""An account's care (checks, reviews, closing), its handovers when a lead leaves, and accounts that existed
before Schoolgate: rows, states and allowed transitions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.proposals import Part, Proposal
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import BroughtList, ListMapping, Permission, Person
from schoolgate.policy.models import DecisionRecord


class Looked(TextChoices):
    """What was checked."""

    ACCOUNT = "account", _("the account")
    CONTRIBUTIONS = "contributions", _("what others contribute")
    FRIENDS = "friends", _("friends’ comments")


class AimState(TextChoices):
    """The result of an aim."""

    MET = "met", _("Achieved")
    PARTLY = "partly", _("Partly achieved")
    NOT_MET = "not_met", _("Not achieved")


class ArchiveState(TextChoices):
    """The status of the file with everything of an account."""

    WAITING = "waiting", _("Waiting to start")
    MAKING = "making", _("Being created")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not created")
    GONE = "gone", _("Destroyed")


ARCHIVE_MOVES: Mapping[ArchiveState, frozenset[ArchiveState]] = {
    ArchiveState.WAITING: frozenset({ArchiveState.MAKING, ArchiveState.FAILED}),
    # Once more from the beginning, where a worker was killed.
    ArchiveState.MAKING: frozenset({ArchiveState.MAKING, ArchiveState.READY, ArchiveState.FAILED}),
    ArchiveState.READY: frozenset(),
    ArchiveState.FAILED: frozenset(),
    ArchiveState.GONE: frozenset(),
}


class ClosingState(TextChoices):
    """The status of the closing of an account."""

    UNDER_WAY = "under_way", _("Under way")
    FINISHED = "finished", _("Closed")
    STOPPED = "stopped", _("Cancelled")


CLOSING_MOVES: Mapping[ClosingState, frozenset[ClosingState]] = {
    ClosingState.UNDER_WAY: frozenset({ClosingState.FINISHED, ClosingState.STOPPED}),
    ClosingState.FINISHED: frozenset(),
    ClosingState.STOPPED: frozenset(),
}


class OfferState(TextChoices):
    """The outcome of an offered part in an account."""

    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Cancelled")


OFFER_MOVES: Mapping[OfferState, frozenset[OfferState]] = {
    OfferState.WAITING: frozenset({OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN}),
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}


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


class AccountMapping(ListMapping):
    """What the columns of a list of accounts mean here."""

    numbered: ClassVar[Promise] = _("Accounts list settings {number}")


class AccountImport(BroughtList):
    """One list of existing accounts."""

    numbered: ClassVar[Promise] = _("Accounts list {number}")

    mapping = models.ForeignKey(AccountMapping, null=True, on_delete=models.PROTECT, related_name="+")


class ImportedAccount(FederationOwned):
    """An account that existed before Schoolgate. It is on the register from the day it was imported.

    `since`: since when it exists, as far as known (a year, a month or a day, as in ISO). `proposal`: the one
    that asks afterwards for the decision that the policy requires. Until `regular_at` nothing is published on
    it without permission.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.OneToOneField(Account, models.PROTECT, related_name="imported")
    since = models.CharField(max_length=10)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    listed_in = models.ForeignKey(AccountImport, models.PROTECT, related_name="+")
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    """What the policy answered about it on the day it came in."""
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="for_account_there")
    regular_at = models.DateTimeField(null=True)
    regular_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_brought_in_regular_by_somebody",
                condition=Q(regular_at=None, regular_by=None)
                | Q(regular_at__isnull=False, regular_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_brought_in_since", condition=Q(since__regex=r"^\d{4}(-\d{2}(-\d{2})?)?$")
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "account"], condition=Q(regular_at=None), name="accounts_to_be_regular"
            )
        ]

    def __str__(self) -> str:
        return f"account {self.account_id}, there since {self.since}"


class KeysKnownTo(FederationOwned):
    """A person who knew an account's keys when it was imported, according to the list. Append-only."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    account = models.ForeignKey(Account, models.PROTECT, related_name="keys_known_to")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "person"], name="accounts_keys_known_once"
            )
        ]

    def __str__(self) -> str:
        return f"keys of account {self.account_id} known to person {self.person_id}"


class GoingOn(FederationOwned):
    """Permission for an account that existed before Schoolgate to publish for now, with its reason.

    The permission says who gave it, in which role and whether it was withdrawn; `until` is its last day.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="going_on")
    leave = models.OneToOneField(Permission, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=600)
    until = models.DateField()
    outstanding = models.PositiveSmallIntegerField()
    """At how many points the policy waited for something when it was given."""
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")
    """What the policy answered about the account when it was given."""
    asked_again_at = models.DateTimeField(null=True)
    """When the person who gave it was asked again, before its end."""

    class Meta:
        constraints = [models.CheckConstraint(name="accounts_going_on_reason", condition=~Q(reason=""))]
        indexes = [models.Index(fields=["federation", "until", "id"], name="accounts_going_on_until")]

    def __str__(self) -> str:
        return f"leave for account {self.account_id} until {self.until}"

    def counts(self, on: date) -> bool:
        """Return whether it lets the account publish on a day."""
        return self.leave.ended_at is None and self.leave.from_day <= on <= self.until


MOST_ACCOUNTS = 500
"""Lines of one list, its headings not included (house rule)."""
LONGEST_LEAVE = timedelta(days=366)
"""How long a permission to continue may last (house rule: no policy mentions it)."""
DECIDE_BEFORE = timedelta(days=14)
"""How long before its end the person who gave the permission is asked again (house rule)."""
SINCE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
"""Since when an account exists, as far as known: a year, a month or a day."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "no_address": _("The address is missing. It identifies the account."),
    "bad_address": _("“{value}” isn’t a web address. Copy it from the top of your browser."),
    "no_network": _("The network is missing, and the address doesn’t show it."),
    "unknown_network": _("{column}: Schoolgate doesn’t recognise “{value}”. Use one of: {known}."),
    "not_a_post": _("This leads to the network itself, not to one of your pages."),
    "network_differs": _("The address is on {told}, but the list says {said}. Correct one of them."),
    "own_network": _("Schoolgate creates the noticeboard itself. Remove this row."),
    "unknown_value": _(
        "{column}: there is no school “{value}” here. Enter its name as Schoolgate has it, or add it first."
    ),
    "unknown_kind": _("{column}: “{value}” isn’t an account type. Use one of: {known}."),
    "bad_since": _(
        "{column}: “{value}” isn’t a day, month or year. Use a format like 1/9/2016, 9/2016 or 2016."
    ),
    "since_future": _(
        "{column}: this date is in the future. For an account that starts later, make a proposal."
    ),
    "unknown_person": _(
        "{column}: no one here is called “{value}”. Add them under People first, "
        "or enter their email address as shown there."
    ),
    "two_of_the_name": _("{column}: several people here are called “{value}”. Enter the email address."),
    "has_left": _("{column}: {name} has left. Enter who runs it now."),
    "yes_or_no": _("{column}: “{value}” must be yes or no."),
    "bad_age": _("{column}: “{value}” isn’t an age."),
    "unreadable": _("{column}: this contains a character that can’t be displayed."),
    "line_twice": _("Row {line} is for the same page."),
    "was_closed": _("This account closed on {day}. To reopen it, propose it."),
    "has_moved": _("This is the former address of {name}, which is already on the register."),
    "is_fake": _("This page was confirmed as a fake account. Check it under Reported fake accounts first."),
    "is_friends": _("This is already on the register as a PTA page: {name}."),
    "is_waiting": _("{name} is already being set up with this address. Continue there."),
    # What would change
    "comes": _("Added to the register as existing before Schoolgate. It can’t post yet."),
    # What is worth knowing
    "here": _("Already on the register as {name}. The import doesn’t change it."),
    "alike": _(
        "Looks very similar to {name}, which is on the register. Check both addresses letter by letter."
    ),
    "was_found": _("This page has already been reported. Deal with it under Unofficial pages afterwards."),
    "no_pupils": _(
        "It isn’t known whether the audience includes pupils. Until it is, no "
        "one can give permission to continue."
    ),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""


class HandoverState(TextChoices):
    """From the moment a leaving is known until the account is shut, has a new lead, or continues
    unchanged."""

    OPEN = "open", _("To be handed over")
    TRANSFERRED = "transferred", _("Handed over")
    CLOSED = "closed", _("Closed")
    STAYS = "stays", _("Continues with the remaining team")
    TAKEN_BACK = "taken_back", _("No longer needed: no one is leaving")


HANDOVER_MOVES: Mapping[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OPEN: frozenset(
        {
            HandoverState.TRANSFERRED,
            HandoverState.CLOSED,
            HandoverState.STAYS,
            HandoverState.TAKEN_BACK,
        }
    ),
    HandoverState.TRANSFERRED: frozenset(),
    HandoverState.CLOSED: frozenset(),
    HandoverState.STAYS: frozenset(),
    HandoverState.TAKEN_BACK: frozenset(),
}


class Ends(TextChoices):
    """How a handover may end, in the words of the rulebook."""

    TRANSFER = "transfer", _("The account has a new person responsible")
    CLOSE = "close", _("The account is closed")
    AS_IT_IS = "as it is", _("It continues as it is, with the remaining team")


ENDS_AS: Mapping[str, HandoverState] = {
    Ends.TRANSFER: HandoverState.TRANSFERRED,
    Ends.CLOSE: HandoverState.CLOSED,
    Ends.AS_IT_IS: HandoverState.STAYS,
}


class RunBy(TextChoices):
    """Who runs a handover: the person or role that the policy names or, where it names no one, that this
    program asks."""

    ROLE = "role", _("a role named in the policy")
    STAYING = "staying", _("an account lead who is staying")
    MANAGER = "manager", _("the manager responsible for the account")
    HOUSE = "house", _("a role chosen by Schoolgate, because the policy names no one")


class Taken(TextChoices):
    """What a leaver may want to keep, in the words of the rulebook."""

    PAGE = "page", _("The page itself")
    DRAFTS = "drafts", _("Drafts")
    MEDIA = "media", _("Pictures and film")
    MESSAGES = "messages", _("Messages")


ENDED_BY_A_PERSON = (HandoverState.TRANSFERRED, HandoverState.STAYS)


class Handover(FederationOwned):
    """An account whose lead leaves, until it is shut or has a new lead.

    `left_on`: the first day on which the leaver is gone. `part`: the leaver's part in it. `run_by` with
    `role_key`: who runs it, and `clauses` that say so (none: this program's rule). `keeps`: what the leaver
    would keep, as stated; None: not stated. `decision` opened it, `end_decision` let it end.
    """

    numbered: ClassVar[Promise] = _("Handover {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    account = models.ForeignKey(Account, models.PROTECT, related_name="handovers")
    leaver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    left_on = models.DateField()
    part = models.CharField(max_length=15, choices=Part)
    run_by = models.CharField(max_length=10, choices=RunBy)
    role_key = models.CharField(max_length=100, blank=True)
    clauses = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=HandoverState, default=HandoverState.OPEN)
    opened_at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    successor_named_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    successor_named_at = models.DateTimeField(null=True)
    keeps = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    end_decision = models.ForeignKey(DecisionRecord, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "leaver"],
                condition=Q(state=HandoverState.OPEN),
                name="accounts_handover_one_open",
            ),
            models.CheckConstraint(
                name="accounts_handover_ended_as_its_state_says",
                condition=Q(state=HandoverState.OPEN, ended_at=None, ended_by=None, end_decision=None)
                | Q(state__in=ENDED_BY_A_PERSON)
                & Q(ended_at__isnull=False, ended_by__isnull=False, end_decision__isnull=False)
                | Q(state=HandoverState.CLOSED, ended_at__isnull=False, end_decision__isnull=False)
                | Q(state=HandoverState.TAKEN_BACK, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_handover_in_somebodys_hands",
                condition=~Q(state=HandoverState.TRANSFERRED) | Q(successor__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_handover_successor_named",
                condition=Q(successor=None, successor_named_by=None, successor_named_at=None)
                | Q(
                    successor__isnull=False,
                    successor_named_by__isnull=False,
                    successor_named_at__isnull=False,
                )
                & ~Q(successor=models.F("leaver")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "left_on", "id"],
                condition=Q(state=HandoverState.OPEN),
                name="accounts_handover_open",
            ),
            models.Index(fields=["federation", "account", "-id"], name="accounts_handover_of_account"),
            models.Index(fields=["federation", "leaver", "-id"], name="accounts_handover_of_leaver"),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk} of account {self.account_id}"
