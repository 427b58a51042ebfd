"""Read one line of a list as a pupil; what can't be used as given is reported with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from schoolgate.people.checking import email_is_bad, tidy_email
from schoolgate.people.lists.cells import Cells, Reading
from schoolgate.people.lists.doubts import typed
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.sheets import Line
from schoolgate.pupils.importing.fields import Field
from schoolgate.pupils.importing.headings import can_mean
from schoolgate.pupils.importing.said import say
from schoolgate.pupils.states import Answer

LONGEST: Mapping[Field, int] = {
    Field.KEY: 40,
    Field.FIRST_NAME: 80,
    Field.LAST_NAME: 80,
    Field.KNOWN_AS: 80,
    Field.YEAR: 20,
    Field.FORM: 40,
}
PARENTS = ((Field.PARENT, Field.PARENT_EMAIL), (Field.OTHER, Field.OTHER_EMAIL))
LONGEST_PARENT = 120
NEEDED = (Field.FIRST_NAME, Field.LAST_NAME)
BESIDE = frozenset({Field.YEAR, Field.FORM})
"""Texts without which it's known who the pupil is: what can't be used of them is left out by itself."""
T = TypeVar("T")


@dataclass(frozen=True)
class Read:
    """The content of a line. `answers`: consent field -> one of `Answer`."""

    line: int
    key: str
    first_name: str
    last_name: str
    known_as: str
    school_id: int | None
    year: str
    form: str
    born_on: date | None
    answers: Mapping[str, str]
    parents: tuple[tuple[str, str], ...]
    """Name and email of each, "" where the list has no email."""
    wrong: tuple[ListMessage, ...]
    unused: tuple[ListMessage, ...] = ()
    """Why something was left out of the line: a date of birth that can't be right refuses itself, not the
    pupil."""
    left_out: frozenset[str] = frozenset()
    """The fields that were: what is here about them stays as it is."""

    @property
    def full_name(self) -> str:
        """The name of the records."""
        return f"{self.first_name} {self.last_name}"

    @property
    def name(self) -> str:
        """The name people use."""
        return f"{self.known_as or self.first_name} {self.last_name}".strip()


class LineReader(Cells):
    """Reads one line. `consents`: the consent fields that the list has a column for."""

    says = staticmethod(say)
    names = frozenset({Field.FIRST_NAME, Field.LAST_NAME, Field.KNOWN_AS, Field.PARENT, Field.OTHER})

    def __init__(self, reading: Reading, line: Line, *, consents: tuple[str, ...], on: date) -> None:
        super().__init__(reading, line)
        self.consents, self.on = consents, on
        self.unused: list[ListMessage] = []
        self.left_out: set[str] = set()

    def read(self) -> Read:
        """Return the content of the line."""
        school = self._school()
        texts = {
            name: (self._alone(name, partial(self._text, name)) or "") if name in BESIDE else self._text(name)
            for name in LONGEST
        }
        if not texts[Field.KEY] and not self.wrong:
            self.wrong.append(say("no_key"))
        for name in NEEDED:
            if not texts[name] and not any(
                each.args.get("column") == self.column(name) for each in self.wrong
            ):
                self.wrong.append(say("no_value", column=self.column(name)))
        born = self._alone(Field.BORN, self._born)
        parents = [self._alone(name, partial(self._parent, name, email)) for name, email in PARENTS]
        return Read(
            line=self.line.number,
            key=texts[Field.KEY],
            first_name=texts[Field.FIRST_NAME],
            last_name=texts[Field.LAST_NAME],
            known_as=texts[Field.KNOWN_AS],
            school_id=int(school) if school else None,
            year=texts[Field.YEAR],
            form=texts[Field.FORM],
            born_on=born,
            answers={name: self._answer(name) for name in self.consents},
            parents=tuple(filter(None, parents)),
            wrong=tuple(self.wrong),
            unused=tuple(self.unused),
            left_out=frozenset(self.left_out),
        )

    def _alone(self, name: Field, read: Callable[[], T]) -> T | None:
        """Return what is read of a field; None where it can't be used, which refuses nothing else."""
        before = len(self.wrong)
        found = read()
        if len(self.wrong) == before:
            return found
        self.unused += self.wrong[before:]
        del self.wrong[before:]
        self.left_out.add(name)
        return None

    def _text(self, name: Field) -> str:
        words = " ".join(self.cell(name).split())
        if len(words) > LONGEST[name]:
            self.wrong.append(say("too_long", column=self.column(name), most=LONGEST[name]))
            return ""
        return words

    def _parent(self, name: Field, email: Field) -> tuple[str, str] | None:
        who, written = " ".join(self.cell(name).split()), self.cell(email).strip()
        if len(who) > LONGEST_PARENT:
            self.wrong.append(say("too_long", column=self.column(name), most=LONGEST_PARENT))
        address = tidy_email(written) if written else ""
        if address and email_is_bad(address):
            self.wrong.append(say("bad_email", column=self.column(email)))
        if address and not who:
            self.wrong.append(say("no_value", column=self.column(name)))
        return (who, address) if who else None

    def _born(self) -> date | None:
        born = self.day(Field.BORN)
        if born is not None and born > self.on:
            self.wrong.append(say("born_future", column=self.column(Field.BORN)))
        return born

    def _school(self) -> str:
        before = len(self.wrong)
        found = self.word(Field.SCHOOL)
        if not found and len(self.wrong) == before:
            self.wrong.append(say("no_value", column=self.column(Field.SCHOOL)))
        return found

    def _answer(self, name: str) -> str:
        """Return the answer in the cell: blank is not asked, and so is what says that there's nothing, unless
        it was explained. A word that no one has explained refuses the line, and so does one that can't mean
        what it was explained as below this heading."""
        words = self.cell_quietly(name)
        found = self.meant(name, words) if words else Answer.NOT_ASKED
        if found is None and not typed(words):
            return Answer.NOT_ASKED
        if words and (found is None or found not in can_mean(self.column(name), words)):
            self.unknown(name, words)
            return Answer.NOT_ASKED
        return found or Answer.NOT_ASKED

    def unknown(self, name: str, words: str) -> None:
        """Report a word that no one has explained; a school's name is corrected in the list instead."""
        if name == Field.SCHOOL:
            code = "unknown_school" if words else "no_value"
            self.wrong.append(say(code, column=self.column(name), value=words[:40]))
            return
        super().unknown(name, words)
