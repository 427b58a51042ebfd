"""Compare a later text of the policy with an earlier one, sentence by sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.policy.books import pack_of
from schoolgate.policy.models import PolicyVersion
from schoolgate.rulebook.clauses import Clause


@dataclass(frozen=True)
class Change:
    """One sentence that differs: its section, and its words before and after; empty where there was none."""

    section: str
    before: str
    after: str


def changes(before: PolicyVersion, after: PolicyVersion) -> list[Change]:
    """Return what differs in the later text, clause by clause, in reading order."""
    old, new = pack_of(before).clauses, pack_of(after).clauses
    rows = []
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        if _said(was) != _said(now) and (one := now or was) is not None:
            rows.append(Change(one.section, was.says if was else "", now.says if now else ""))
    return rows


def _said(clause: Clause | None) -> tuple[str, Mapping[str, Any]] | None:
    return (clause.says, clause.parameters) if clause else None
