"""Reviews of the policy: whether it should stay unchanged."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.rows import reserve
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.models import Basis, Due
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, roles_of
from schoolgate.policy import rules
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.books import pack_of
from schoolgate.policy.duty_kinds import REVIEW
from schoolgate.policy.facts import review_facts, status_facts
from schoolgate.policy.models import PolicyVersion, Review
from schoolgate.policy.queries import in_force
from schoolgate.policy.remembered import forget_policy
from schoolgate.policy.reviewing import keepers_of, looked_asked, review_due
from schoolgate.policy.states import ReviewOutcome, VersionState

NOTICE = timedelta(days=60)
REVIEW_POINTS = (
    "review_due",
    "governors_review_due",
    "practice_review_due",
    "joint_review_due",
    "first_review_due",
)


@action
def watch_reviews(*, at: datetime) -> None:
    """Open the task to review the policy in force shortly before it is due; escalate it to the overseeing
    role once overdue.

    The notice period is the program's own rule: no policy gives one. Where the policy gives no review day,
    no task is opened.
    """
    today = local_day(at)
    version = PolicyVersion.objects.filter(state=VersionState.IN_FORCE).first()
    if version is None or version.review_due is None or today < version.review_due - NOTICE:
        return
    policy = in_force(today)
    owner, overseer = keepers_of(policy.book)
    if owner is None:
        return
    decision = verdict("policy.status", status_facts(version, at=at), on=today)
    open_duty(
        kind=REVIEW,
        subject=version,
        at=at,
        due=Due.day(version.review_due),
        role=owner,
        clauses=decision.clauses_at(*REVIEW_POINTS),
        then=Then(basis=Basis.HOUSE, role=overseer) if overseer else None,
    )


@action
def record_review(
    *,
    by: Person,
    at: datetime,
    on: date,
    role: str,
    outcome: str,
    words: str = "",
    next_due: date | None = None,
    looked: Mapping[str, Any] | None = None,
) -> Review:
    """Record a review of the policy in force: the roles that reviewed it, and the outcome.

    `next_due`: the next review day, where one was set. Without it the policy's own interval runs from the
    day of the review; where the policy has none, no task is opened. `looked`: what it looked into, as far as
    the policy asks (`reviewing.LOOKED`). Raises NotAllowed; BadInput; Refused where the policy wants a review
    to look into more.
    """
    today = local_day(at)
    rules.check_may_own(by, on=today)
    version = in_force(today).version
    wrong = {}
    if on > today:
        wrong["on"] = _("You can only record a review on or after the day it takes place.")
    if outcome not in ReviewOutcome.values:
        wrong["outcome"] = _("Choose an outcome.")
    if next_due is not None and next_due <= on:
        wrong["next_due"] = _("The next review must be after this one.")
    if wrong:
        raise BadInput(wrong)
    wrong_role = role and role not in {one.name for one in book_for(by).roles}
    if wrong_role:
        raise BadInput({"role": _("Choose one of the policy’s own roles.")})
    role = role or (roles_of(by, on=today) or [""])[0]
    number = reserve(Review, 1)[0]
    asked = looked_asked(in_force(today).book)
    found = {name: value for name, value in (looked or {}).items() if name in asked and value}
    kept = None
    if asked:
        facts = review_facts(found, by=by, role=role, on=on, at=at)
        kept = record_decision("policy.review", facts, at=at, by=by, subject=f"policy.review:{number}")
        require(kept)
    row = Review.objects.create(
        pk=number, version=version, on=on, by=by, at=at, role=role, outcome=outcome, words=words.strip(),
        next_due=next_due, looked=found, decision=kept.pk if kept else None,
    )  # fmt: skip
    due = next_due or _next_after(version, on)
    PolicyVersion.objects.filter(pk=version.pk).update(review_due=due, review_words="")
    discharge(kind=REVIEW, subject=version, by=by, at=at, how=outcome)
    clauses = kept.clauses if kept else []
    record(
        "policy.reviewed", subject=row, at=at, actor=by, clauses=clauses, decision=row.decision,
        outcome=outcome,
    )  # fmt: skip
    forget_policy()
    return row


def _next_after(version: PolicyVersion, on: date) -> date | None:
    """Return when the next review is due after one on that day, by the policy's own interval; None where it
    gives none.
    """
    meta = pack_of(version).meta
    return review_due(said=None, every_months=meta.review_every_months, adopted=None, adopted_on=on)
