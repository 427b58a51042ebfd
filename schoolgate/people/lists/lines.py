"""What a list would change: line by line, in numbers, and as a CSV file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from schoolgate.core.errors import Text
from schoolgate.people.lists.columns import Meaning, digest_of
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.sheets import write_csv
from schoolgate.people.states.importing import Outcome


@dataclass(kw_only=True)
class PlannedLine:
    """One line: what is wrong with it, what would change, what is worth knowing.

    `address`: by which its thing is known, such as an email address; `pk` of what is here already; `asks`:
    what a person has to say yes to before it is taken.
    """

    number: int
    name: str
    address: str
    pk: int | None = None
    is_new: bool = False
    passed_over: bool = False
    wrong: list[ListMessage] = field(default_factory=list)
    asks: list[ListMessage] = field(default_factory=list)
    changes: list[ListMessage] = field(default_factory=list)
    notes: list[ListMessage] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """Return its outcome."""
        if self.wrong:
            return Outcome.REFUSED
        if self.passed_over:
            return Outcome.PASSED_OVER
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME

    @property
    def said(self) -> list[ListMessage]:
        """Return all messages about it: errors first; questions and what would change only where there are
        none."""
        return [*self.wrong, *([] if self.wrong else [*self.asks, *self.changes]), *self.notes]

    def plain(self) -> list[object]:
        """Return it as JSON data, the same in every language."""
        said = [one.plain() for one in self.said]
        return [self.number, self.name, self.address, str(self.outcome), said]


@dataclass(frozen=True)
class Missing:
    """Something that is here and not in the list; nothing happens to it."""

    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ListPlan:
    """All lines in their order. `counts`: lines by outcome, and what there is before and after; `seen`: a
    digest of all that is shown of it, whatever the language; `unknown`: the words that are not explained."""

    lines: Sequence[PlannedLine]
    counts: Mapping[str, int]
    seen: str
    missing: Sequence[Missing] = ()
    unknown: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """Return how many lines cannot be taken."""
        return self.counts[Outcome.REFUSED]

    @property
    def asked(self) -> Sequence[PlannedLine]:
        """Return the lines that a person has to say yes to."""
        return [line for line in self.lines if line.asks and not line.wrong]

    @property
    def changes(self) -> bool:
        """Return whether anything would be written at all."""
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.CHANGED])


def counted(lines: Sequence[PlannedLine]) -> dict[str, int]:
    """Return the lines by outcome."""
    outcomes = Counter(line.outcome for line in lines)
    return {str(outcome): outcomes[outcome] for outcome in Outcome}


def seen_of(
    lines: Sequence[PlannedLine], counts: Mapping[str, int], meaning: Meaning, content: str, *more: Any
) -> str:
    """Return the digest of a plan, and of what more its kind of list shows or writes."""
    plain = [line.plain() for line in lines]
    return digest_of([content, meaning.plain(), plain, sorted(counts.items()), *more])


def report_of(plan: ListPlan, *, name: Text, address: Text) -> bytes:
    """Return a CSV file in the active language: a line for each line of the list, then what is here and not
    in it.

    `name` and `address` are the heads of these columns.
    """
    return write_csv(_rows(plan, str(name), str(address)))


def _rows(plan: ListPlan, name: str, address: str) -> Iterator[Sequence[object]]:
    yield gettext("Row"), name, address, gettext("Result"), gettext("Why")
    for line in plan.lines:
        why = " ".join(str(one) for one in line.said)
        yield line.number, line.name, line.address, line.outcome.label, why
    for one in plan.missing:
        yield "", one.name, "", gettext("Not in the list"), gettext("No change.")
