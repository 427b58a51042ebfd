"""What a page shows of one line of a list."""

from __future__ import annotations

from dataclasses import dataclass, field

from schoolgate.people.lists.said import Said
from schoolgate.people.states.importing import Outcome


@dataclass
class PlannedLine:
    """One line: what is wrong with it, what would change, what is worth knowing."""

    number: int
    is_new: bool = False
    passed_over: bool = False
    wrong: list[Said] = field(default_factory=list)
    changes: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """What it comes to."""
        if self.wrong:
            return Outcome.REFUSED
        if self.passed_over:
            return Outcome.PASSED_OVER
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME

    @property
    def said(self) -> list[Said]:
        """All there is to say of it: first what is wrong with it; what would change only where nothing is."""
        return [*self.wrong, *([] if self.wrong else self.changes), *self.notes]

    def named(self) -> list[object]:
        """How the line is known on a page."""
        return []

    def plain(self) -> list[object]:
        """As JSON data, the same in every language."""
        return [self.number, *self.named(), str(self.outcome), [one.plain() for one in self.said]]
