"""Find the table in a sheet as a school's system writes it: below titles, with headings in two rows, with the
headings of each printed page again, and with a count at the end. Pure.

What is found has one row of headings, each with a name of its own: whatever reads a list reads a plain one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from schoolgate.people.sheets import Line, Sheet, same_word

MOST_ABOVE = 30
"""Lines among which the headings are looked for."""
FEWEST = 3
"""Cells of a row of headings, where any line has so many: titles and dates of printing have fewer."""
_NUMBERS = 4
"""Digits in a row above the headings from which it's a day or a number, and groups no columns."""


def table_of(sheet: Sheet, known: Collection[str] = ()) -> Sheet:
    """Return the table of a sheet: its headings, then its lines. `known`: headings that lists of this kind
    have, as `same_word` writes them; the line with most of them is the headings."""
    if not sheet.lines:
        return sheet
    place = _place_of_headings(sheet.lines, known)
    head, above, below = sheet.lines[place], sheet.lines[:place], list(sheet.lines[place + 1 :])
    heads = [head]
    if above and _groups(above[-1], head):
        heads.insert(0, above[-1])
        above = above[:-1]
    elif below and _goes_on(head, below[0], known):
        heads.append(below.pop(0))
    names = _each_once(_named(heads[0].cells, heads[1].cells, known) if heads[1:] else head.cells)
    again = {_plain(line.cells) for line in (*above, *heads)}
    rows = [line for line in below if _plain(line.cells) not in again]
    end: list[Line] = []
    while len(rows) > 1 and _filled(head) >= FEWEST and _filled(rows[-1]) == 1:
        end.insert(0, rows.pop())
    aside = tuple(" ".join(filter(None, line.cells)) for line in (*above, *end))
    return replace(sheet, lines=(Line(head.number, names), *rows), aside=aside)


def _place_of_headings(lines: Sequence[Line], known: Collection[str]) -> int:
    first = lines[:MOST_ABOVE]
    found = [len({same_word(cell) for cell in line.cells if cell} & set(known)) for line in first]
    if max(found) > 1:
        return found.index(max(found))
    enough = min(FEWEST, max(map(_filled, first)))
    return next(place for place, line in enumerate(first) if _filled(line) >= enough)


def _filled(line: Line) -> int:
    return sum(map(bool, line.cells))


def _groups(above: Line, head: Line) -> bool:
    """Return whether the line above the headings groups them, as merged cells do: *Photographs* above
    *Website* and *Newsletter*."""
    far = any(above.cells[2:])
    numbers = any(sum(map(str.isdigit, cell)) >= _NUMBERS for cell in above.cells)
    return above.number == head.number - 1 and far and not numbers and _filled(above) < _filled(head)


def _goes_on(head: Line, below: Line, known: Collection[str]) -> bool:
    """Return whether the line below the headings goes on with them, as where *UPN* has two rows merged into
    one: it says something wherever they don't, and nothing below those that are known."""
    named = [place for place, cell in enumerate(head.cells) if same_word(cell) in known]
    blank = [place for place, cell in enumerate(head.cells) if not cell]
    under = dict(enumerate(below.cells))
    return (
        below.number == head.number + 1
        and bool(named and blank)
        and not any(under.get(place) for place in named)
        and all(under.get(place) for place in blank)
    )


def _named(upper: Sequence[str], lower: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Return headings of two rows as one; a heading that is known needs no group before it."""
    names, group = [], ""
    for place in range(max(len(upper), len(lower))):
        over, under = (row[place] if place < len(row) else "" for row in (upper, lower))
        group = over or group
        alone = not under or not group or same_word(under) in known
        names.append((under or over) if alone else f"{group}: {under}")
    return tuple(names)


def _each_once(names: Sequence[str]) -> tuple[str, ...]:
    """Return headings of which no two are the same: the second *Email* is *Email (2)*."""
    taken: set[str] = set()
    found = []
    for name in names:
        fresh, number = name, 2
        while fresh and same_word(fresh) in taken:
            fresh, number = f"{name} ({number})", number + 1
        taken.add(same_word(fresh))
        found.append(fresh)
    return tuple(found)


def _plain(cells: Sequence[str]) -> tuple[str, ...]:
    """Return cells as they are compared: a row that is printed again may end sooner."""
    words = [same_word(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return tuple(words)
