"""Choices for a class's account in the new school year, and how a class is recognised. Pure."""

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.patterns import lazy_pattern

LONGEST = 60
_CLASS = lazy_pattern(
    r"\b(?:(?:year|yr|class|form|blwyddyn|dosbarth) ?(?:\d{1,2}\w?|[a-z]\b|reception)"
    r"|reception|nursery|foundation phase|key stage \d|derbyn|meithrin)\b",
    re.IGNORECASE,
)
_NUMBER = lazy_pattern(r"\d+")
LAST_YEAR_GROUP = 13


class AtTurn(TextChoices):
    """The three choices."""

    MOVES_UP = "moves_up", _("Moves up with its class")
    STAYS = "stays", _("Stays with the room or year group")
    CLOSES = "closes", _("It will be closed")


def class_in(*texts: str) -> str:
    """Return the words in these texts that look like a class or a year group, "" where none do. Only a hint:
    a person decides."""
    for text in texts:
        found = _CLASS.search(text)
        if found:
            return found[0][:LONGEST]
    return ""


def next_label(label: str) -> str:
    """Return the label of the same class a year later, where it holds one year group's number: Year 4, Year
    5. Elsewhere "", and a person writes it."""
    numbers = _NUMBER.findall(label)
    if len(numbers) != 1 or not 1 <= int(numbers[0]) < LAST_YEAR_GROUP:
        return ""
    return label.replace(numbers[0], str(int(numbers[0]) + 1))
