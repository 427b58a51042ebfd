"""Duties of those who sign or decide on a proposal next. Called by actions, inside theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from schoolgate.accounts import rules
from schoolgate.accounts.duty_kinds import DECIDE, PUT_RIGHT, SIGN, SIGN_AGAIN
from schoolgate.accounts.facts import author_of, awaits_facts
from schoolgate.accounts.ladders import deciders, role_key, steps
from schoolgate.accounts.models import Proposal, Signature
from schoolgate.core.clock import local_day
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook import Decision

EVERY = (DECIDE, SIGN, SIGN_AGAIN, PUT_RIGHT)


def wait_for_next(proposal: Proposal, policy: PolicyInForce, kept: DecisionRecord, *, at: datetime) -> None:
    """Open the duty of the next signer or decider. It has a deadline only where the policy gives one, or
    where the federation chose a number of days."""
    book = policy.book
    in_order = steps(book)
    signed = set(proposal.signatures.filter(voided=None).values_list("step", flat=True))
    open_steps = [number for number in range(1, len(in_order) + 1) if number not in signed]
    clauses = [
        clause
        for binding in book.pack.bindings
        if "account.decide" in binding.situations and binding.point in ("decider", "weighing", "order")
        for clause in binding.clauses
    ]
    given: dict[str, Any] = {
        "subject": proposal, "at": at, "school": proposal.school, "decision": kept,
        "about": author_of(proposal),
    }  # fmt: skip
    if open_steps and open_steps[0] < len(in_order):
        step = open_steps[0]
        if _asked_to_sign_again(proposal, policy, step, at=at):
            return
        given |= {"due": Due.none_promised(), "clauses": list(dict.fromkeys(clauses))}
        named = proposal.answers.get("line_manager") if step == 1 else None
        if named:
            open_duty(kind=SIGN, person=Person.objects.get(pk=named), **given)
        else:
            open_duty(kind=SIGN, role=role_key(book, in_order[step - 1]), **given)
        return
    owed = verdict("account.awaits", awaits_facts(proposal, at=at), on=local_day(at))
    given |= {"due": due_of_decision(owed), "clauses": list(dict.fromkeys((*owed.clauses, *clauses)))}
    open_duty(kind=DECIDE, role=role_key(book, deciders(book)[0]), **given)


def due_of_decision(owed: Decision) -> Due:
    """Return the deadline for the decision from the answer to account.awaits: a day, or no deadline."""
    for duty in owed.duties:
        return Due.of(duty.due)
    return Due.none_promised()


def stop_waiting(
    proposal: Proposal, *, because: str, by: Person | None, at: datetime, kinds: Sequence[str] = EVERY
) -> None:
    """Cancel the open duties: no one has to act any more. `because`: a short code."""
    cancel(kind=kinds, subject=proposal, because=because, at=at, by=by)


def _asked_to_sign_again(proposal: Proposal, policy: PolicyInForce, step: int, *, at: datetime) -> bool:
    """Return whether the last signer of this step has been asked to sign it again, and still may."""
    last: Signature | None = proposal.signatures.filter(step=step).order_by("-id").first()
    if last is None:
        return False
    named = proposal.answers.get("line_manager") if step == 1 else None
    role = steps(policy.book)[step - 1]
    still_may = can(rules.check_signs_as, last.by, proposal, policy.book, role, on=local_day(at))
    if named not in (None, last.by_id) or not still_may:
        return False
    standing = duties.standing(SIGN_AGAIN, [proposal]).popitem()[1]
    return any(duty.person_id == last.by_id for duty in standing)
