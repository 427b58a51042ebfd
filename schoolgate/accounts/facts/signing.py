"""From rows to the facts of account.sign: the day beside each signature, and what it still approves."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from schoolgate.accounts.editions import still_says
from schoolgate.accounts.facts.proposals import actor
from schoolgate.accounts.models import Proposal, Signature
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.situations.account_begin import AccountSign, Signed


def sign_facts(
    proposal: Proposal,
    policy: PolicyInForce,
    signatures: Iterable[Signature],
    *,
    by: Person | None,
    at: datetime,
    changed: Collection[str] = (),
    now_signs: Signed | None = None,
) -> AccountSign:
    """Return the facts of checking these signatures, or of adding one.

    `changed`: keys of the fields that differ from what was signed, or will. The date of a signature is the
    day on which the program took it: no one types it.
    """
    names = policy.book.role_names
    signed = [
        Signed.model_validate(
            {
                "role": names[row.role_key],
                "by": person_key(row.by_id),
                "dated": local_day(row.at),
                "on": local_day(row.at),
                "leaves_out": tuple(row.leaves_out),
                "aims_unchanged": still_says("aims", changed),
                "content_unchanged": still_says("content", changed),
            }
        )
        for row in signatures
        if row.role_key in names
    ]
    on = local_day(at)
    return AccountSign(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=proposal.school) if by else None,
        signed=(*signed, *([now_signs] if now_signs else ())),
    )


def about_to_sign(by: Person, role: str, *, leaves_out: Sequence[str], at: datetime) -> Signed:
    """Return the signature about to be given, as a fact: dated by the program, covering what is shown."""
    day = local_day(at)
    return Signed.model_validate(
        {
            "role": role,
            "by": person_key(by.pk),
            "dated": day,
            "on": day,
            "leaves_out": tuple(leaves_out),
            "aims_unchanged": True,
            "content_unchanged": True,
        }
    )
