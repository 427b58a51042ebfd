"""A list of training that was kept elsewhere: read, matched with who is here, and shown before it is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.people.models import Person
from schoolgate.policy.actions.training import LONGEST_TOPIC, MOST_AT_ONCE
from schoolgate.policy.knowing import people_here

LARGEST = 1024 * 1024
_DAYS = (("-", 0, 1, 2), ("/", 2, 1, 0), (".", 2, 1, 0))
"""How a day may be written, and where year, month and day stand: 2026-09-01, 1/9/2026, 1.9.2026."""


@dataclass(frozen=True)
class Row:
    """One line: whom it was matched with, when, about what; or what is wrong with it."""

    line: int
    who: str
    person: Person | None
    on: date | None
    topic: str
    wrong: str = ""


@dataclass(frozen=True)
class Listed:
    """The lines of a list, in their order."""

    rows: Sequence[Row]

    @property
    def good(self) -> list[tuple[Person, date, str]]:
        """What can be taken over."""
        return [
            (row.person, row.on, row.topic) for row in self.rows if row.person and row.on and not row.wrong
        ]

    @property
    def wrong(self) -> list[Row]:
        """What is left out."""
        return [row for row in self.rows if row.wrong]

    def plain(self) -> list[tuple[int, str, str]]:
        """What can be taken over, as JSON data."""
        return [(person.pk, on.isoformat(), topic) for person, on, topic in self.good]

    @staticmethod
    def again(given: Sequence[Any], people: Mapping[int, Person]) -> list[tuple[Person, date, str]]:
        """The rows of `plain`, with the persons who are still here."""
        return [(people[pk], date.fromisoformat(on), topic) for pk, on, topic in given if pk in people]


def read_list(sent: Any, *, on: date) -> Listed:
    """The lines of an uploaded CSV file. Two queries.

    Names and addresses are matched whole; where two people share a name, only the address tells. A first line
    of headings is passed over. Raises BadInput on `file` where it is no such file.
    """
    if sent.size > LARGEST:
        raise BadInput({"file": _("This file is larger than any such list: 1 MB at most.")})
    text = _decoded(sent.read())
    delimiter = ";" if text[:2000].count(";") > text[:2000].count(",") else ","
    try:
        lines = [
            line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if any(map(str.strip, line))
        ]
    except csv.Error:
        raise BadInput({"file": _("This is no list of lines with three columns.")}) from None
    first = 1
    if len(lines) > 1 and len(lines[0]) > 1 and _day(lines[0][1]) is None and "@" not in lines[0][0]:
        lines, first = lines[1:], 2
    if not lines or len(lines) > MOST_AT_ONCE:
        raise BadInput({"file": _("The list has to have between 1 and 500 lines.")})
    by_name: dict[str, list[Person]] = {}
    by_email: dict[str, Person] = {}
    for person in people_here(on).only("pk", "name", "email", "federation_id"):
        by_name.setdefault(person.name.casefold(), []).append(person)
        by_email[person.email.casefold()] = person
    return Listed([_row(number, line, by_name, by_email, on) for number, line in enumerate(lines, first)])


def _row(
    number: int,
    line: Sequence[str],
    by_name: Mapping[str, Sequence[Person]],
    by_email: Mapping[str, Person],
    today: date,
) -> Row:
    who, day, topic = [*(part.strip() for part in line), "", "", ""][:3]
    found = [by_email[who.casefold()]] if who.casefold() in by_email else by_name.get(who.casefold(), [])
    on = _day(day)
    wrong = ""
    if not found:
        wrong = gettext("Nobody here has this name or address.")
    elif len(found) > 1:
        wrong = gettext("Several people here have this name: put the e-mail address.")
    elif on is None:
        wrong = gettext("The second column is no day, such as 1/9/2026.")
    elif on > today:
        wrong = gettext("The day has not come yet.")
    elif len(topic) > LONGEST_TOPIC:
        wrong = gettext("The topic is too long.")
    return Row(number, who, found[0] if len(found) == 1 else None, on, topic, wrong)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else as spreadsheets on Windows write it. Raises BadInput."""
    if b"\x00" in content:
        raise BadInput({"file": _("This is not a text file. Save the list as CSV first.")})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _day(words: str) -> date | None:
    for sign, year, month, day in _DAYS:
        parts = words.strip().split(sign)
        if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            try:
                found = date(int(parts[year]), int(parts[month]), int(parts[day]))
            except ValueError:
                return None
            return found if found.year > 1900 else None
    return None
