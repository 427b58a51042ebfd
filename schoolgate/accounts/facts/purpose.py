"""From what somebody would use an account for to the facts of account.purpose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from schoolgate.accounts.models import Account
from schoolgate.policy.queries import school_in_rules
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.account_purpose import AccountPurpose, Readers


def purposes_listed(account: Account, book: Book) -> tuple[str, ...]:
    """What the policy in force lists as the purposes of this school's accounts on this network; empty where
    it lists none."""
    found = [
        bound.settings.purpose
        for bound in book.bound("account.purpose")
        if bound.control == "purpose.of_school" and _is_of(account, bound.settings)
    ]
    return tuple(dict.fromkeys(found))


def readers_listed(account: Account, book: Book) -> tuple[str, ...]:
    """For whom the policy in force lets this school write; empty where it names nobody."""
    found = [
        readers
        for bound in book.bound("account.purpose")
        if bound.control == "purpose.for_readers" and _is_of(account, bound.settings)
        for readers in bound.settings.audience
    ]
    return tuple(dict.fromkeys(found))


def purpose_facts(
    account: Account, *, purposes: Sequence[str], readers: Sequence[str], on: date
) -> list[AccountPurpose]:
    """One set of facts for each purpose, and one for each kind of reader, that somebody chose."""
    school = school_in_rules(account.school)
    network = account.network or None
    asked = [AccountPurpose(on=on, school=school, network=network, purpose=one) for one in purposes]
    return asked + [
        AccountPurpose(on=on, school=school, network=network, readers=cast("Readers", one)) for one in readers
    ]


def _is_of(account: Account, settings: object) -> bool:
    school, page = getattr(settings, "school", None), getattr(settings, "page", None)
    if school_in_rules(account.school) != school:
        return False
    return page is None or account.network.casefold() in page.casefold()
