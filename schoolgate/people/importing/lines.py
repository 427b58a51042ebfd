"""What a page shows of one line, and how a line stands to an earlier one of the same person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schoolgate.people.importing.reading import Read
from schoolgate.people.importing.said import Said, say
from schoolgate.people.states.importing import Outcome

if TYPE_CHECKING:
    from schoolgate.people.importing.people import PersonPlan


@dataclass
class Line:
    """One line: what is wrong with it, what would change, what is worth knowing; `pk` of who is here."""

    number: int
    name: str
    email: str
    pk: int | None = None
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

    def plain(self) -> list[object]:
        """As JSON data, the same in every language."""
        return [self.number, self.name, self.email, str(self.outcome), [one.plain() for one in self.said]]


def compared(read: Read, first: Mapping[str, PersonPlan]) -> tuple[Line, PersonPlan | None]:
    """The line, and the plan of its person where an earlier line began it and this one may add to it.

    A second line of one address adds a role elsewhere; it may not say anything else, nor the same again.
    """
    line = Line(read.line, read.name, read.email, wrong=list(read.wrong))
    before = first.get(read.email) if read.email else None
    if before is None or line.wrong:
        return line, None
    line.pk, line.is_new, line.passed_over = before.line.pk, before.line.is_new, before.line.passed_over
    if before.line.wrong:
        line.wrong.append(say("other_person_line", line=before.line.number))
    elif read.particulars != before.read.particulars:
        line.wrong.append(say("line_differs", line=before.line.number))
    elif set(read.roles) <= before.named:
        line.wrong.append(say("line_twice", line=before.line.number))
    else:
        return line, before
    return line, None
