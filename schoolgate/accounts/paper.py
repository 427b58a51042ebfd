"""The policy's own paper form: its sections in their order, and what each signature approves. Pure.

A policy without a form of its own gives one section for each of its sections that asks for something.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint

SIGNED = "approval"
"""The section of a paper form that holds its signatures."""


@dataclass(frozen=True)
class Section:
    """Part of a form. `title`: as the form or the policy calls it; `printed`: it is a heading of the policy
    itself and not ours to translate."""

    title: str
    printed: bool
    points: tuple[FormPoint, ...]


@dataclass(frozen=True)
class SigningPart:
    """One signature of the form. `approves`: aims, content, brand, logo; `declaration`: the form's words."""

    step: int
    role: str
    approves: tuple[str, ...]
    declaration: str


@dataclass(frozen=True)
class Paper:
    """The heading of a form of the policy's own."""

    title: str
    source: str
    note: str


def paper_of(book: Book) -> Paper | None:
    """Return the heading of the policy's own form; None where it has none."""
    form = book.pack.form
    if form is None:
        return None
    notes = [section.get("note", "") for section in form["sections"] if section["key"] == SIGNED]
    return Paper(form["title"], form["source"], next(iter(notes), ""))


def sections(book: Book) -> list[Section]:
    """Return the points of a proposal, in the order in which the policy's own form has them.

    What the policy asks for elsewhere follows, under the headings of its text.
    """
    left = list(book.proposal_form)
    found: list[Section] = []
    for section in (book.pack.form or {}).get("sections", ()):
        wanted = [clause for field in section["fields"] for clause in field["clauses"]]
        points = sorted(
            (point for point in left if set(point.clauses) & set(wanted)),
            key=lambda point: _place(point, wanted),
        )
        left = [point for point in left if point not in points]
        if points:
            found.append(Section(section["label"], False, tuple(points)))
    return [*found, *_by_heading(left, book)]


def signing_parts(book: Book) -> Mapping[int, SigningPart]:
    """Return what each signature of the policy's own form approves, by its step; empty where it has no
    form."""
    rows: Iterable[Mapping[str, Any]] = (book.pack.form or {}).get("signatures", ())
    return {
        row["step"]: SigningPart(row["step"], row["role"], tuple(row["approves"]), row["declaration"] or "")
        for row in rows
    }


def takes_school_name(book: Book) -> bool:
    """Return whether the options of the policy's own form name the school."""
    return "{school}" in str(book.pack.form)


def _place(point: FormPoint, wanted: list[str]) -> int:
    return min(wanted.index(clause) for clause in point.clauses if clause in wanted)


def _by_heading(points: Iterable[FormPoint], book: Book) -> list[Section]:
    headings: dict[str, list[FormPoint]] = {}
    for point in points:
        headings.setdefault(book.clause(point.clauses[0]).section, []).append(point)
    return [Section(heading, True, tuple(there)) for heading, there in headings.items()]
