"""Build the facts of this app's situations from rows."""

from schoolgate.accounts.facts.care import first_day_after, status_facts, watch_facts
from schoolgate.accounts.facts.ideas import awaits_facts, considered_facts, create_facts
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
    permission_on,
    placed,
    propose_facts,
    role_names,
    runners,
    shown_digest,
    signature_facts,
)
from schoolgate.accounts.facts.signing import about_to_sign, sign_facts

__all__ = [
    "MAY_RUN",
    "about_to_sign",
    "actor",
    "ask_about_deciding",
    "author_of",
    "awaits_facts",
    "case_for",
    "considered_facts",
    "create_facts",
    "decide_facts",
    "departures",
    "first_day_after",
    "has_part",
    "keys_facts",
    "open_facts",
    "permission_on",
    "placed",
    "propose_facts",
    "role_names",
    "runners",
    "shown_digest",
    "sign_facts",
    "signature_facts",
    "status_facts",
    "watch_facts",
]
