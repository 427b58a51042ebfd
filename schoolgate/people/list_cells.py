"""The table in a sheet as a school's system writes it: below titles, with headings in two rows, with the
headings of each printed page again, and with a count at the end; its headings, which column is what, and each
line cell by cell. What is found has one row of headings, each with a name of its own, and names in one column
(*Nowak, Ana Maria*) are two columns.

What spreadsheets do to words is undone; what can't be used as given is reported with its line. Pure.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Final, Protocol, Self

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import MONTHS
from schoolgate.core.errors import BadInput, Text
from schoolgate.people.sheets import FORMULA, Line, Sheet, day_of, same_word

Words = Mapping[str, Mapping[str, str]]


class KeptMeaning(Protocol):
    """The stored meaning of columns and words."""

    columns: Any
    defaults: Any
    words: Any


@dataclass(frozen=True)
class Meaning:
    """The meaning of a list's columns and words. `columns`: field -> heading; `defaults`: field -> value for
    the whole list; `words`: field -> {the list's word: ours}."""

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)

    @classmethod
    def of(cls, kept: KeptMeaning) -> Meaning:
        """Return it from its stored form."""
        return cls(kept.columns, kept.defaults, kept.words)

    def plain(self) -> Any:
        """Return it as JSON data."""
        return [
            dict(self.columns),
            dict(self.defaults),
            {key: dict(each) for key, each in self.words.items()},
        ]


def headings_of(sheet: Sheet, *, too_short: Text) -> tuple[str, ...]:
    """Return the headings of a list. Raises BadInput on `file` where there are none, or no line follows
    (`too_short`)."""
    if len(sheet.lines) < 2:
        raise BadInput({"file": too_short})
    headings = sheet.lines[0].cells
    if any("@" in heading for heading in headings):
        raise BadInput({"file": _("The first row contains an email address. It should contain headings.")})
    return headings


def shape_of(headings: Iterable[str]) -> str:
    """Return a digest of the headings, whatever their order, capitals and spaces."""
    named = sorted(same_word(heading) for heading in headings if heading)
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def known_headings(known: Mapping[Any, Sequence[str]]) -> frozenset[str]:
    """Return all headings that mean a field."""
    return frozenset(word for words in known.values() for word in words)


