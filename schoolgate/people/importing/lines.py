"""What a page shows of one line, and how a line stands to an earlier one of the same person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schoolgate.people.importing.reading import Read
from schoolgate.people.importing.said import say
from schoolgate.people.lists.lines import PlannedLine

if TYPE_CHECKING:
    from schoolgate.people.importing.people import PersonPlan


@dataclass(kw_only=True)
class Line(PlannedLine):
    """A line of a list of people; `pk` of who is here."""

    name: str
    email: str
    pk: int | None = None

    def named(self) -> list[object]:
        """How the line is known on a page."""
        return [self.name, self.email]


def compared(read: Read, first: Mapping[str, PersonPlan]) -> tuple[Line, PersonPlan | None]:
    """The line, and the plan of its person where an earlier line began it and this one may add to it.

    A second line of one address adds a role elsewhere; it may not say anything else, nor the same again.
    """
    line = Line(read.line, name=read.name, email=read.email, wrong=list(read.wrong))
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
