"""A list with one consent a row becomes one with one pupil a row and a column for each consent. Pure.

Most systems export consents like that: the pupil again on each row, the name of the consent, and the answer.
Every rule about headings, words and yeses then holds for it as for any other list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schoolgate.people.sheets import Line, Sheet, same_word
from schoolgate.pupils.importing.fields import HEADINGS, Field

KINDS = (
    "consent type", "consent name", "consent description", "parental consent type", "type of consent",
    "consent", "permission", "permission type", "math o ganiatâd", "caniatâd",
)  # fmt: skip
"""Headings above the names of consents."""
ANSWERS = (
    "consent given", "consent status", "consent response", "given", "given?", "granted", "response", "answer",
    "consent value", "value", "status", "ateb",
)  # fmt: skip
"""Headings above the answers."""
MOST_KINDS = 40
BOTH = "; "
"""Between two answers to one consent: no one has explained such a word, so it's no yes."""
NO_ANSWER = "–"


def one_pupil_a_line(sheet: Sheet) -> Sheet:
    """Return the list with a column for each consent; as it is where it doesn't have one consent a row."""
    head = [same_word(cell) for cell in sheet.lines[0].cells] if sheet.lines else []
    kind, answer = (next((head.index(each) for each in of if each in head), None) for of in (KINDS, ANSWERS))
    key = next((head.index(each) for each in HEADINGS[Field.KEY] if each in head), None)
    if kind is None or answer is None or key is None or kind == answer:
        return sheet
    about = {head.index(word) for words in HEADINGS.values() for word in words if word in head}
    about -= {kind, answer}
    names: dict[str, str] = {}
    pupils: dict[tuple[str, ...], tuple[Line, dict[str, str]]] = {}
    before: tuple[str, ...] = ()
    for line in sheet.lines[1:]:
        who = tuple(_at(line, place) for place in sorted(about))
        # Merged cells say the pupil once, above all their consents.
        who = who if any(who) else before
        before = who
        said = pupils.setdefault(who, (line, {}))[1]
        word = same_word(_at(line, kind))
        title = _at(line, kind)
        names.setdefault(word, f"{sheet.lines[0].cells[kind]}: {title}" if word in head else title)
        given = _at(line, answer)
        if said.setdefault(word, given) != given:
            said[word] = f"{said[word] or NO_ANSWER}{BOTH}{given or NO_ANSWER}"
    names.pop("", None)
    if not names or len(names) > MOST_KINDS:
        return sheet
    kept = [place for place in range(len(head)) if place not in (kind, answer)]
    titles = [*_cells(sheet.lines[0], kept), *names.values()]
    lines = [
        Line(line.number, (*_cells(line, kept), *(said.get(word, "") for word in names)))
        for line, said in pupils.values()
    ]
    return replace(sheet, lines=(Line(sheet.lines[0].number, tuple(titles)), *lines))


def _at(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _cells(line: Line, places: Sequence[int]) -> list[str]:
    return [_at(line, place) for place in places]
