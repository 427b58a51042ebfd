"""Who may look at the evidence."""

from datetime import date

from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity

SEES_EVIDENCE = frozenset({"oversee", "own_policy", "administer", "decide_account"})
"""Those who answer for the policy being kept. Rows hold no text and no name but that of who acted."""


def check_may_see_evidence(person: Person, *, on: date) -> None:
    """Raise NotAllowed, with who to ask, unless `person` is accountable for following the policy."""
    if not SEES_EVIDENCE & capacities(person, on=on, anywhere=True):
        check_capacity(person, "oversee", on=on, anywhere=True)
