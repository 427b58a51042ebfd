"""The headings of a policy over its numbered sections: "4.1 Personnel responsible" and "4.2 Personnel
responsible" stand under "4 Personnel responsible". For long policies; most have one section under each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, takewhile

from schoolgate.policy.queries import by_section
from schoolgate.rulebook import Clause

_NUMBERED = re.compile(r"(?P<number>(?:[A-Z]\.)?\d[\w.()]*) (?P<title>.+)")
_LETTERED = re.compile(r"(?P<title>.+) \([a-z]\)")
_PART = re.compile(r"\w+")


@dataclass(frozen=True)
class Heading:
    """A heading with its sections, each with its number among all of them and its clauses."""

    name: str
    sections: tuple[tuple[int, str, list[Clause]], ...]

    @property
    def clauses(self) -> list[Clause]:
        """Return the clauses of all its sections, in reading order."""
        return [clause for _number, _name, clauses in self.sections for clause in clauses]


def by_heading(clauses: Iterable[Clause]) -> list[Heading]:
    """Return clauses under the headings of the policy, in reading order. Sections that follow each other
    and have the same title are under one."""
    sections = [(number, name, of) for number, (name, of) in enumerate(by_section(clauses), start=1)]
    found = [tuple(those) for _title, those in groupby(sections, key=lambda one: _title(one[1]))]
    return [Heading(_name([name for _number, name, _of in those]), those) for those in found]


def _title(section: str) -> str:
    found = _NUMBERED.fullmatch(section) or _LETTERED.fullmatch(section)
    return found["title"] if found else section


def _name(sections: list[str]) -> str:
    """Return the name of one section, or what several have in common: the parts of their numbers that are
    the same, and their title."""
    if len(sections) == 1:
        return sections[0]
    title = _title(sections[0])
    numbers = [_PART.findall(found["number"]) for one in sections if (found := _NUMBERED.fullmatch(one))]
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*numbers, strict=False))
    return f"{'.'.join(parts[0] for parts in same)} {title}".strip()
