"""Past decisions put to two policies again, in pieces, by one process or several; nothing is written.

A piece names its decisions by their ids, so that any process which reaches the database can do it: a pool of
this machine's, or the executor of a cluster. What the pieces found is added up as it arrives; memory does not
grow with the decisions.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from schoolgate.core.clock import begins
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy.books import book_of_reading
from schoolgate.policy.models import DecisionRecord, Reading
from schoolgate.policy.trying import case_of
from schoolgate.rulebook import Book, book
from schoolgate.rulebook.compare import Differs, differing
from schoolgate.rulebook.errors import RulebookError

PIECE = 2_000
"""Decisions in one piece."""
EXAMPLES = 3
"""Decisions that are named for each clause, the earliest first."""

_VERSION = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,6}))?")

Way = tuple[str, str, str, str]
"""Situation, point, outcome before and after; where only a task or its time differs, the last three are
empty."""


class UnknownVersion(RulebookError):
    """The federation has no such version, or the version no such interpretation."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the federation has no version {name}. 3 is its third version as last interpreted, 3.1 the "
            "same version in its first interpretation"
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Decisions of one federation, by their first and last id, and the days that bound them."""

    federation: int
    policies: tuple[str, str]
    first: int
    last: int
    days: tuple[date | None, date | None] = (None, None)


@dataclass(slots=True)
class Moved:
    """How a clause took part in differences: in how many decisions, in which ways, and some of them."""

    decisions: int = 0
    ways: Counter[Way] = field(default_factory=Counter)
    examples: list[int] = field(default_factory=list)

    def add(self, other: "Moved") -> None:
        """Take in what another piece found."""
        self.decisions += other.decisions
        self.ways.update(other.ways)
        self.examples = sorted({*self.examples, *other.examples})[:EXAMPLES]


@dataclass(slots=True)
class Tally:
    """What came out: decisions asked, those whose facts are gone, those that differ, and clause by clause."""

    asked: int = 0
    gone: int = 0
    differ: int = 0
    by_clause: dict[str, Moved] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Take in what another piece found, in any order."""
        self.asked += other.asked
        self.gone += other.gone
        self.differ += other.differ
        for clause, moved in other.by_clause.items():
            self.by_clause.setdefault(clause, Moved()).add(moved)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is printed: the clauses that moved most decisions first."""
        ordered = sorted(self.by_clause.items(), key=lambda each: (-each[1].decisions, each[0]))
        return {
            "asked": self.asked,
            "gone": self.gone,
            "differ": self.differ,
            "by_clause": [
                {
                    "clause": clause,
                    "decisions": moved.decisions,
                    "ways": [
                        {"situation": situation, "point": point, "before": was, "after": now, "times": times}
                        for (situation, point, was, now), times in sorted(
                            moved.ways.items(), key=lambda each: (-each[1], each[0])
                        )
                    ],
                    "examples": moved.examples,
                }
                for clause, moved in ordered
            ],
        }


def book_named(name: str) -> Book:
    """Return a policy by its key, as it comes with the program, or by the number of a version of the
    federation in scope: "3", or "3.1" in its first interpretation.

    Raises UnknownPolicy, UnknownVersion.
    """
    numbers = _VERSION.fullmatch(name)
    if numbers is None:
        return book(name)
    version, reading = numbers.groups()
    rows = Reading.objects.filter(version__number=version).select_related("version__text")
    if reading:
        rows = rows.filter(number=reading)
    found = rows.defer("version__text__text").order_by("-version_id", "-number").first()
    if found is None:
        raise UnknownVersion(name)
    return book_of_reading(found.version, found)


def pieces_of(
    policies: tuple[str, str], *, days: tuple[date | None, date | None] = (None, None), size: int = PIECE
) -> Iterator[Piece]:
    """Yield the pieces of the federation in scope, the oldest decisions first.

    `days`: the first and the last day of the decisions, both included; None: no bound.
    """
    federation, last = current_scope().federation_id, 0
    rows = _between(days).order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=last)[:size]):
        yield Piece(federation, policies, ids[0], ids[-1], days)
        last = ids[-1]


def replayed(piece: Piece) -> Tally:
    """Put each decision of a piece to both policies and return what differs. Reads only."""
    with scope(piece.federation):
        before, after = (book_named(name) for name in piece.policies)
        rows = _between(piece.days).filter(pk__range=(piece.first, piece.last)).order_by("pk")
        found = rows.values_list("pk", "situation", "facts_row__facts")
        cases = [case_of(str(pk), situation, facts) for pk, situation, facts in found]
    ready = [case for case in cases if case is not None]
    tally = Tally(asked=len(ready), gone=len(cases) - len(ready))
    for one in differing(before, after, ready):
        tally.differ += 1
        ways = Counter(_ways(one))
        for clause in one.clauses:
            tally.by_clause.setdefault(clause, Moved()).add(Moved(1, ways, [int(one.key)]))
    return tally


def _ways(one: Differs) -> Iterator[Way]:
    for point, (was, now) in one.points.items():
        yield one.situation, point, was, now
    if not one.points:
        yield one.situation, "", "", ""


def _between(days: tuple[date | None, date | None]) -> QuerySet[DecisionRecord]:
    rows = DecisionRecord.objects.all()
    first, last = days
    if first is not None:
        rows = rows.filter(at__gte=begins(first))
    return rows if last is None else rows.filter(at__lt=begins(last + timedelta(days=1)))
