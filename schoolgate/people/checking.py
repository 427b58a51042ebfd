"""Names and addresses of people: put tidily, and whether they can be taken. Pure."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

if TYPE_CHECKING:
    from schoolgate.people.models import Person

LONGEST_NAME = 200
LONGEST_EMAIL = 254


def tidy_name(words: str) -> str:
    """Return a name with single spaces between its parts, and none around it."""
    return " ".join(words.split())


def name_is_bad(name: str) -> bool:
    """Return whether a tidy name is missing, too long, or has letters that cannot be shown."""
    return not name or len(name) > LONGEST_NAME or any(unicodedata.category(c).startswith("C") for c in name)


def tidy_email(words: str) -> str:
    """Return an address in lower case, without spaces around it."""
    return words.strip().lower()


def email_is_bad(email: str) -> bool:
    """Return whether a normalised address is no e-mail address, longer than our column, or has letters (ı, ſ)
    that the database would take for others: then it would lead to another person's sign-in."""
    try:
        validate_email(email)
    except ValidationError:
        return True
    return len(email) > LONGEST_EMAIL or email.upper().lower() != email


def is_here(person: Person, on: date) -> bool:
    """Return whether a person has not left by that day."""
    return person.left_on is None or person.left_on > on
