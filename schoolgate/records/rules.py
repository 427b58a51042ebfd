"""Check who may see and set how long records are kept."""

from __future__ import annotations

from datetime import date

from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity

DECIDES = "oversee"
"""No policy here gives records a role of its own: the people who oversee how it is followed decide."""
SEES = frozenset({DECIDES, "own_policy", "administer", "decide_account"})


def check_may_see(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person is accountable for how records are kept."""
    if not SEES & capacities(person, on=on, anywhere=True):
        check_capacity(person, DECIDES, on=on, anywhere=True)


def check_decides(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person may set periods, start destruction and lift holds, which counts for
    the whole federation."""
    check_capacity(person, DECIDES, on=on)
