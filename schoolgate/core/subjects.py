"""How the record names a thing: by its kind and its number, never by a name and never by a foreign key."""

from __future__ import annotations

import re

from django.db.models import Model

SUBJECT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*:[1-9][0-9]{0,18}")


def subject_of(thing: Model | str) -> str:
    """The name of a row for the record, as `publishing.post:417`; a name already made is checked and
    returned.

    Raises ValueError for a row that is not yet saved, and for a text that is no such name.
    """
    name = thing if isinstance(thing, str) else f"{thing._meta.label_lower}:{thing.pk}"
    if not SUBJECT.fullmatch(name):
        raise ValueError(
            f"the record can't name {name!r}: use a saved row, or text such as publishing.post:417"
        )
    return name


def kind_of(subject: str) -> str:
    """What sort of thing a subject is: `post` of `publishing.post:417`."""
    return subject.partition(":")[0].rpartition(".")[2]


def number_of(subject: str) -> int:
    """The row's number: 417 of `publishing.post:417`."""
    return int(subject.partition(":")[2])


def person_key(pk: int) -> str:
    """How the rulebook's facts tell people apart: by number, never by name."""
    return f"person-{pk}"
