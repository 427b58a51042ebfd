"""What a list of pupils may tell, and how its headings are recognised.

Only these columns are read. A consent column is one use on all official accounts (`picture`) or on one
network (`picture@facebook`). What its words mean is never guessed: a heading may ask for a yes or for a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, Text
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.lists.columns import offered as offered_for
from schoolgate.people.lists.columns import wrong_columns
from schoolgate.pupils.importing.headings import uses_in
from schoolgate.pupils.states import Use

AT = "@"


class Field(TextChoices):
    """What a column can be about, besides consent."""

    KEY = "key", _("Pupil number")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    KNOWN_AS = "known_as", _("Known as")
    SCHOOL = "school", _("School")
    YEAR = "year", _("Year group")
    FORM = "form", _("Class")
    BORN = "born_on", _("Date of birth")
    PARENT = "parent", _("Parent’s name")
    PARENT_EMAIL = "parent_email", _("Parent’s email")
    OTHER = "other_parent", _("Other parent’s name")
    OTHER_EMAIL = "other_parent_email", _("Other parent’s email")


HEADINGS: Mapping[str, Sequence[str]] = {
    Field.KEY: ("upn", "admission number", "adno", "pupil number", "student id", "pupil id", "rhif disgybl"),
    Field.FIRST_NAME: ("first name", "forename", "legal forename", "legal first name", "enw cyntaf"),
    Field.LAST_NAME: ("last name", "surname", "legal surname", "legal last name", "family name", "cyfenw"),
    Field.KNOWN_AS: ("known as", "preferred forename", "preferred first name", "preferred name"),
    Field.SCHOOL: ("school", "ysgol"),
    Field.YEAR: ("year group", "year", "nc year", "national curriculum year", "blwyddyn"),
    Field.FORM: ("class", "form", "reg", "registration group", "reg group", "tutor group", "dosbarth"),
    Field.PARENT: ("parent", "parent name", "parent 1", "contact 1", "priority 1 contact name"),
    Field.PARENT_EMAIL: ("parent email", "parent 1 email", "contact 1 email", "primary email"),
    Field.OTHER: ("parent 2", "contact 2", "priority 2 contact name"),
    Field.OTHER_EMAIL: ("parent 2 email", "contact 2 email"),
    Field.BORN: ("date of birth", "dob", "birth date", "dyddiad geni"),
}  # fmt: skip
"""Headings that are offered for a field; a person checks the offer before it counts. None for consents."""


def consent_fields(channels: Iterable[str]) -> list[str]:
    """Return the fields of consents: each use for all accounts, and pictures and film on each channel."""
    each = [f"{use}{AT}{channel}" for use in (Use.PICTURE, Use.FILM) for channel in channels]
    return [*Use.values, *each]


def split(field: str) -> tuple[str, str]:
    """Return the use and the channel of a consent's field; the channel "" is all of them."""
    use, _at, channel = field.partition(AT)
    return use, channel


def label_of(field: str) -> Text:
    """Return what a field is called."""
    if field in Field.values:
        return Field(field).label
    use, channel = split(field)
    if not channel:
        return format_lazy(_("Consent: {use}"), use=Use(use).label)
    return format_lazy(
        _("Consent: {use} on {network}"), use=Use(use).label, network=all_capabilities()[channel].name
    )


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return offered_for(headings, HEADINGS)


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    fields = [*Field.values, *consent_fields(all_capabilities())]
    wrong: dict[str, Any] = wrong_columns(columns, headings, fields)
    why: Mapping[str, Any] = {
        Field.KEY: _("Choose the column with the pupil numbers. They identify the pupils."),
        Field.FIRST_NAME: _("Choose the column with the first names."),
        Field.LAST_NAME: _("Choose the column with the last names."),
    }
    wrong = {name: told for name, told in why.items() if name not in columns} | wrong
    for name, heading in columns.items():
        said = uses_in(heading) if split(name)[0] in Use.values else set()
        if said and Use(split(name)[0]) not in said:
            uses = ", ".join(str(use.label) for use in Use if use in said)
            wrong.setdefault(name, format_lazy(_("This column is about: {uses}."), uses=uses))
    if Field.SCHOOL not in columns and not defaults.get("school"):
        wrong["school"] = _("Choose the column, or say which school these pupils are at.")
    if wrong:
        raise BadInput({str(name): told for name, told in wrong.items()})
