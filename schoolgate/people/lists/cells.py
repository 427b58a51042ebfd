"""Read one line of a list, cell by cell; what can't be used as given is reported with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Self

from schoolgate.people.lists.columns import Meaning
from schoolgate.people.lists.doubts import (
    is_month_first,
    may_be_month_first,
    typed,
    wrong_with,
    wrong_with_day,
)
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.sheets import Line, Sheet, day_of, same_word


@dataclass
class Reading:
    """How the lines of one list are read. `known`: words that need no explaining; `unknown` counts the
    others; `month_first`: the fields in whose column a day has its month first: 4/5/2027 may be either."""

    meaning: Meaning
    known: Mapping[str, Mapping[str, str]]
    places: Mapping[str, int]
    width: int
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    month_first: Collection[str] = ()

    @classmethod
    def of(cls, sheet: Sheet, meaning: Meaning, known: Mapping[str, Mapping[str, str]]) -> Self:
        """Return how the lines of this list are read."""
        places = _places_of(sheet, meaning)
        month_first = {
            name
            for name, place in places.items()
            if any(is_month_first(line.cells[place]) for line in sheet.lines[1:] if place < len(line.cells))
        }
        return cls(meaning, known, places, len(sheet.lines[0].cells), month_first=month_first)

    def __post_init__(self) -> None:
        self._ours = {name: {"", *each.values()} for name, each in self.known.items()}

    def also(self, name: str, ours: set[str]) -> None:
        """Let a word of this field be explained as one of these too."""
        self._ours[name] = self.ours(name) | ours

    def ours(self, name: str) -> set[str]:
        """Return what a word of this field can mean today."""
        return self._ours.get(name, set())


def _places_of(sheet: Sheet, meaning: Meaning) -> dict[str, int]:
    """Return field -> position of its column."""
    headings = {same_word(heading): place for place, heading in enumerate(sheet.lines[0].cells) if heading}
    return {
        name: headings[same_word(heading)]
        for name, heading in meaning.columns.items()
        if same_word(heading) in headings
    }


class Cells:
    """The cells of one line by field. `says` makes the messages about a line, in the words of its list;
    `names`: the fields with names of people."""

    says: Callable[..., ListMessage]
    names: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, reading: Reading, line: Line) -> None:
        self.of, self.line = reading, line
        self.wrong: list[ListMessage] = []
        if any(line.cells[reading.width :]):
            self.wrong.append(self.says("too_many_cells"))

    def cell(self, name: str) -> str:
        """Return the words of a cell; what a spreadsheet spoilt is reported as wrong, and not read
        further."""
        words = typed(self.cell_quietly(name), is_name=name in self.names)
        code = wrong_with(words, is_name=name in self.names)
        if code:
            self.wrong.append(self.says(code, column=self.column(name), value=words[:40]))
            return ""
        return words

    def column(self, name: str) -> str:
        """Return the heading of a field's column."""
        return self.of.meaning.columns.get(name, name)

    def day(self, name: str) -> date | None:
        """Return the day that a cell names; None where it names none."""
        words = self.cell(name)
        found = day_of(words)
        if words and found is None:
            self.no_day(name, words, otherwise="bad_day")
        elif found and name in self.of.month_first and may_be_month_first(words):
            self.no_day(name, words, otherwise="either_first")
            return None
        return found

    def no_day(self, name: str, words: str, *, otherwise: str) -> None:
        """Report words that should be a day; `otherwise`: the code where it isn't known why."""
        code, meant = wrong_with_day(words)
        args = {"column": self.column(name), "value": words[:40], **({"day": meant} if meant else {})}
        self.wrong.append(self.says(code or otherwise, **args))

    def cell_quietly(self, name: str) -> str:
        """Return the words of a cell as they are in the list."""
        place = self.of.places.get(name)
        return self.line.cells[place] if place is not None and place < len(self.line.cells) else ""

    def word(self, name: str, *, may_be_empty: bool = False) -> str:
        """Return our word for the cell's content; the value for the whole list where there is no such
        column."""
        if name not in self.of.places:
            return self.default(name)
        before = len(self.wrong)
        words = self.cell(name)
        if len(self.wrong) > before:
            return ""
        if not words and may_be_empty:
            return self.default(name)
        found = self.meant(name, words)
        if found is None:
            self.unknown(name, words)
        return found or ""

    def default(self, name: str) -> str:
        """Return what holds for the whole list."""
        found = self.of.meaning.defaults.get(name, "")
        if found and found not in self.of.ours(name):
            self.wrong.append(self.says("unknown_value", column=self.column(name), value=found))
            return ""
        return found

    def meant(self, name: str, words: str) -> str | None:
        """Return our word; None where no one explained it, or where its meaning no longer exists."""
        word = same_word(words)
        explained = self.of.meaning.words.get(name, {}).get(word)
        if explained is not None and explained in self.of.ours(name):
            return explained
        return self.of.known.get(name, {}).get(word)

    def unknown(self, name: str, words: str) -> None:
        """Count a word that is not explained, and report it."""
        self.of.unknown[name, " ".join(words.split())[:80]] += 1
        column = self.column(name)
        if words:
            self.wrong.append(self.says("unknown_value", column=column, value=words[:40]))
        else:
            self.wrong.append(self.says("no_value", column=column))
