"""Everything asked about an account before it goes live; each situation only where a rule listens."""

from datetime import datetime

from schoolgate.accounts.facts.entering import create_facts, login_facts
from schoolgate.accounts.facts.entrusting import entrusting_facts
from schoolgate.accounts.facts.opening import open_facts
from schoolgate.accounts.facts.sites import prepare_facts, suits_facts
from schoolgate.accounts.models import Account
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.facts import Facts

BESIDE = {"account.create": create_facts, "site.prepare": prepare_facts, "site.suits": suits_facts}
"""The other situations asked about, besides account.open."""


def asked_before_opening(
    account: Account, policy: PolicyInForce, *, by: Person, at: datetime
) -> list[tuple[str, Facts]]:
    """Return each situation with its facts, account.open first.

    Of the sign-in only where the account has one; of those who run it once for each kind of task.
    """
    found: list[tuple[str, Facts]] = [("account.open", open_facts(account, policy, by=by, at=at))]
    for situation, make in BESIDE.items():
        if policy.book.bound(situation):
            found.append((situation, make(account, policy, by=by, at=at)))
    if policy.book.bound("login.choose") and not capabilities(account.network).ours:
        found.append(("login.choose", login_facts(account, policy, by=by, at=at)))
    if policy.book.bound("person.entrust"):
        team = account.team.filter(to_day=None).select_related("person").order_by("id")
        parts = [(member.person, member.part) for member in team]
        found += [("person.entrust", facts) for facts in entrusting_facts(parts, policy, at=at)]
    return found
