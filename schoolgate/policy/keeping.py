"""Turns a decision of the rulebook into the rows saved for it. Plain values; `actions` writes them."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.rulebook import Decision, Finding
from schoolgate.rulebook.answers import is_overdue
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.findings import clauses_of

SALT_BYTES = 32


def canonical(value: Any) -> bytes:
    """JSON with sorted names and no blanks: the same value gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def digest(value: Any) -> str:
    """SHA-256 over the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def keyed_digest(value: Any, salt: bytes) -> str:
    """Return the HMAC-SHA-256 under `salt`. Without the salt, guesses can't be tested against it."""
    return hmac.new(salt, canonical(value), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Wording:
    """A clause as it is worded today."""

    clause: str
    section: str
    says: str
    own_words: bool = False
    """Whether these are the policy's own words, pasted by the federation; else they are our restatement."""

    @property
    def digest(self) -> str:
        """SHA-256 over id, section and words."""
        return digest([self.clause, self.section, self.says])

    @classmethod
    def of(cls, clause: Clause) -> "Wording":
        """Return the wording of a clause of a pack."""
        return cls(clause.id, clause.heading, clause.wording or clause.says, bool(clause.wording))


def body_of(decision: Decision) -> dict[str, Any]:
    """Return the decision as saved: as every interface prints it, with message keys and arguments for
    either language.

    Its own digest of the facts is left out: it has no key, so that facts could be guessed from it even
    after they were erased. The row's keyed digest replaces it.
    """
    body = decision.to_json()
    del body["facts_digest"]
    for told, finding in zip(body["findings"], decision.findings, strict=True):
        told["key"], told["args"] = finding.message, plain(finding.args) if finding.args else {}
    body["facts_schema"] = decision.facts_schema
    body["excluded_by"] = list(decision.excluded_by)
    if is_overdue(decision):
        body["overdue"] = True
    return body


def plain(value: Any) -> Any:
    """Return the value as JSON data: what JSON does not know becomes text."""
    return json.loads(canonical(value))


def cited(findings: Iterable[Finding]) -> list[str]:
    """Return each clause that the findings rest on, once, in their order."""
    return list(clauses_of(findings))


GOES_AHEAD = frozenset({"permitted", "silent"})
"""A step goes ahead where the policy allows it and where it does not cover it."""


def held_back_at(points: Mapping[str, str], outcome: str, wanted: Iterable[str]) -> list[str]:
    """Return the points among `wanted` that stop the step; all points where none is named.

    Raises KeyError for a point that the situation does not have: a typing error must not let a step
    through.
    """
    named = list(wanted)
    if not named:
        if outcome in GOES_AHEAD:
            return []
        return [point for point, found in points.items() if found not in GOES_AHEAD]
    return [point for point in named if points[point] not in GOES_AHEAD]
