"""From rows to the facts of this room's situations."""

from schoolgate.accounts.facts.keys import has_part, keys_facts
from schoolgate.accounts.facts.opening import open_facts
from schoolgate.accounts.facts.proposals import (
    MAY_RUN,
    actor,
    ask_about_deciding,
    author_of,
    case_for,
    decide_facts,
    departures,
    leave_on,
    placed,
    propose_facts,
    role_names,
    runners,
    shown_digest,
    signature_facts,
)

__all__ = [
    "MAY_RUN",
    "actor",
    "ask_about_deciding",
    "author_of",
    "case_for",
    "decide_facts",
    "departures",
    "has_part",
    "keys_facts",
    "leave_on",
    "open_facts",
    "placed",
    "propose_facts",
    "role_names",
    "runners",
    "shown_digest",
    "signature_facts",
]
