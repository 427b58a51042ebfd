"""Add a person to the team of an existing account. Called by actions, inside theirs."""

from datetime import datetime

from django.db.models import Model

from schoolgate.accounts.facts.handover import person_added_facts
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.rulebook.situations.account_run import Occasion

LATER: Occasion = "adding a person later"
ON_TRANSFER: Occasion = "transfer to a new lead"


def ask_to_let_in(
    person: Person, account: Account, *, by: Person, at: datetime, occasion: Occasion, about: Model
) -> DecisionRecord:
    """Ask account.person_added about a person, and record the answer about this account."""
    policy = in_force(local_day(at))
    facts = person_added_facts(person, account, policy, by=by, at=at, occasion=occasion)
    return record_decision("account.person_added", facts, at=at, by=by, subject=about)


def let_in(
    person: Person, account: Account, *, by: Person, at: datetime, occasion: Occasion, about: Model
) -> DecisionRecord:
    """Ask the same as `ask_to_let_in`, and raise Refused where the policy still requires something of
    them."""
    kept = ask_to_let_in(person, account, by=by, at=at, occasion=occasion, about=about)
    require(kept)
    return kept
