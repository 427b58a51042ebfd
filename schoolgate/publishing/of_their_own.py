"""Whose words of danger these are: no safeguarding lead lets out their own, nor those that speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schoolgate.people.models import Person
from schoolgate.people.named import Names
from schoolgate.policy.queries import in_force


def is_spoken_of(person: Person, texts: Iterable[str], *, on: date) -> bool:
    """Return whether these words name this person, or speak of them by what they do."""
    return person.pk in Names(in_force(on).book, on=on).complained_of(*texts)
