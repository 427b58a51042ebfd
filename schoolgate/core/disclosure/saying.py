"""How a value is said to the person whose data it is: a day, a choice or a thing of the record, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model
from django.utils import formats
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.subject_words import subject_in_words
from schoolgate.core.subjects import SUBJECT

Words = Callable[[str], Promise | str]
LANGUAGES = {"en": _("English"), "cy": _("Welsh")}
_says: dict[str, Words] = {"language": lambda key: LANGUAGES.get(key, key)}


def say(column: str, words: Words) -> None:
    """Say what a column has by `words`, in the active language. Called once, by the room that knows them.
    `column`: its name, for all tables, or with its table's label before it."""
    _says[column] = words


def chosen(row: Model, field: Any) -> Promise | None:
    """Return what was chosen from a list that has translations, or whether something is so; else None."""
    value = getattr(row, field.attname)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    said = dict(field.flatchoices).get(value) if field.choices and value != "" else None
    return said if isinstance(said, Promise) else None


def in_words(row: Model, field: Any) -> Promise | None:
    """Return how a value is said that stands in its column as a day, a key or a name of the record; else
    None."""
    value = getattr(row, field.attname)
    if isinstance(value, date | time):
        return moment(value)
    if not isinstance(value, str) or not value:
        return None
    words = _says.get(f"{row._meta.label}.{field.name}") or _says.get(field.name)
    if words is None and field.name == "subject" and SUBJECT.fullmatch(value):
        words = subject_in_words
    said: Promise | None = _later(words, value) if words is not None else None
    return said


def moment(value: date | time, form: str = "") -> Promise:
    """Return a day, an instant or a time of day as people write it: "20 November 2026, 14:05", in London."""
    found: Promise
    if isinstance(value, datetime):
        found = _date(value.astimezone(LONDON), form or "j F Y, H:i")
    elif isinstance(value, date):
        found = _date(value, form or "j F Y")
    else:
        found = _time(value, form or "H:i")
    return found


_date: Any = lazy(formats.date_format, str)
_time: Any = lazy(formats.time_format, str)
_later: Any = lazy(lambda words, value: str(words(value)), str)
