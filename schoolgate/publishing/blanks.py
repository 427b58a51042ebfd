"""The blanks of a reusable text, as `{school}`: a closed set, how each is checked and how it reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from django.utils import translation
from django.utils.dateformat import format as in_words
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.core.models import School
from schoolgate.core.weekdays import WEEKDAYS

Value = School | date | time | str
BLANK = re.compile(r"\{([^{}]*)\}")
LONGEST_VALUE = 60
DAYS_AHEAD = 14
"""House rule: an emergency is today, or in the next two weeks at the latest."""


@dataclass(frozen=True)
class Blank:
    """One blank: what it is called, and what fills it."""

    label: str | Promise
    kind: Literal["school", "day", "clock", "words"]


BLANKS: Mapping[str, Blank] = {
    "school": Blank(_("School"), "school"),
    "date": Blank(_("Date"), "day"),
    "time": Blank(_("Time"), "clock"),
    "class": Blank(_("Class"), "words"),
    "event": Blank(_("Event"), "words"),
    "place": Blank(_("Place"), "words"),
}
CLOSED = frozenset(name for name, each in BLANKS.items() if each.kind != "words")
"""The blanks of an emergency text: no one can type words into them."""


def blanks_in(*texts: str) -> list[str]:
    """Return the names of the blanks in these texts, in the order of BLANKS."""
    found = {name for text in texts for name in BLANK.findall(text)}
    return [name for name in BLANKS if name in found]


def check_blanks(text: str, *, field: str, allowed: Collection[str]) -> None:
    """Raise BadInput on `field` where the text has a brace that is no allowed blank."""
    unknown = [name for name in BLANK.findall(text) if name not in allowed]
    rest = BLANK.sub("", text)
    if not unknown and "{" not in rest and "}" not in rest:
        return
    offered = ", ".join(f"{{{name}}}" for name in BLANKS if name in allowed)
    raise BadInput(
        {field: format_lazy(_("Between braces you can only use these: {blanks}."), blanks=offered)}
    )


def check_values(values: Mapping[str, Value], *, wanted: Collection[str], on: date, emergency: bool) -> None:
    """Raise BadInput, by `blank-<name>`, where a blank isn't filled, or with something that it doesn't take.

    In an emergency a date is today or one of the next days.
    """
    wrong: dict[str, Text] = {}
    for name in wanted:
        said = _wrong(name, values.get(name), on=on, emergency=emergency)
        if said:
            wrong[f"blank-{name}"] = said
    if wrong:
        raise BadInput(wrong)


def _wrong(name: str, value: Value | None, *, on: date, emergency: bool) -> Text:
    kind = BLANKS[name].kind
    if kind == "school":
        return "" if isinstance(value, School) else _("Choose the school.")
    if kind == "clock":
        return "" if isinstance(value, time) else _("Enter the time like this: 15:30")
    if kind == "day":
        if not isinstance(value, date):
            return _("Enter a date")
        if emergency and not on <= value <= on + timedelta(days=DAYS_AHEAD):
            return _("Choose today, or a day in the next two weeks.")
        return ""
    typed = value if isinstance(value, str) else ""
    if not typed.strip():
        return _("Fill in this field")
    if len(typed) > LONGEST_VALUE or not typed.isprintable() or "{" in typed or "}" in typed:
        return _("Use up to 60 characters on one line, without braces.")
    return ""


def filled(text: str, values: Mapping[str, Value], *, language: str) -> str:
    """Return the text with its blanks filled, dates as this language writes them. Each blank is filled once:
    what is filled in is never read again."""
    with translation.override(language):
        return BLANK.sub(lambda found: _said(values[found[1]], first=not found.start()), text)


def _said(value: Value, *, first: bool) -> str:
    if isinstance(value, School):
        return value.name
    if isinstance(value, date):
        said = f"{WEEKDAYS[value.weekday()]} {in_words(value, 'j F')}"
        return capfirst(said) if first else said
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.strip()
