"""Read one line of a list as a description of a person; what can't be used as given is reported with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolgate.people.checking import email_is_bad, name_is_bad, tidy_email, tidy_name
from schoolgate.people.importing.fields import Field
from schoolgate.people.importing.said import say
from schoolgate.people.lists.cells import Cells, Reading
from schoolgate.people.lists.columns import Meaning
from schoolgate.people.lists.doubts import typed
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.sheets import Line, Sheet, day_of

_BETWEEN = re.compile(r"[;,|\n]")
"""The separator between several roles in one cell."""


@dataclass(frozen=True)
class RoleRead:
    """A role of the policy, in one school or (None) in the whole federation."""

    role_key: str
    school_id: int | None


@dataclass(frozen=True)
class Read:
    """The content of a line. `manager`: an address; `leaving`, `from_day`, `to_day` None: not stated."""

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
    wrong: tuple[ListMessage, ...]

    @property
    def particulars(self) -> tuple[object, ...]:
        """Return what has to be the same on each line of one person."""
        return self.name, self.relation, self.language, self.active, self.leaving, self.manager


@dataclass
class Reader(Reading):
    """Reads the lines of one list of people."""

    def read(self, line: Line) -> Read:
        """Return the content of this line."""
        return _LineReader(self, line).read()


def reader_for(sheet: Sheet, meaning: Meaning, known: Mapping[str, Mapping[str, str]]) -> Reader:
    """Return a reader for the lines of this list below its headings."""
    return Reader.of(sheet, meaning, known)


class _LineReader(Cells):
    says = staticmethod(say)
    names = frozenset({Field.NAME, Field.FIRST_NAME, Field.LAST_NAME})

    def read(self) -> Read:
        return Read(
            line=self.line.number,
            name=self._name(),
            email=self._email(Field.EMAIL, missing="no_email", bad="bad_email"),
            relation=self.word(Field.RELATION),
            language=self.word(Field.LANGUAGE, may_be_empty=True),
            active=self.word(Field.ACTIVE, may_be_empty=True) != "no",
            leaving=self.day(Field.LEAVING_DAY),
            manager=self._email(Field.MANAGER, missing="", bad="manager_bad_email"),
            roles=self._roles(),
            from_day=self.day(Field.FROM_DAY),
            to_day=self._to_day(),
            wrong=tuple(self.wrong),
        )

    def _name(self) -> str:
        parts = (Field.FIRST_NAME, Field.LAST_NAME) if Field.NAME not in self.of.places else (Field.NAME,)
        before = len(self.wrong)
        name = tidy_name(" ".join(self.cell(part) for part in parts))
        if len(self.wrong) == before and not name:
            self.wrong.append(say("no_name"))
        elif name and name_is_bad(name):
            self.wrong.append(say("bad_name"))
        return name

    def _email(self, name: Field, *, missing: str, bad: str) -> str:
        before = len(self.wrong)
        email = tidy_email(self.cell(name))
        if len(self.wrong) > before:
            return ""
        if not email:
            self.wrong += [say(missing)] if missing else []
        elif email_is_bad(email):
            self.wrong.append(say(bad))
        return email

    def _to_day(self) -> date | None:
        """Return the last day. Reports here, once both days are read, where they cross."""
        first, last = day_of(typed(self.cell_quietly(Field.FROM_DAY))), self.day(Field.TO_DAY)
        if first and last and last < first:
            self.wrong.append(say("days_crossed"))
        return last

    def _roles(self) -> tuple[RoleRead, ...]:
        keys = [key for key in self._role_keys() if key]
        if not keys:
            return ()
        school = self.word(Field.SCHOOL)
        return tuple(RoleRead(key, int(school) if school else None) for key in dict.fromkeys(keys))

    def _role_keys(self) -> list[str]:
        words = self.cell(Field.ROLE)
        if not words:
            return []
        whole = self.meant(Field.ROLE, words)
        if whole is not None:
            return [whole]
        found: list[str] = []
        for part in filter(None, (part.strip() for part in _BETWEEN.split(words))):
            key = self.meant(Field.ROLE, part)
            if key is None:
                self.unknown(Field.ROLE, part)
            found.append(key or "")
        return found