def offered(headings: Iterable[str], known: Mapping[Any, Sequence[str]]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it. `known`: field -> headings that mean it."""
    by_word = {same_word(heading): heading for heading in headings if heading}
    return {
        str(each): found
        for each, words in known.items()
        if (found := next((by_word[word] for word in words if word in by_word), ""))
    }


def wrong_columns(
    columns: Mapping[str, str], headings: Sequence[str], fields: Collection[str]
) -> dict[str, Any]:
    """Return what is wrong, by field: a column that is not there, or one that is taken twice."""
    wrong: dict[str, Any] = {}
    there = {same_word(heading) for heading in headings if heading}
    taken: set[str] = set()
    for name, heading in columns.items():
        if name not in fields or same_word(heading) not in there:
            wrong[name] = _("The list doesn’t have this column. Choose another.")
        elif heading in taken:
            wrong[name] = _("This column is already used for something else. Choose another.")
        taken.add(heading)
    return wrong


def digest_of(shown: Any) -> str:
    """Return a digest of all that is shown of a plan: it changes when any of it does."""
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


DASHES = frozenset("-–—")
NOTHING = DASHES | {
    "--",
    "---",
    "n/a",
    "n.a.",
    "#n/a",
    "none",
    "nil",
    "null",
    "(none)",
    "(blank)",
    "not applicable",
    "not recorded",
    "dim",
    "amherthnasol",
}
"""What people and programs put into a cell to say that there is nothing."""
LOST = "\ufffd"
"""What a program writes for a letter that it couldn't read."""
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How a number is written so that a spreadsheet leaves its zeros alone: ="004512"."""
_FORMULA = re.compile(
    r"=\s{0,3}[-+(]?\s{0,3}(?:[A-Z][A-Z.]{0,20}\(|\$?[A-Z]{1,3}\$?\d|\d|['\"])", re.IGNORECASE
)
"""A program that wrote a formula instead of its value. *= see office* is what a person typed."""
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{1,3}", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}(?: .*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""
_FEWEST, _MOST = 10_000, 73_050
"""Days that are dates between 1927 and 2100."""
_NOT_IN_NAMES = frozenset({"Cc", "Cn", "Co", "Cs", "No", "Sc", "So"})
"""Categories of signs that stand in no name: a file of another code page has £ or ³ for a Polish letter."""


def typed(words: str, *, is_name: bool = False) -> str:
    """Return what a person typed into the cell: without the marks that keep it from being a formula or a
    number, and "" for what says that there is nothing; in a name only a dash does, for people are called
    None and Nil."""
    as_text = _AS_TEXT.fullmatch(words)
    found = as_text[1].strip() if as_text else words
    if found.startswith("'") and found[1:].startswith(FORMULA):
        found = found[1:]
    return "" if found.casefold() in (DASHES if is_name else NOTHING) else found


def wrong_with(words: str, *, is_name: bool = False) -> str:
    """Return the code of what a spreadsheet did to these words, or ""."""
    if _FORMULA.match(words):
        return "formula"
    if _SHORTENED.fullmatch(words):
        return "shortened"
    return "damaged" if is_damaged(words) or (is_name and _is_no_name(words)) else ""


def is_damaged(words: str) -> bool:
    """Return whether letters were lost, or read in another way than they were written."""
    if LOST in words or any("\x80" <= each <= "\x9f" for each in words):
        return True
    if words.isascii():
        return False
    try:
        return not words.encode("cp1252").decode("utf-8").isascii()
    except UnicodeError:
        return False


def _is_no_name(words: str) -> bool:
    return (
        "?" in words
        or "=" in words
        or "¿" in words
        or any(unicodedata.category(each) in _NOT_IN_NAMES for each in words)
    )


def wrong_with_day(words: str) -> tuple[str, str]:
    """Return why these words are no day, as a code, and the day that may be meant; ("", "") where it isn't
    known."""
    tidy = words.strip()
    month_first = _MONTH_FIRST.fullmatch(tidy)
    if month_first and int(month_first[1]) <= 12 < int(month_first[2]) <= 31:
        return "month_first", ""
    serial = _SERIAL.fullmatch(tidy)
    if serial and _FEWEST <= int(serial[1]) <= _MOST:
        return "serial_day", (_EPOCH + timedelta(days=int(serial[1]))).strftime("%d/%m/%Y")
    return "", ""


_DAY_AND_MONTH = re.compile(r"\d{1,2}-([^\W\d_]{3})|([^\W\d_]{3})-\d\d")


def may_be_made_a_day(words: str) -> bool:
    """Return whether a spreadsheet may have taken something else for a day: class 3-4 is *03-Apr* then."""
    short = _DAY_AND_MONTH.fullmatch(words)
    return bool(short and (short[1] or short[2]).casefold() in MONTHS) or day_of(words) is not None


def is_month_first(words: str) -> bool:
    """Return whether a day has its month first, as in the United States."""
    return wrong_with_day(words)[0] == "month_first"


def may_be_month_first(words: str) -> bool:
    """Return whether a day would be another one with its month first: 4/5/2027."""
    found = _MONTH_FIRST.fullmatch(words.strip())
    return bool(found and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2]))


def same_number(words: str) -> str:
    """Return a number as it is compared: a spreadsheet takes away leading zeros, and people add spaces."""
    bare = "".join(same_word(words).split())
    return bare.lstrip("0") or bare if bare.isdigit() else bare


def may_be_other(one: str, other: str) -> bool:
    """Return whether these may be the names of two people: neither has all the words of the other, whatever
    its accents and hyphens."""
    first, second = _words(one), _words(other)
    return not (first <= second or second <= first)


def _words(name: str) -> set[str]:
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)
    )
    return set(re.findall(r"\w+", re.sub(r"['’`´]", "", bare)))


Arg = str | int | date | None

COMMON: Mapping[str, str | Promise] = {
    # Why a line is refused
    "formula": _("{column}: this is a formula. Save the list with its values and upload it again."),
    "too_many_cells": _("This row has more cells than there are headings."),
    "no_value": _("{column}: empty."),
    "too_long": _("{column}: this is too long. Use up to {most} characters."),
    "bad_day": _("{column}: “{value}” isn’t a date. Use a format like 1/9/2026."),
    "month_first": _(
        "{column}: “{value}” has the month first. Other dates in the list may be wrong too. Save the list "
        "with UK dates and upload it again."
    ),
    "either_first": _(
        "{column}: “{value}” may have the month first, as other dates in this column do. Save the "
        "list with UK dates and upload it again."
    ),
    "made_a_day": _(
        "{column}: a spreadsheet may have made a date of this: “{value}”. Format the column as text and "
        "correct it."
    ),
    "serial_day": _(
        "{column}: “{value}” is how a spreadsheet counts {day}. Format the column as dates and upload the "
        "list again."
    ),
    "shortened": _(
        "{column}: the spreadsheet shortened this number to “{value}”. Format the column as text, enter the "
        "whole numbers and upload the list again."
    ),
    "damaged": _(
        "{column}: letters in “{value}” are damaged. Save the list again as CSV UTF-8 or Excel and upload it."
    ),
    # What a person is asked
    "other_name": _("Is this still {old}?"),
    "number_like": _("The number {number} is already here for {name}. Is this the same pupil?"),
}
"""What may be said about a line of every kind of list: code -> sentence."""


@dataclass(frozen=True)
class ListMessage:
    """`code` of `words` or `COMMON`; `args` speak no language: days, names, codes of ours. Each kind of list
    has its own `words`."""

    words: ClassVar[Mapping[str, str | Promise]] = {}

    code: str
    args: dict[str, Arg] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the active language."""
        shown = {name: self.shown(name, arg) for name, arg in self.args.items()}
        said = self.words.get(self.code) or COMMON[self.code]
        return str(said).format(**shown)

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        return date_format(arg, "j F Y") if isinstance(arg, date) else str(arg)

    def plain(self) -> list[object]:
        """Return it as JSON data, the same in every language."""
        return [self.code, {name: str(arg) for name, arg in sorted(self.args.items())}]


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


MOST_ABOVE = 30
"""Lines among which the headings are looked for."""
FEWEST = 3
"""Cells of a row of headings, where any line has so many: titles and dates of printing have fewer."""
_PAGE = re.compile(r"(?:page|tudalen) \d{1,4}(?: (?:of|o) \d{1,4})?", re.IGNORECASE)
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
    numbers = [line for line in rows if _filled(line) == 1 and _PAGE.fullmatch("".join(line.cells))]
    rows = [line for line in rows if line not in numbers]
    end: list[Line] = []
    while len(rows) > 1 and _filled(head) >= FEWEST and _filled(rows[-1]) == 1:
        end.insert(0, rows.pop())
    besides = sorted((*above, *numbers, *end), key=lambda line: line.number)
    aside = tuple(" ".join(filter(None, line.cells)) for line in besides)
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
