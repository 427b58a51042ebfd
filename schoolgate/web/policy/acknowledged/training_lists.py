"""An imported list of training: read, matched with people here, and shown before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_day
from schoolgate.core.errors import BadInput
from schoolgate.people.lists.doubts import typed, wrong_with, wrong_with_day
from schoolgate.people.lists.said import ListMessage
from schoolgate.people.models import Person
from schoolgate.people.sheets import Line, Sheet, day_of, same_word
from schoolgate.policy.actions.training import LONGEST_TOPIC, MOST_AT_ONCE
from schoolgate.policy.knowing import people_here

LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One line: the person it was matched with, when, about what; or what is wrong with it."""

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
        """Return the lines that can be imported."""
        return [
            (row.person, row.on, row.topic) for row in self.rows if row.person and row.on and not row.wrong
        ]

    @property
    def wrong(self) -> list[Row]:
        """Return the lines that are left out."""
        return [row for row in self.rows if row.wrong]

    def plain(self) -> list[tuple[int, str, str]]:
        """Return the lines that can be imported, as JSON data."""
        return [(person.pk, on.isoformat(), topic) for person, on, topic in self.good]

    @staticmethod
    def again(given: Sequence[Any], people: Mapping[int, Person]) -> list[tuple[Person, date, str]]:
        """The rows of `plain`, with the persons who are still here."""
        return [(people[pk], stored_day(on), topic) for pk, on, topic in given if pk in people]


def read_list(sheet: Sheet, *, on: date) -> Listed:
    """The lines of an uploaded list. Two queries.

    Names and addresses are matched whole; where two people share a name, only the address tells. A first line
    of headings is passed over. Raises BadInput on `file` where there is nothing in it, or too much.
    """
    lines = sheet.lines
    if len(lines) > 1 and len(lines[0].cells) > 1:
        who, day = lines[0].cells[:2]
        lines = lines[1:] if day_of(day) is None and "@" not in who else lines
    if not lines or len(lines) > MOST_AT_ONCE:
        raise BadInput({"file": _("The list must have between 1 and 500 lines.")})
    by_name: dict[str, list[Person]] = {}
    by_email: dict[str, Person] = {}
    for person in people_here(on).only("pk", "name", "email", "federation_id"):
        by_name.setdefault(same_word(person.name), []).append(person)
        by_email[same_word(person.email)] = person
    return Listed([_row(line, by_name, by_email, on) for line in lines])


def _row(
    line: Line,
    by_name: Mapping[str, Sequence[Person]],
    by_email: Mapping[str, Person],
    today: date,
) -> Row:
    who, day, topic = [typed(cell) for cell in [*line.cells, "", "", ""][:3]]
    named = same_word(who)
    found = [by_email[named]] if named in by_email else by_name.get(named, [])
    on = day_of(day)
    wrong = ""
    spoilt = wrong_with(who, is_name=True)
    no_day, meant = ("", "") if on else wrong_with_day(day)
    if spoilt:
        wrong = str(ListMessage(spoilt, {"column": gettext("Name"), "value": who[:40]}))
    elif no_day:
        wrong = str(ListMessage(no_day, {"column": gettext("Date"), "value": day[:40], "day": meant}))
    elif not found:
        wrong = gettext("No one here has this name or address.")
    elif len(found) > 1:
        wrong = gettext("Several people here have this name. Use the email address.")
    elif on is None:
        wrong = gettext("The second column must be a date such as 1/9/2026.")
    elif on > today:
        wrong = gettext("The date is in the future.")
    elif len(topic) > LONGEST_TOPIC:
        wrong = gettext("The topic is too long.")
    return Row(line.number, who, found[0] if len(found) == 1 else None, on, topic, wrong)
