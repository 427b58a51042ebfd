"""What the policy says about a post, ready for a page: accounts with the same answer together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.forms.boundfield import BoundField
from django.utils.functional import Promise

from schoolgate.publishing.queries import Judged
from schoolgate.web.frame.shown import ShownClause, ShownVerdict
from schoolgate.web.frame.wording import verdict


@dataclass(frozen=True)
class ShownAnswer:
    """One question to the author, with the clauses that ask it. `again`: its answer was about other words.
    `open`: not answered. `statement`: what is confirmed in its place together with others; `other`: it was
    answered otherwise."""

    name: str
    field: BoundField
    kind: str
    clauses: Sequence[ShownClause]
    again: bool = False
    open: bool = False
    statement: str | Promise = ""
    other: bool = False


@dataclass(frozen=True)
class ShownVerdicts:
    """One answer of the policy, and the accounts that it applies to."""

    accounts: Sequence[str]
    verdict: ShownVerdict


def verdicts_shown(judged: Sequence[Judged], *, at: datetime) -> list[ShownVerdicts]:
    """The answers for all accounts; where several get the same one it is shown once."""
    found: list[tuple[ShownVerdict, list[str]]] = []
    for each in judged:
        shown, name = verdict(each.decision, at=at), each.target.account.name
        same = next((names for known, names in found if known == shown), None)
        if same is None:
            found.append((shown, [name]))
        else:
            same.append(name)
    return [ShownVerdicts(names, shown) for shown, names in found]
