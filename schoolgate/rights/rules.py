"""Check who may enter, read and decide requests about data."""

from __future__ import annotations

from datetime import date

from schoolgate.people.models import Person
from schoolgate.people.queries import holders_of_capacity
from schoolgate.people.rules import can
from schoolgate.records.rules import DECIDES, check_decides, check_may_see
from schoolgate.rights.models import Request


def check_enters(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person may enter a request and see the list, which names no one."""
    check_may_see(person, on=on)


def check_reads(person: Person, request: Request, *, on: date) -> None:
    """Raise NotAllowed unless the person decides on requests, or entered this one and may still see them."""
    if request.entered_by_id == person.pk and can(check_may_see, person, on=on):
        return
    check_decides(person, on=on)


def deciders(person: Person, *, on: date) -> list[Person]:
    """Return the people who may decide on requests, by name."""
    return holders_of_capacity(DECIDES, federation=person.federation, on=on)


__all__ = ["check_decides", "check_enters", "check_reads", "deciders"]
