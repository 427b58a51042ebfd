"""One case put to two books: what would come out differently? Pure; the doors bring the cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolgate.rulebook.book import Book
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Decision, Duty


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was decided, or that is stored. `key` identifies it for the caller."""

    key: str
    situation: str
    facts: Facts
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Differs:
    """The differences: the outcome before and after, each point that moved, and duties with their times."""

    key: str
    situation: str
    outcome: tuple[str, str]
    points: Mapping[str, tuple[str, str]]
    owed: tuple[tuple[Duty, ...], tuple[Duty, ...]]
    clauses: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored and shown."""
        return {
            "key": self.key,
            "situation": self.situation,
            "outcome": list(self.outcome),
            "points": {point: list(moved) for point, moved in self.points.items()},
            "owed": [[duty.to_json() for duty in each] for each in self.owed],
            "clauses": list(self.clauses),
        }


def differing(before: Book, after: Book, cases: Iterable[Case]) -> Iterator[Differs]:
    """Yield the cases that the two books answer differently: another outcome at a point, or something else
    owed."""
    for case in cases:
        was = decide(before, case.situation, case.facts, on=case.on)
        now = decide(after, case.situation, case.facts, on=case.on)
        moved = {
            point: (str(outcome), str(now.points[point]))
            for point, outcome in was.points.items()
            if outcome is not now.points[point]
        }
        owed = (was.duties, now.duties)
        if moved or owed[0] != owed[1]:
            yield Differs(
                case.key,
                case.situation,
                (str(was.outcome), str(now.outcome)),
                moved,
                owed,
                tuple(dict.fromkeys((*_cited(was, moved, now), *_cited(now, moved, was)))),
            )


def _cited(decision: Decision, moved: Mapping[str, Any], other: Decision) -> Iterator[str]:
    """Yield the clauses of what was found at the points that moved, and of duties that the other lacks."""
    for finding in decision.findings:
        if finding.point in moved:
            yield from finding.clauses
    for duty in decision.duties:
        if duty not in other.duties:
            yield from duty.clauses
