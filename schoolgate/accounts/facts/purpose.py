"""Build the facts of account.purpose from a proposed use of an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast, get_args

from schoolgate.accounts.models import Account
from schoolgate.policy.queries import school_in_rules
from schoolgate.rulebook import Book
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.situations.account_begin import AccountPurpose, Readers


def purposes_listed(account: Account, book: Book) -> tuple[str, ...]:
    """Return what the policy in force lists as the purposes of this school's accounts on this network; empty
    where it lists none."""
    return _listed(account, book, "school_purpose", "purpose")


def readers_listed(account: Account, book: Book) -> tuple[str, ...]:
    """Return the audiences for which the policy in force lets this school write; empty where it names
    none."""
    return tuple(one for one in _listed(account, book, "written_for", "readers") if one in get_args(Readers))


def purpose_facts(
    account: Account, *, purposes: Sequence[str], readers: Sequence[str], on: date
) -> list[AccountPurpose]:
    """Return one set of facts for each chosen purpose, and one for each chosen kind of reader."""
    school = school_in_rules(account.school)
    network = account.network or None
    asked = [AccountPurpose(on=on, school=school, network=network, purpose=one) for one in purposes]
    return asked + [
        AccountPurpose(on=on, school=school, network=network, readers=cast("Readers", one)) for one in readers
    ]


def _listed(account: Account, book: Book, point: str, name: str) -> tuple[str, ...]:
    rules = (one for one in book.at("account.purpose", point) if _is_of(account, one))
    return tuple(dict.fromkeys(value for one in rules for value in one.stated(name)))


def _is_of(account: Account, rule: CompiledRule) -> bool:
    if school_in_rules(account.school) not in rule.stated("school"):
        return False
    networks = rule.stated("network")
    return not networks or account.network.casefold() in networks
