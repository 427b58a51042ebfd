"""Evidence that an account is ours: its code, checks of its page, a person's statement; and its new
address."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import key_of
from schoolgate.accounts.facts.register import account_facts
from schoolgate.accounts.models import Account, AccountCode, AccountMark, FormerAddress
from schoolgate.accounts.queries.accounts import leads
from schoolgate.accounts.queries.register import policy_or_none
from schoolgate.accounts.rules import check_may_open
from schoolgate.accounts.rules.register import check_may_vouch
from schoolgate.accounts.states import AccountState, Mark, Seen
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import DecisionRecord

LOST = "accounts.mark_lost"
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that are easily confused when typed."""


@action
def give_code(*, account: Account, by: Person, at: datetime) -> AccountCode:
    """Return the code for the text of the account's profile; the same one every time. Raises NotAllowed."""
    check_may_vouch(by, account, on=local_day(at))
    code = "sg-" + "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
    found, new = AccountCode.objects.get_or_create(account=account, defaults={"code": code, "at": at})
    if new:
        record("account.code_given", subject=account, at=at, actor=by)
    return found


@action
def vouch_for_mark(*, account: Account, by: Person, at: datetime, mark: str, there: bool) -> AccountMark:
    """Record what a person saw on the account's page. Raises NotAllowed, NotNow once it is closed,
    BadInput."""
    check_may_vouch(by, account, on=local_day(at))
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    if mark not in Mark.values:
        raise BadInput({"mark": _("Choose what you checked for.")})
    if mark == Mark.TEXT and not AccountCode.objects.filter(account=account).exists():
        raise BadInput({"mark": _("Get the code first and add it to the profile text.")})
    return _note(account, Mark(mark), Seen.THERE if there else Seen.MISSING, by=by, at=at)


@action
def note_looks(*, account: Account, at: datetime, seen: Mapping[Mark, Seen]) -> None:
    """Record what the program found on the account's page."""
    for mark, what in seen.items():
        _note(account, mark, what, by=None, at=at)


def _note(account: Account, mark: Mark, seen: Seen, *, by: Person | None, at: datetime) -> AccountMark:
    before = AccountMark.objects.select_for_update().filter(account=account, mark=mark).first()
    row = before or AccountMark(account=account, mark=mark)
    was = before.seen if before else ""
    row.tried_at = at
    if seen != Seen.UNREADABLE or before is None:
        row.seen = seen
    if seen != Seen.UNREADABLE:
        row.looked_at, row.by = at, by
        row.there_at = at if seen == Seen.THERE else row.there_at
    row.save()
    if seen == Seen.THERE and was != Seen.THERE:
        record("account.mark_seen", subject=account, at=at, actor=by, mark=str(mark))
        _settle(account, by=by, at=at)
    if seen == Seen.MISSING and was == Seen.THERE:
        kept = _ask(account, by=by, at=at)
        record(
            "account.mark_lost", subject=account, at=at, actor=by, mark=str(mark),
            clauses=kept.clauses if kept else [], decision=kept.pk if kept else None,
        )  # fmt: skip
        tell_leads(account, kept, at=at)
    return row


def _settle(account: Account, *, by: Person | None, at: datetime) -> None:
    """Mark a missing mark as found again, once no other mark is missing."""
    if not AccountMark.objects.filter(account=account, seen=Seen.MISSING, there_at__isnull=False).exists():
        discharge(kind=LOST, subject=account, by=by, at=at, how="there_again")


def _ask(account: Account, *, by: Person | None, at: datetime) -> DecisionRecord | None:
    """Ask what the policy says about the account now; None before one is in force."""
    if policy_or_none(local_day(at)) is None:
        return None
    fresh = Account.objects.select_related("school").get(pk=account.pk)
    return record_decision(
        "account.looked_up", account_facts(fresh, on=local_day(at)), at=at, by=by, subject=account
    )


def tell_leads(account: Account, kept: DecisionRecord | None, *, at: datetime) -> None:
    """Ask each lead of the account to restore its marks. No policy gives a deadline for it."""
    for lead in leads(account):
        open_duty(
            kind=LOST, subject=account, at=at, due=Due.none_promised(), person=lead, school=account.school,
            account=account.pk, clauses=kept.clauses[:20] if kept else (), decision=kept,
        )  # fmt: skip


@action
def move_account(*, account: Account, by: Person, at: datetime, address: str, handle: str = "") -> Account:
    """Give an open account its new address; the old one stays on record and leads to the new one.

    Evidence from the old address proves nothing about the new one, so its marks are looked for again.
    Raises NotAllowed, NotNow unless it is open, BadInput.
    """
    check_may_open(by, account, on=local_day(at))
    if account.state != AccountState.OPEN:
        raise NotNow(
            _("Only an open account can move to a new address."),
            _("While an account is being set up, change its address there."),
        )
    wrong: dict[str, Text] = {}
    if not address.startswith("https://") or not key_of(address):
        wrong["address"] = _("Enter the full web address, starting with https://")
    elif (address, handle) == (account.address, account.handle):
        wrong["address"] = _("The account already has that address. Enter its new one.")
    taken = Account.objects.filter(network=account.network, address=address).exclude(pk=account.pk)
    if not wrong and taken.exclude(state=AccountState.CLOSED).exists():
        wrong["address"] = _("Another of our accounts has this address. Find it on the register.")
    if wrong:
        raise BadInput(wrong)
    note_former_address(account, by=by, at=at)
    account.address, account.handle = address, handle
    account.save(update_fields=["address", "handle"])
    AccountMark.objects.filter(account=account).delete()
    cancel(kind=LOST, subject=account, because="moved", at=at, by=by)
    record("account.moved", subject=account, at=at, actor=by)
    return account


def note_former_address(account: Account, *, by: Person | None, at: datetime) -> None:
    """Record an account's previous address, inside the action that moves it."""
    FormerAddress.objects.create(
        account=account, address=account.address, handle=account.handle, until=at, by=by
    )
