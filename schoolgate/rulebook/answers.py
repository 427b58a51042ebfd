"""What a decision is called: the one thing that its answer says. Every page, the API and the commands ask
here, so that none of them calls something *allowed* that no one may rely on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from schoolgate.rulebook.deciding import STOPS
from schoolgate.rulebook.findings import Decision, Due
from schoolgate.rulebook.kinds import Kind, Outcome, SilentBecause
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import Asks
from schoolgate.rulebook.working_time import is_past

A_MINUTE = timedelta(minutes=1)
"""After so long what is due at an instant is late: times are shown in minutes."""


class Answer(StrEnum):
    """What an answer may say. A closed list: each has its words in every language."""

    ALLOWED = "allowed"
    ALLOWED_IF = "allowed_if"  # by a ruling, whose words may say when it holds
    ADVISED_AGAINST = "advised_against"  # allowed, and the policy would rather have it otherwise
    READ_FIRST = "read_first"  # a clause that speaks of it has no rule that could have answered
    NOT_YET = "not_yet"
    RULING = "ruling"
    NOT_ALLOWED = "not_allowed"
    TO_DO = "to_do"
    LATE = "late"
    DONE = "done"
    MET = "met"
    NOT_MET = "not_met"
    SAYS = "says"  # what the policy explains
    LEFT_OUT = "left_out"  # in the policy's own words
    NOT_BOUND = "not_bound"
    SILENT = "silent"


def answer_of(decision: Decision) -> Answer:
    """Return what the answer says."""
    return _answer(
        decision.situation,
        decision.outcome,
        decision.silent_because,
        [finding.kind for finding in decision.findings if finding.stands],
        owed=bool(decision.duties),
        overdue=is_overdue(decision),
        unread=decision.unread,
        touched=decision.near is None or bool(decision.near),
        first=_unsaid(decision.first, ((one.kind, one.clauses) for one in decision.findings if one.stands)),
        ruled=decision.ruled,
    )


def is_overdue(decision: Decision) -> bool:
    """Whether the time of something that has to be done has passed at the instant judged: as far as anyone
    said, it isn't done. What is due at once is late a minute afterwards."""
    now = decision.facts.now
    return now is not None and any(_is_late(duty.due, now) for duty in decision.duties)


def _is_late(due: Due, now: datetime) -> bool:
    end = due.instant or due.day
    if due.at_once and due.instant is not None:
        return now - due.instant >= A_MINUTE
    return end is not None and is_past(end, now)


def answer_of_body(body: Mapping[str, Any]) -> Answer:
    """Return the same of a decision as it is saved (`policy.keeping.body_of`), also of an older one."""
    because = body["silent_because"]
    standing = [finding for finding in body["findings"] if finding["overridden_by"] is None]
    return _answer(
        body["situation"],
        Outcome(body["outcome"]),
        SilentBecause(because) if because else None,
        [Kind(finding["kind"]) for finding in standing],
        owed=bool(body["duties"]),
        overdue=body.get("overdue", False),
        unread=body.get("unread", ()),
        touched="near" not in body or bool(body["near"]),
        first=_unsaid(body.get("first", ()), ((one["kind"], one["clauses"]) for one in standing)),
        ruled=body.get("ruled", ()),
    )


def _unsaid(first: Sequence[str], found: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Return the clauses that fit what was asked and aren't what holds it back already."""
    holding = {clause for kind, clauses in found if kind in STOPS for clause in clauses}
    return [clause for clause in first if clause not in holding]


_PLAIN: Mapping[Asks, Mapping[Outcome, Answer]] = {
    asks: {
        Outcome.NOT_PERMITTED: Answer.NOT_ALLOWED if asks in (Asks.ACT, Asks.DUTY) else Answer.NOT_MET,
        Outcome.BREACHED: Answer.NOT_MET,
        Outcome.REFER: Answer.RULING,
        Outcome.HOLD: Answer.NOT_YET,
    }
    for asks in Asks
}
_WAITS = frozenset({Outcome.HOLD, Outcome.REFER})
"""An approval or a ruling that is still to come says nothing about a ban that no rule knows."""
_GOOD = {Asks.ACT: Answer.ALLOWED, Asks.DUTY: Answer.DONE, Asks.STATE: Answer.MET, Asks.MATTER: Answer.SAYS}
_SILENT = {
    SilentBecause.EXCLUDED: Answer.LEFT_OUT,
    SilentBecause.NOT_BOUND: Answer.NOT_BOUND,
    SilentBecause.NO_RULE: Answer.SILENT,
}


def _answer(
    situation: str,
    outcome: Outcome,
    because: SilentBecause | None,
    kinds: Sequence[Kind],
    *,
    owed: bool,
    overdue: bool,
    unread: Sequence[str],
    touched: bool,
    first: Sequence[str],
    ruled: Sequence[str],
) -> Answer:
    asked = SITUATIONS.get(situation)
    asks = asked.asks if asked is not None else Asks.STATE
    if asks is Asks.DUTY and owed and outcome is not Outcome.NOT_PERMITTED:
        return Answer.LATE if overdue or Kind.BREACHED in kinds else Answer.TO_DO
    if first and outcome in _WAITS:
        return Answer.READ_FIRST
    if outcome in _PLAIN[asks]:
        return _PLAIN[asks][outcome]
    if asks is not Asks.MATTER and owed and set(kinds) == {Kind.OBLIGES}:
        # Nothing but a duty was said: that permits nothing, and leaves nothing in order.
        return Answer.LATE if overdue else Answer.TO_DO
    silent = outcome is Outcome.SILENT and because in (None, SilentBecause.NO_RULE)
    if unread and (touched or not silent):  # silent it is only where none touches what was asked
        return Answer.READ_FIRST
    if outcome is Outcome.SILENT or because is not None:
        return _SILENT[because or SilentBecause.NO_RULE]
    if asks is Asks.ACT and ruled:
        return Answer.ALLOWED_IF
    if asks is Asks.ACT and Kind.ADVISES_AGAINST in kinds:
        return Answer.ADVISED_AGAINST
    return _GOOD[asks]
