"""The facts of a breach, and the law's answer to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.breaches.details import facts_of
from schoolgate.breaches.models import Breach
from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, book_of
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook import Decision, decide

STATUS, CLOSE = "breach.status", "breach.close"


def breach_facts(breach: Breach, *, at: datetime) -> dict[str, Any]:
    """Return what the law's rules read of a breach."""
    return {
        "aware_at": breach.aware_at,
        "risk": breach.risk or None,
        "authority_told_at": breach.authority_told_at,
        "delay_explained": breach.delay_explained,
        "people_told_at": breach.people_told_at,
        "not_told": breach.not_told or None,
        **facts_of(breach.written),
        "now": at,
    }


def answer(breach: Breach, situation: str, *, at: datetime) -> Decision:
    """Return the law's answer now, not saved; the same whether a policy is in force or not."""
    return decide(book_for(breach), situation, breach_facts(breach, at=at), on=local_day(at))


def record_answer(
    breach: Breach, situation: str, *, by: Person, at: datetime
) -> tuple[Decision, DecisionRecord | None]:
    """Return the law's answer, saved where a policy is in force; without one there is no version to save it
    under."""
    if policy_or_none(local_day(at)) is None:
        return answer(breach, situation, at=at), None
    kept = record_decision(situation, breach_facts(breach, at=at), at=at, by=by, subject=breach)
    return answered(kept), kept


def due_at(federation: Federation, aware_at: datetime) -> datetime:
    """Return by when the law wants the ICO told of a breach that was known at `aware_at`. Raises LookupError
    where the law's rules say nothing of that."""
    known = {"aware_at": aware_at, "now": aware_at}
    decision = decide(book_of(federation), STATUS, known, on=local_day(aware_at))
    for duty in decision.duties:
        if duty.what == "breach.tell_authority" and duty.due.instant is not None:
            return duty.due.instant
    raise LookupError("the law's rules give no time for telling the ICO")
