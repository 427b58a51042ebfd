"""Build the facts of account.use from the conditions of an account's approval and a person's statements
about an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, cast

from schoolgate.accounts.facts.proposals import actor
from schoolgate.accounts.models import Account, Condition, ConditionWord
from schoolgate.core.clock import local_day
from schoolgate.people.models import Person
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.account_run import AccountUse
from schoolgate.rulebook.situations.account_run import Condition as ConditionFact


def use_facts(
    account: Account,
    conditions: Iterable[Condition],
    said: Mapping[int, ConditionWord],
    *,
    by: Person,
    book: Book,
    at: datetime,
    act: Literal["post"],
) -> AccountUse:
    """Return the facts of doing something with an account. `said`: condition -> the statement that still
    counts; without one it is not known whether the condition covers this act."""
    return AccountUse(
        now=at,
        on=local_day(at),
        by=actor(by, book, on=local_day(at), school=account.school),
        act=act,
        conditions=tuple(
            ConditionFact(
                type=cast("Any", row.type),
                key=name_of(row),
                touched=said[row.pk].touched if row.pk in said else None,
                fulfilled=said[row.pk].fulfilled if row.pk in said else None,
            )
            for row in conditions
        ),
    )


def name_of(condition: Condition) -> str:
    """Return a condition's name in facts and answers, which contain no text written by people."""
    return f"condition {condition.pk}"
