"""From rows to the facts of account.lead_left and of account.person_added."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from schoolgate.accounts.facts.proposals import actor, runners
from schoolgate.accounts.models import Account, Handover, TeamMember
from schoolgate.accounts.states import Ends, Part
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.situations.account_run import AccountLeadLeft, AccountPersonAdded, Leader

LEADING = (Part.LEAD, Part.ADMINISTRATOR)
"""The parts that must be handed over when a person leaves: they answer for the account, the others help
them."""


def leading(team: Iterable[TeamMember]) -> list[Person]:
    """Return the leads of an account from its current team, each once, in the order they came."""
    rows = sorted((row for row in team if row.part in LEADING), key=lambda row: row.pk)
    return list(dict.fromkeys(row.person for row in rows))


def lead_left_facts(
    leads: Sequence[Person],
    leaver: Person,
    *,
    left_on: date,
    at: datetime,
    by: Person | None = None,
    policy: PolicyInForce | None = None,
    account: Account | None = None,
    **said: Any,
) -> AccountLeadLeft:
    """Return the facts of a leaving. `leads`: the account's leads; `left_on`: the first day without the
    leaver. `by` with its policy and account is given where a person acts; `said`: what they state."""
    everybody = list(dict.fromkeys([*leads, leaver]))
    return AccountLeadLeft(
        now=at,
        on=local_day(at),
        by=actor(by, policy.book, on=local_day(at), school=account.school)
        if by is not None and policy is not None and account is not None
        else None,
        leaver=person_key(leaver.pk),
        leaders=tuple(
            Leader(
                key=person_key(one.pk),
                leaves_on=last_day(left_on if one.pk == leaver.pk else one.left_on),
                goes_on=one.pk != leaver.pk and one.left_on is None,
            )
            for one in everybody
        ),
        **said,
    )


def end_facts(
    handover: Handover,
    policy: PolicyInForce,
    *,
    leads: Sequence[Person],
    by: Person | None,
    at: datetime,
    ends: str,
    keeps: Sequence[str] | None,
) -> AccountLeadLeft:
    """Return the facts of ending a handover in this way."""
    taken_over = handover.successor_id is not None and ends == Ends.TRANSFER
    return lead_left_facts(
        leads,
        handover.leaver,
        left_on=handover.left_on,
        at=at,
        by=by,
        policy=policy,
        account=handover.account,
        ends=ends,
        new_lead=person_key(handover.successor_id) if taken_over and handover.successor_id else None,
        successor=person_key(handover.successor_id) if handover.successor_id else None,
        closed_on=local_day(handover.account.closed_at) if handover.account.closed_at else None,
        leaver_keeps=None if keeps is None else tuple(keeps),
    )


def person_added_facts(
    person: Person, account: Account, policy: PolicyInForce, *, by: Person, at: datetime, occasion: str
) -> AccountPersonAdded:
    """Return the facts of adding a person to an account's team, with what is on record about them."""
    on = local_day(at)
    return AccountPersonAdded.model_validate(
        {
            "now": at,
            "on": on,
            "by": actor(by, policy.book, on=on, school=account.school),
            "person": runners([person], policy.version, on=on)[person.pk],
            "occasion": occasion,
        }
    )


def last_day(left_on: date | None) -> date | None:
    """Return the last day of a person who is gone from `left_on` on."""
    return None if left_on is None else left_on - timedelta(days=1)
