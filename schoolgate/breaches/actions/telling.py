"""Judge the risk, record who was told, close the record."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.actions.keeping import (
    LONGEST_WORDS,
    check_order,
    entered,
    follow,
    step,
)
from schoolgate.breaches.actions.opening import FUTURE
from schoolgate.breaches.facts import CLOSE, STATUS, answer, record_answer
from schoolgate.breaches.models import Breach
from schoolgate.breaches.states import BREACH_MOVES, BreachState, NotTold, Risk, StepKind
from schoolgate.core.actions import action
from schoolgate.core.declared_kinds import check_not_destroyed
from schoolgate.core.errors import BadInput, NotNow, Refused
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.sealed_words import check_words
from schoolgate.people.models import Person
from schoolgate.policy.keeping import held_back_at

LONGEST_REFERENCE = 40
EARLIER = _("This is before the school became aware of the breach.")
DELAY = "breach_delay"
"""The point at which the law asks for the reasons for a late report."""


@action
def judge_risk(*, breach: Breach, by: Person, at: datetime, risk: str, why: str) -> Breach:
    """Record how great the risk to people is, in this person's judgement, and why. It may be judged again:
    what has been told stays told, and what a higher risk asks for is asked for.

    Raises NotFound, NotNow, BadInput (risk, why).
    """
    found = entered(breach, by, at)
    if risk not in Risk.values:
        raise BadInput({"risk": _("Choose how great the risk is.")})
    reason = check_words(why=(why, _("Give your reasons.")), longest=LONGEST_WORDS)["why"]
    found.risk = risk
    found.save(update_fields=["risk"])
    step(found, StepKind.RISK, at=at, by=by, code=risk, words={"words": reason})
    follow(found, "breach.risk_judged", by=by, at=at, risk=risk)
    return found


@action
def tell_authority(
    *, breach: Breach, by: Person, at: datetime, told_at: datetime, reference: str = "", delay: str = ""
) -> Breach:
    """Record that the ICO was told, when, and its reference. A second time corrects the first.

    Args:
        delay: the reasons, asked for where the law's hours were over.

    Raises NotFound, NotNow, BadInput (told, reference, delay).
    """
    found = entered(breach, by, at)
    check_order(told_at, at, "told", FUTURE)
    check_order(found.aware_at, told_at, "told", EARLIER)
    reference = check_words(reference=(reference, ""), longest=LONGEST_REFERENCE)["reference"]
    delay = check_words(delay=(delay, ""), longest=LONGEST_WORDS)["delay"]
    found.authority_told_at, found.authority_reference = told_at, reference
    found.delay_explained = bool(delay) or found.delay_explained
    if held_back_at(_points(found, at), "", (DELAY,)):
        raise BadInput({"delay": _("This is later than the law’s 72 hours. Give the reasons for the delay.")})
    found.save(update_fields=["authority_told_at", "authority_reference", "delay_explained"])
    words = {"told": told_at.isoformat(), "reference": reference, "words": delay}
    step(found, StepKind.AUTHORITY, at=at, by=by, words=words)
    follow(found, "breach.authority_told", by=by, at=at)
    return found


@action
def tell_people(
    *,
    breach: Breach,
    by: Person,
    at: datetime,
    told_at: datetime | None = None,
    not_told: str = "",
    how: str,
) -> Breach:
    """Record that the people whose data it is were told, when and how; or under which exception of the law
    they are not told one by one, and why. A second time corrects the first.

    Raises NotFound, NotNow, BadInput (told, not_told, how).
    """
    found = entered(breach, by, at)
    if (told_at is None) == (not not_told):
        raise BadInput(
            {"told": _("Enter when they were told, or choose why you aren’t telling them individually.")}
        )
    if not_told and not_told not in NotTold.values:
        raise BadInput({"not_told": _("Choose one of the reasons.")})
    empty = _("Say how they were told, or why they aren’t.")
    text = check_words(how=(how, empty), longest=LONGEST_WORDS)["how"]
    check_order(told_at, at, "told", FUTURE)
    check_order(found.aware_at, told_at, "told", EARLIER)
    found.people_told_at, found.not_told = told_at, not_told
    found.save(update_fields=["people_told_at", "not_told"])
    kind = StepKind.PEOPLE if told_at is not None else StepKind.NOT_TOLD
    words = {"told": told_at.isoformat() if told_at is not None else "", "words": text}
    step(found, kind, at=at, by=by, code=not_told, words=words)
    event = "breach.people_told" if told_at is not None else "breach.people_not_told"
    follow(found, event, by=by, at=at)
    return found


@action
def close_breach(*, breach: Breach, by: Person, at: datetime) -> Breach:
    """Close the record of a breach. It stays in the log.

    Raises NotFound, Refused while the law asks for something that is not there (NotNow where no policy is in
    force), NotNow where another closed it first.
    """
    found = entered(breach, by, at)
    decision, kept = record_answer(found, CLOSE, by=by, at=at)
    points = {point: str(outcome) for point, outcome in decision.points.items()}
    if held_back_at(points, str(decision.outcome), ()):
        said = _("You can’t close this record yet. The law asks for more.")
        then = _("Open the breach to see what is missing.")
        if kept is None:
            raise NotNow(said, then)
        raise Refused(kept, said, then)
    move(found, to=BreachState.CLOSED, moves=BREACH_MOVES, at=at)
    step(found, StepKind.CLOSED, at=at, by=by)
    record(
        "breach.closed", subject=found, at=at, actor=by, clauses=list(decision.clauses) if kept else [],
        decision=kept.pk if kept else None,
    )  # fmt: skip
    return found


@action
def reopen(*, breach: Breach, by: Person, at: datetime, words: str) -> Breach:
    """Reopen a closed record, with the reason. Raises NotFound, NotNow (open, or destroyed), BadInput
    (words)."""
    found = entered(breach, by, at, closed=True)
    check_not_destroyed(found)
    written = check_words(words=(words, _("Say why you’re reopening it.")), longest=LONGEST_WORDS)
    move(found, to=BreachState.OPEN, moves=BREACH_MOVES, at=at)
    step(found, StepKind.REOPENED, at=at, by=by, words=written)
    follow(found, "breach.reopened", by=by, at=at)
    return found


def _points(breach: Breach, at: datetime) -> dict[str, str]:
    decision = answer(breach, STATUS, at=at)
    return {point: str(outcome) for point, outcome in decision.points.items()}
