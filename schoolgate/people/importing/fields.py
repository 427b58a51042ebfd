"""The fields of a list of people, how its headings are recognised, and which of its words are known
already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.people.lists import columns
from schoolgate.people.lists.columns import wrong_columns
from schoolgate.people.sheets import same_word
from schoolgate.people.states import Relation

LINE_MANAGER = "line-manager"
"""The key of the role under which policies that know line managers name them."""
WHOLE_FEDERATION = ""
NO_ROLE = ""


class Field(TextChoices):
    """What a column can be about."""

    NAME = "name", _("Name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Surname")
    EMAIL = "email", _("Email address")
    RELATION = "relation", _("Relationship to the federation")
    ROLE = "role", _("Policy role")
    SCHOOL = "school", _("School")
    FROM_DAY = "from_day", _("First day of the role")
    TO_DAY = "to_day", _("Last day of the role")
    MANAGER = "manager", _("Line manager’s email address")
    LEAVING_DAY = "leaving_day", _("Leaving date")
    LANGUAGE = "language", _("Language for pages and emails")
    ACTIVE = "active", _("Active or not")


WITH_WORDS = (Field.RELATION, Field.ROLE, Field.SCHOOL, Field.LANGUAGE, Field.ACTIVE)
"""Fields whose words each mean one thing of ours."""

HEADINGS: Mapping[Field, Sequence[str]] = {
    Field.NAME: ("name", "full name", "staff name", "enw", "enw llawn"),
    Field.FIRST_NAME: ("first name", "forename", "given name", "enw cyntaf"),
    Field.LAST_NAME: ("surname", "last name", "family name", "cyfenw"),
    Field.EMAIL: ("email", "e-mail", "email address", "e-mail address", "work email", "e-bost", "ebost"),
    Field.RELATION: ("relation", "type", "category", "staff or governor", "perthynas", "math"),
    Field.ROLE: ("role", "roles", "role in the policy", "post", "job title", "rôl", "swydd"),
    Field.SCHOOL: ("school", "site", "ysgol"),
    Field.FROM_DAY: ("from", "start date", "first day", "start", "o", "dyddiad dechrau"),
    Field.TO_DAY: ("until", "to", "last day", "end date", "tan"),
    Field.MANAGER: (
        "line manager",
        "line manager email",
        "line manager's e-mail",
        "manager",
        "rheolwr llinell",
    ),
    Field.LEAVING_DAY: ("leaving day", "leaving date", "leaves on", "date of leaving", "dyddiad gadael"),
    Field.LANGUAGE: ("language", "iaith"),
    Field.ACTIVE: ("active", "is active", "current", "gweithredol"),
}
"""Headings that are offered for a field; a person checks the offer before it counts."""

YES = ("yes", "y", "true", "1", "active", "ie", "ydy", "gweithredol")
NO = ("no", "n", "false", "0", "inactive", "na", "nac ydy")
LANGUAGES = {"en": ("en", "english", "saesneg"), "cy": ("cy", "welsh", "cymraeg")}


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return columns.offered(headings, HEADINGS)


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    fields = wrong_columns(columns, headings, Field.values)
    if Field.EMAIL not in columns:
        fields["email"] = _("Choose the column with email addresses. They identify people.")
    if Field.NAME not in columns and not {Field.FIRST_NAME, Field.LAST_NAME} <= set(columns):
        fields["name"] = _("Choose the column with names, or the columns with first names and surnames.")
    if Field.RELATION not in columns and defaults.get("relation") not in Relation.values:
        fields["relation"] = _("Choose the column, or choose one relationship for everyone in this list.")
    if Field.ROLE in columns and Field.SCHOOL not in columns and "school" not in defaults:
        fields["school"] = _("Choose the column, or choose where the roles in this list apply.")
    if fields:
        raise BadInput(fields)


def known_words(
    roles: Iterable[tuple[str, str]], schools: Iterable[tuple[int, str, str]], languages: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return the words that need no explaining: field -> {word: ours}.

    `roles`: key and name; `schools`: number, name and slug; `languages`: codes of the federation's own.
    """
    relations: dict[str, str] = {value: value for value in Relation.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            relations |= {same_word(str(label)): value for value, label in Relation.choices}
    return {
        Field.RELATION: relations,
        Field.ROLE: {same_word(word): key for key, name in roles for word in (key, name)},
        Field.SCHOOL: {same_word(word): str(pk) for pk, name, slug in schools for word in (slug, name)},
        Field.LANGUAGE: {word: code for code in languages for word in LANGUAGES.get(code, (code,))},
        Field.ACTIVE: {**dict.fromkeys(YES, "yes"), **dict.fromkeys(NO, "no")},
    }
