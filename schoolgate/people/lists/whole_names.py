"""Names that a list has in one column, the surname first: *Nowak, Ana Maria* is two columns. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from schoolgate.people.sheets import Line, Sheet, same_word

WHOLE: Final = (
    "student",
    "student name",
    "pupil",
    "pupil name",
    "name",
    "full name",
    "legal name",
    "staff name",
)
"""Headings above whole names."""
_APART: Final = ("Surname", "Forename")


def names_apart(sheet: Sheet, *, known: Collection[str]) -> Sheet:
    """Return the list with surnames and forenames in columns of their own, where more than half of the names
    in one column have one comma; as it is where it has one of the headings in `known` already."""
    head = [same_word(cell) for cell in sheet.lines[0].cells] if sheet.lines else []
    at = next((head.index(each) for each in WHOLE if each in head), None)
    if at is None or set(head) & set(known):
        return sheet
    parted = [_parted(line.cells[at] if at < len(line.cells) else "") for line in sheet.lines[1:]]
    names = [(last, first) for last, first in parted if last]
    if 2 * sum(bool(first) for _last, first in names) <= len(names):
        return sheet
    lines = (
        Line(line.number, (*line.cells[:at], *name, *line.cells[at + 1 :]))
        for line, name in zip(sheet.lines, (_APART, *parted), strict=True)
    )
    return replace(sheet, lines=tuple(lines))


def _parted(name: str) -> tuple[str, str]:
    """Return the surname and the forenames; no forenames where there isn't one comma."""
    last, _comma, first = (part.strip() for part in name.partition(","))
    return (last, first) if last and first and "," not in first else (name, "")
