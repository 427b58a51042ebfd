"""Who may look at the evidence."""

from datetime import date

from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity

SEES_EVIDENCE = frozenset({"oversee", "own_policy", "administer", "decide_account"})
"""The people accountable for following the policy. Rows contain no text and no name but that of the actor."""


def check_may_see_evidence(person: Person, *, on: date) -> None:
    """Raise NotAllowed, with who to ask, unless `person` is accountable for following the policy."""
    if not SEES_EVIDENCE & capacities(person, on=on, anywhere=True):
        check_capacity(person, "oversee", on=on, anywhere=True)
