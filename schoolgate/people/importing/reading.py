"""One line of a list as what it says of a person; what cannot be taken as it stands is said beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolgate.people.checking import email_is_bad, name_is_bad, tidy_email, tidy_name
from schoolgate.people.importing.fields import Field, Meaning
from schoolgate.people.importing.said import Said, say
from schoolgate.people.sheets import Line, Sheet, day_of, is_formula, same_word

_BETWEEN = re.compile(r"[;,|\n]")
"""What stands between several roles in one cell."""


@dataclass(frozen=True)
class RoleRead:
    """A role of the policy, in one school or (None) in the whole federation."""

    role_key: str
    school_id: int | None


@dataclass(frozen=True)
class Read:
    """What a line says. `manager`: an address; `leaving`, `from_day`, `to_day` None: nothing is said."""

    line: int
    name: str
    email: str
    relation: str
    language: str
    active: bool
    leaving: date | None
    manager: str
    roles: tuple[RoleRead, ...]
    from_day: date | None
    to_day: date | None
    wrong: tuple[Said, ...]

    @property
    def particulars(self) -> tuple[object, ...]:
        """What has to be the same on each line of one person."""
        return self.name, self.relation, self.language, self.active, self.leaving, self.manager


@dataclass
class Reader:
    """Reads the lines of one list. `known`: words that need no explaining; `unknown` counts the others."""

    meaning: Meaning
    known: Mapping[str, Mapping[str, str]]
    places: Mapping[str, int]
    width: int
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._ours = {name: {"", *each.values()} for name, each in self.known.items()}

    def ours(self, name: Field) -> set[str]:
        """What a word of this field can mean today."""
        return self._ours.get(name, set())

    def read(self, line: Line) -> Read:
        """What this line says."""
        return _LineReader(self, line).read()


def reader_for(sheet: Sheet, meaning: Meaning, known: Mapping[str, Mapping[str, str]]) -> Reader:
    """A reader for the lines of this list below its headings."""
    headings = {same_word(heading): place for place, heading in enumerate(sheet.lines[0].cells) if heading}
    places = {
        name: headings[same_word(heading)]
        for name, heading in meaning.columns.items()
        if same_word(heading) in headings
    }
    return Reader(meaning, known, places, len(sheet.lines[0].cells))


class _LineReader:
    def __init__(self, reader: Reader, line: Line) -> None:
        self.of, self.line = reader, line
        self.wrong: list[Said] = []

    def read(self) -> Read:
        if any(self.line.cells[self.of.width :]):
            self.wrong.append(say("too_many_cells"))
        return Read(
            line=self.line.number,
            name=self._name(),
            email=self._email(Field.EMAIL, missing="no_email", bad="bad_email"),
            relation=self._word(Field.RELATION),
            language=self._word(Field.LANGUAGE, may_be_empty=True),
            active=self._word(Field.ACTIVE, may_be_empty=True) != "no",
            leaving=self._day(Field.LEAVING_DAY),
            manager=self._email(Field.MANAGER, missing="", bad="manager_bad_email"),
            roles=self._roles(),
            from_day=self._day(Field.FROM_DAY),
            to_day=self._to_day(),
            wrong=tuple(self.wrong),
        )

    def _cell(self, name: str) -> str:
        """The words of a cell; those of a formula are said to be wrong, and not looked at further."""
        place = self.of.places.get(name)
        words = self.line.cells[place] if place is not None and place < len(self.line.cells) else ""
        if is_formula(words):
            self.wrong.append(say("formula", column=self._column(name)))
            return ""
        return words

    def _column(self, name: str) -> str:
        return self.of.meaning.columns.get(name, name)

    def _name(self) -> str:
        parts = (Field.FIRST_NAME, Field.LAST_NAME) if Field.NAME not in self.of.places else (Field.NAME,)
        before = len(self.wrong)
        name = tidy_name(" ".join(self._cell(part) for part in parts))
        if len(self.wrong) == before and not name:
            self.wrong.append(say("no_name"))
        elif name and name_is_bad(name):
            self.wrong.append(say("bad_name"))
        return name

    def _email(self, name: Field, *, missing: str, bad: str) -> str:
        before = len(self.wrong)
        email = tidy_email(self._cell(name))
        if len(self.wrong) > before:
            return ""
        if not email:
            self.wrong += [say(missing)] if missing else []
        elif email_is_bad(email):
            self.wrong.append(say(bad))
        return email

    def _day(self, name: Field) -> date | None:
        words = self._cell(name)
        found = day_of(words)
        if words and found is None:
            self.wrong.append(say("bad_day", column=self._column(name), value=words[:40]))
        return found

    def _to_day(self) -> date | None:
        """The last day. Said here, once both days are read, where they cross."""
        first, last = day_of(self._cell_quietly(Field.FROM_DAY)), self._day(Field.TO_DAY)
        if first and last and last < first:
            self.wrong.append(say("days_crossed"))
        return last

    def _cell_quietly(self, name: Field) -> str:
        place = self.of.places.get(name)
        return self.line.cells[place] if place is not None and place < len(self.line.cells) else ""

    def _word(self, name: Field, *, may_be_empty: bool = False) -> str:
        """Our word for what the cell says; what holds for the whole list where there is no such column."""
        if name not in self.of.places:
            return self._default(name)
        before = len(self.wrong)
        words = self._cell(name)
        if len(self.wrong) > before:
            return ""
        if not words and may_be_empty:
            return self._default(name)
        found = self._meant(name, words)
        if found is None:
            self._unknown(name, words)
        return found or ""

    def _default(self, name: Field) -> str:
        found = self.of.meaning.defaults.get(name, "")
        if found and found not in self.of.ours(name):
            self.wrong.append(say("unknown_value", column=self._column(name), value=found))
            return ""
        return found

    def _meant(self, name: Field, words: str) -> str | None:
        """Our word; None where nobody explained it, or what it meant is no longer there."""
        word = same_word(words)
        explained = self.of.meaning.words.get(name, {}).get(word)
        if explained is not None and explained in self.of.ours(name):
            return explained
        return self.of.known.get(name, {}).get(word)

    def _unknown(self, name: Field, words: str) -> None:
        self.of.unknown[name, " ".join(words.split())[:80]] += 1
        column = self._column(name)
        said = (
            say("unknown_value", column=column, value=words[:40]) if words else say("no_value", column=column)
        )
        self.wrong.append(said)

    def _roles(self) -> tuple[RoleRead, ...]:
        keys = [key for key in self._role_keys() if key]
        if not keys:
            return ()
        school = self._word(Field.SCHOOL)
        return tuple(RoleRead(key, int(school) if school else None) for key in dict.fromkeys(keys))

    def _role_keys(self) -> list[str]:
        words = self._cell(Field.ROLE)
        if not words:
            return []
        whole = self._meant(Field.ROLE, words)
        if whole is not None:
            return [whole]
        found: list[str] = []
        for part in filter(None, (part.strip() for part in _BETWEEN.split(words))):
            key = self._meant(Field.ROLE, part)
            if key is None:
                self._unknown(Field.ROLE, part)
            found.append(key or "")
        return found
