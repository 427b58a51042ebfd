"""Compare a line with an earlier one about the same person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from schoolgate.people.importing.reading import Read
from schoolgate.people.importing.said import say
from schoolgate.people.lists.lines import PlannedLine

if TYPE_CHECKING:
    from schoolgate.people.importing.people import PersonPlan


def compared(read: Read, first: Mapping[str, PersonPlan]) -> tuple[PlannedLine, PersonPlan | None]:
    """Return the line, and the plan of its person where an earlier line began it and this one may add to it.

    A second line of one address adds a role elsewhere; it may not change anything else, nor repeat a role.
    """
    line = PlannedLine(number=read.line, name=read.name, address=read.email, wrong=list(read.wrong))
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
