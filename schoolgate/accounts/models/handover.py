"""Handovers when an account lead leaves: rows and states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.models.proposals import Part
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord


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
