"""Build the facts around a proposal: the idea before it, the wait after it, and the account made from it."""

from datetime import date, datetime
from typing import Any

from schoolgate.accounts.facts.proposals import actor, author_of, departures
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.states import AccountKind, ProposalState
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.subjects import person_key
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.situations.account_begin import AccountAwaits, AccountConsidered, AccountCreate


def considered_facts(proposal: Proposal, policy: PolicyInForce, *, at: datetime) -> AccountConsidered:
    """Return the facts of considering an account. A network is new where the register never had an account
    there."""
    on = local_day(at)
    network = proposal.network or None
    return AccountConsidered.model_validate(
        {
            "now": at,
            "on": on,
            "by": actor(proposal.by, policy.book, on=on, school=proposal.school),
            "weighed": tuple(key for key, words in proposal.considered.items() if words),
            "network": network,
            "network_is_new": not Account.objects.filter(network=network).exists() if network else None,
            "from_day": _day(proposal.answers.get("go_live_date")),
            "to_day": _day(proposal.answers.get("closure_date")),
            "leaves": departures(proposal, policy.book, on=on),
        }
    )


def awaits_facts(proposal: Proposal, *, at: datetime) -> AccountAwaits:
    """Return the facts of a proposal that waits for a person. A number of days that the federation chose is
    part of its interpretation, so none is given beside it."""
    return AccountAwaits(
        now=at,
        on=local_day(at),
        received_on=local_day(proposal.submitted_at) if proposal.submitted_at else None,
        decided=proposal.state not in (ProposalState.DRAFT, ProposalState.SUBMITTED),
    )


def create_facts(
    account: Account, proposal: Proposal, policy: PolicyInForce, *, at: datetime
) -> AccountCreate:
    """Return the facts of entering an account in the register from its proposal: its kind and its form. What
    only its page shows (sign-in, name, practices) is not known yet."""
    on = local_day(at)
    form = "approved" if proposal.state == ProposalState.APPROVED else "complete"
    return AccountCreate.model_validate(
        {
            "now": at,
            "on": on,
            "by": actor(proposal.by, policy.book, on=on, school=proposal.school),
            "registered_as": "school-sanctioned",
            "teaching": account.kind == AccountKind.TEACHING,
            "run_by": person_key(author_of(proposal).pk),
            "speaks_for_school": True,
            "form": form,
        }
    )


def _day(said: Any) -> date | None:
    return stored_day(said) if said else None
