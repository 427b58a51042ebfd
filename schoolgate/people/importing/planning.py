"""What a list would change: line by line, and for each person in it. No database; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.people.checking import is_here
from schoolgate.people.importing.here import Here, look_here
from schoolgate.people.importing.lines import compared
from schoolgate.people.importing.people import PersonPlan, plan_managers, plan_person, plan_roles
from schoolgate.people.importing.reading import Read, reader_for
from schoolgate.people.importing.said import say
from schoolgate.people.lists.columns import Meaning
from schoolgate.people.lists.lines import ListPlan, Missing, PlannedLine, counted, seen_of
from schoolgate.people.models import Person
from schoolgate.people.sheets import Sheet, same_word


@dataclass(frozen=True, kw_only=True)
class Plan(ListPlan):
    """A plan that also has what to write. `counts`: also people and roles before and after."""

    people: Sequence[PersonPlan]


def plan_import(sheet: Sheet, meaning: Meaning, *, by: Person, on: date, content: str) -> Plan:
    """Return what this list would change on a day, uploaded by `by`; `content` is the digest of the file."""
    here = look_here(on)
    reader = reader_for(sheet, meaning, here.known)
    lines: list[PlannedLine] = []
    first: dict[str, PersonPlan] = {}
    for each in sheet.lines[1:]:
        read = reader.read(each)
        line, known = compared(read, first)
        if known is not None:
            plan_roles(known, line, read, here, by=by)
        elif read.email in first and any(one.code == "line_differs" for one in line.wrong):
            first[read.email].line.wrong.append(say("line_differs", line=read.line))
        elif not line.wrong:
            first[read.email] = plan_person(line, read, here, by=by)
        elif read.email:
            # The next line of the same person reports that this one is refused.
            first.setdefault(read.email, PersonPlan(read, line))
        lines.append(line)
    people = list(first.values())
    plan_managers(people, here, by=by)
    missing = _missing(here, reads=[one.read for one in people])
    counts = _counts(lines, people, here, missing)
    return Plan(
        lines=lines,
        people=[one for one in people if one.counts],
        missing=missing,
        unknown=reader.unknown,
        counts=counts,
        seen=seen_of(lines, counts, meaning, content, [one.pk for one in missing]),
    )


def _missing(here: Here, *, reads: Sequence[Read]) -> list[Missing]:
    """Return the people who are here, are the same to the federation as a person in the list, and are not in
    it."""
    addresses, relations = {read.email for read in reads}, {read.relation for read in reads}
    return sorted(
        (
            Missing(person.pk, person.name)
            for email, person in here.people.items()
            if email not in addresses and person.relation in relations and is_here(person, here.on)
        ),
        key=lambda one: (same_word(one.name), one.pk),
    )


def _counts(
    lines: Sequence[PlannedLine], people: Sequence[PersonPlan], here: Here, missing: Sequence[Missing]
) -> dict[str, int]:
    before = sum(is_here(person, here.on) for person in here.people.values())
    taken = [one for one in people if one.counts]
    new = sum(one.person is None for one in taken)
    gone = sum(
        one.leaving is not None
        and one.leaving <= here.on
        and one.person is not None
        and is_here(one.person, here.on)
        for one in taken
    )
    roles = len(here.held) + sum(map(len, here.managers.values()))
    given = sum(len(one.roles) + (one.manager is not None) for one in taken)
    return {
        **counted(lines),
        "people_before": before,
        "people_after": before + new - gone,
        "people_added": new,
        "roles_before": roles,
        "roles_given": given,
        "missing": len(missing),
    }
