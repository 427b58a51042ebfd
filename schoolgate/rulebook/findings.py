"""What comes out: findings, duties and the decision that they make."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from schoolgate.rulebook.kinds import Basis, Kind, Outcome, SilentBecause

if TYPE_CHECKING:
    from schoolgate.rulebook.facts import Facts


UNKNOWN = "kernel.unknown"
"""The sentence of a fact that is not known, where the rule has none of its own for it."""
MET = "kernel.met"
"""The sentence of a rule that is met, where it has none of its own for it."""
OWN_WORDS = "rule.own_words"
"""The sentence that says a clause's own words."""


class Need(NamedTuple):
    """What is still needed, and from which source. `what` is a key of messages.NEEDS, `source` a role or a
    key of SOURCES."""

    what: str
    source: str


class Due(NamedTuple):
    """When something is due: an instant (UTC), a whole day in London, or no time promised (both None).

    `at_once`: the clause gives no number, and the time has run since the instant."""

    instant: datetime | None = None
    day: date | None = None
    at_once: bool = False

    @classmethod
    def none_promised(cls) -> Self:
        """Say that the policy asks for it and names no time."""
        return cls()

    def to_json(self) -> dict[str, str | bool]:
        """One of instant, day or none_promised; `at_once`, with the instant where it is known."""
        if self.at_once:
            since = {"instant": self.instant.isoformat()} if self.instant is not None else {}
            return {**since, "at_once": True}
        if self.instant is not None:
            return {"instant": self.instant.isoformat()}
        if self.day is not None:
            return {"day": self.day.isoformat()}
        return {"none_promised": True}


class Duty(NamedTuple):
    """A duty. `who` is a role or a key of messages.SOURCES, `what` a key of messages.NEEDS, `about` what
    the finding that opens it is about, such as "people[3]"."""

    who: str
    what: str
    due: Due
    clauses: tuple[str, ...]
    section: str
    about: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate decide --json` prints it."""
        return {
            "who": self.who,
            "what": self.what,
            "due": self.due.to_json(),
            "clauses": list(self.clauses),
            "section": self.section,
        }


class Finding(NamedTuple):
    """What one rule says about one point."""

    kind: Kind
    point: str
    about: str | None
    basis: Basis
    control: str
    clauses: tuple[str, ...]
    section: str
    message: str  # a key of messages.SENTENCES
    args: Mapping[str, Any]
    needs: tuple[Need, ...]
    overridden_by: str | None  # a clause, "leave:<role>" or "ruling:<role>"
    lifts_on: date | None
    agreed_by: str | None = None  # the role whose agreement, on record, makes it a permission

    @property
    def stands(self) -> bool:
        """Whether no other finding replaces this one."""
        return self.overridden_by is None

    def to_json(self) -> dict[str, Any]:
        """As `schoolgate decide --json` prints it, the message as an English sentence."""
        from schoolgate.rulebook.messages import in_english  # which reads the situations, and they know this

        return {
            "kind": str(self.kind),
            "point": self.point,
            "about": self.about,
            "basis": str(self.basis),
            "control": self.control,
            "clauses": list(self.clauses),
            "section": self.section,
            "message": in_english(self.message, self.args),
            "needs": [{"what": need.what, "from": need.source} for need in self.needs],
            "overridden_by": self.overridden_by,
            "lifts_on": self.lifts_on.isoformat() if self.lifts_on else None,
            **({"agreed_by": self.agreed_by} if self.agreed_by else {}),
        }


def clauses_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return each clause that findings rest on, once, in order."""
    return tuple(dict.fromkeys(clause for finding in findings for clause in finding.clauses))


@dataclass(frozen=True, eq=False)
class Decision:
    """The answer to one question under one policy, and what it was based on.

    `points` has every point of the situation. `outcome` is the worst of the policy's own points, and of the
    law's and the house's where those stop something: their consent never makes a policy speak that is
    silent. `silent_because` is given whenever the policy's own points are all silent, even where law or
    house stops the step. `excluded_by`: the clauses that say that this, or the person who acts, is not
    covered. `unread`: clauses of the policy that may speak of this and aren't known
    to be said in full by the rules that were asked: people read them. `first`: those of them that fit the
    words in which it was asked. `beside`: clauses to read beside the answer, which doesn't wait for them.
    `aside`: clauses that the policy's owner said aren't about this question; no answer to it waits for them.
    `fits`: all clauses that fit these words, those of `first` among them; each stands in the open.
    `near`: those to read that touch the words of the question; None where no question was asked in words.
    `excepted`: the words of an own policy that may except this from what stops it.
    `ruled`: the open questions on whose rulings the permission rests; a ruling
    may say in its words when it holds."""

    policy: str
    version: str
    reading: int
    situation: str
    facts_schema: int
    outcome: Outcome
    silent_because: SilentBecause | None
    points: Mapping[str, Outcome]
    silent_points: Mapping[str, SilentBecause]
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    excluded_by: tuple[str, ...]
    unread: tuple[str, ...]
    control_versions: Mapping[str, int]
    facts: "Facts"
    ruled: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    near: tuple[str, ...] | None = None
    fits: tuple[str, ...] = ()

    @cached_property
    def facts_digest(self) -> str:
        """SHA-256 over the facts as JSON, fields in the order of their schema."""
        return hashlib.sha256(self.facts.model_dump_json().encode()).hexdigest()

    @property
    def clauses(self) -> tuple[str, ...]:
        """Each clause that a finding rests on, once, in order."""
        return clauses_of(self.findings)

    def clauses_at(self, *points: str, kinds: Collection[Kind] = ()) -> tuple[str, ...]:
        """Return each clause that the findings at these points rest on, once, in order. `kinds`: only of
        those that stand and are of one of these kinds."""
        found = [each for point in points for each in self.at(point)]
        if kinds:
            found = [each for each in found if each.stands and each.kind in kinds]
        return clauses_of(found)

    def at(self, point: str) -> tuple[Finding, ...]:
        """Return the findings at one point."""
        return tuple(finding for finding in self.findings if finding.point == point)

    def to_json(self) -> dict[str, Any]:
        """Return the decision as plain JSON data, English messages included."""
        return {
            "policy": self.policy,
            "version": self.version,
            "reading": self.reading,
            "situation": self.situation,
            "outcome": str(self.outcome),
            "silent_because": str(self.silent_because) if self.silent_because else None,
            "unread": list(self.unread),
            **({"first": list(self.first)} if self.first else {}),
            **({"fits": list(self.fits)} if self.fits else {}),
            **({"beside": list(self.beside)} if self.beside else {}),
            **({"excepted": list(self.excepted)} if self.excepted else {}),
            **({"aside": list(self.aside)} if self.aside else {}),
            **({"near": list(self.near)} if self.near is not None else {}),
            "ruled": list(self.ruled),
            "points": {point: str(outcome) for point, outcome in self.points.items()},
            "findings": [finding.to_json() for finding in self.findings],
            "duties": [duty.to_json() for duty in self.duties],
            "facts_digest": self.facts_digest,
        }
