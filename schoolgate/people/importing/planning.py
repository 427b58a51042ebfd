"""What would come of a list: line by line, and for each person in it. No database; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schoolgate.people.checking import is_here
from schoolgate.people.importing.here import Here
from schoolgate.people.importing.lines import Line, compared
from schoolgate.people.importing.people import PersonPlan, plan_managers, plan_person, plan_roles
from schoolgate.people.importing.reading import Read, reader_for
from schoolgate.people.lists.columns import Meaning, digest_of
from schoolgate.people.models import Person
from schoolgate.people.sheets import Sheet, same_word
from schoolgate.people.states.importing import Outcome


@dataclass(frozen=True)
class Missing:
    """Somebody who is here and not in the list; nothing happens to them."""

    pk: int
    name: str


@dataclass(frozen=True)
class Plan:
    """All lines in their order, what is to be written, who is missing, and which words nobody explained.

    `counts`: lines by outcome, and people and roles before and after.
    """

    lines: Sequence[Line]
    people: Sequence[PersonPlan]
    missing: Sequence[Missing]
    unknown: Mapping[tuple[str, str], int]
    counts: Mapping[str, int]
    seen: str = field(default="")
    """A digest of all that is shown of it, whatever the language."""

    @property
    def refused(self) -> int:
        """How many lines cannot be taken."""
        return self.counts[Outcome.REFUSED]

    @property
    def changes(self) -> bool:
        """Whether anything would be written at all."""
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.CHANGED])


def plan_import(sheet: Sheet, meaning: Meaning, here: Here, *, by: Person, content: str) -> Plan:
    """What would come of this list, brought by `by`; `content` is the digest of the file."""
    reader = reader_for(sheet, meaning, here.known)
    lines: list[Line] = []
    first: dict[str, PersonPlan] = {}
    for each in sheet.lines[1:]:
        read = reader.read(each)
        line, known = compared(read, first)
        if known is not None:
            plan_roles(known, line, read, here, by=by)
        elif not line.wrong:
            first[read.email] = plan_person(line, read, here, by=by)
        elif read.email:
            # The next line of the same person says that this one is refused.
            first.setdefault(read.email, PersonPlan(read, line))
        lines.append(line)
    people = list(first.values())
    plan_managers(people, here, by=by)
    missing = _missing(here, reads=[one.read for one in people])
    counts = _counts(lines, people, here, missing)
    seen = _seen(lines, counts, missing, meaning, content)
    return Plan(lines, [one for one in people if one.counts], missing, reader.unknown, counts, seen)


def _missing(here: Here, *, reads: Sequence[Read]) -> list[Missing]:
    """Those who are here, are the same to the federation as somebody in the list, and are not in it."""
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
    lines: Sequence[Line], people: Sequence[PersonPlan], here: Here, missing: Sequence[Missing]
) -> dict[str, int]:
    outcomes = Counter(line.outcome for line in lines)
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
        **{str(outcome): outcomes[outcome] for outcome in Outcome},
        "people_before": before,
        "people_after": before + new - gone,
        "people_added": new,
        "roles_before": roles,
        "roles_given": given,
        "missing": len(missing),
    }


def _seen(
    lines: Sequence[Line],
    counts: Mapping[str, int],
    missing: Sequence[Missing],
    meaning: Meaning,
    content: str,
) -> str:
    return digest_of(
        [
            content,
            meaning.plain(),
            [line.plain() for line in lines],
            sorted(counts.items()),
            [one.pk for one in missing],
        ]
    )
