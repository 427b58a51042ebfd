"""Conditions that the deciding role attaches to its approval, training that is wanted before a person speaks
for the school, and accounts that are to be kept up to date with new posts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import opening_facts
from schoolgate.accounts.care import asked_for, feed_facts, in_care
from schoolgate.accounts.duty_kinds import NEW_POST
from schoolgate.accounts.models import (
    Account,
    AccountState,
    Condition,
    ConditionType,
    Proposal,
    TrainingWanted,
)
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opened, discharge, open_duties
from schoolgate.duties.models import Due
from schoolgate.duties.queries import standing
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decisions, verdicts
from schoolgate.policy.choices import feed_days
from schoolgate.policy.queries import in_force, policy_or_none
from schoolgate.rulebook import Decision
from schoolgate.rulebook.kinds import Kind


@action
def attach_condition(*, proposal: Proposal, by: Person, at: datetime, kind: str, words: str) -> Condition:
    """Attach a requirement or a ban to the approval of a proposal.

    Raises NotAllowed for people who don't decide on it, NotNow before its approval, BadInput.
    """
    on = local_day(at)
    opening_facts.check_may_attach(by, proposal, in_force(on).book, on=on)
    if kind not in ConditionType.values:
        raise BadInput({"kind": _("Choose whether something is required or not allowed.")})
    if not words.strip():
        raise BadInput({"words": _("Describe it in one sentence.")})
    row = Condition.objects.create(proposal=proposal, type=kind, words=words.strip()[:300], by=by, at=at)
    clauses = opening_facts.clauses_of_conditions(in_force(on).book, kind)
    record("account.condition_attached", subject=row, at=at, actor=by, clauses=clauses, kind=kind)
    return row


@action
def end_condition(*, condition: Condition, by: Person, at: datetime) -> Condition:
    """Take a condition away again. Raises NotAllowed, NotNow where it has ended."""
    on = local_day(at)
    opening_facts.check_may_attach(by, condition.proposal, in_force(on).book, on=on)
    if condition.ended_at is not None:
        raise done_before(condition, _("This has already ended."), ended_at__isnull=False)
    condition.ended_at, condition.ended_by = at, by
    condition.save(update_fields=["ended_at", "ended_by"])
    record("account.condition_ended", subject=condition, at=at, actor=by)
    return condition


@action
def want_training(*, person: Person, by: Person, at: datetime, topic: str) -> TrainingWanted:
    """Require a person to do a training before they speak for the school.

    Raises NotAllowed for people who don't decide on accounts, NotNow where this policy has no such
    requirement, BadInput.
    """
    on = local_day(at)
    clauses = opening_facts.check_may_want_training(by, in_force(on).book, on=on)
    if not topic.strip():
        raise BadInput({"topic": _("Enter what the training should cover.")})
    row, _made = TrainingWanted.objects.get_or_create(
        person=person, topic=topic.strip()[:120], ended_at=None, defaults={"by": by, "at": at}
    )
    record("person.training_wanted", subject=row, at=at, actor=by, clauses=clauses, person=person.pk)
    return row


@action
def drop_training(*, wanted: TrainingWanted, by: Person, at: datetime) -> TrainingWanted:
    """Drop a training requirement. Raises NotAllowed, NotNow where it has ended."""
    on = local_day(at)
    clauses = opening_facts.check_may_want_training(by, in_force(on).book, on=on)
    if wanted.ended_at is not None:
        raise done_before(wanted, _("This has already ended."), ended_at__isnull=False)
    wanted.ended_at, wanted.ended_by = at, by
    wanted.save(update_fields=["ended_at", "ended_by"])
    record("person.training_dropped", subject=wanted, at=at, actor=by, clauses=clauses)
    return wanted


POINT = "feed_up_to_date"
AT_ONCE = 200
"""Accounts looked at in one transaction, so that its locks are short."""


@action
def watch_feeds(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Ask the policy about the schools' open accounts from `after` on, and open a duty of the team of each
    that is out of date.

    Returns where to continue, None at the end or where the policy says nothing. Where a school chose no
    number of days, nothing is ever late. Safe to run twice; the number of queries doesn't grow with the
    accounts, except for what is no longer owed.
    """
    on = local_day(at)
    policy = policy_or_none(on)
    if policy is None or not policy.book.at("feed.upkeep", POINT):
        return None
    rows = Account.objects.filter(state=AccountState.OPEN, school__isnull=False, pk__gt=after)
    accounts = list(in_care(rows.order_by("pk"), on=on)[:limit])
    chosen, tasks = feed_days(on=on), standing(NEW_POST, accounts)
    asked = [feed_facts(account, chosen, at=at) for account in accounts]
    late = []
    for account, given, decision in zip(accounts, asked, verdicts("feed.upkeep", asked, on=on), strict=True):
        stands = bool(tasks[subject_of(account)])
        if stands and not out_of_date(decision):
            discharge(kind=NEW_POST, subject=account, by=None, at=at, how="in_order")
        people = asked_for(account, NEW_POST)
        if out_of_date(decision) and not stands and people is not None:
            late.append((account, given, decision, people))
    kept = record_decisions(
        "feed.upkeep", [(given, account) for account, given, *_more in late], at=at, by=None
    )
    wanted = [
        Opened(
            kind=NEW_POST, subject=account, due=_due_of(decision), person=person, school=account.school,
            account=account.pk, clauses=out_of_date(decision), decision=row, then=then,
        )
        for (account, _given, decision, (person, then)), row in zip(late, kept, strict=True)
    ]  # fmt: skip
    open_duties(at=at, wanted=wanted)
    return accounts[-1].pk if len(accounts) == limit else None


def out_of_date(decision: Decision) -> tuple[str, ...]:
    """Return the clauses by which an account is out of date; none where it is not."""
    found = [one for one in decision.at(POINT) if one.stands and one.kind is Kind.BREACHED]
    return tuple(dict.fromkeys(clause for one in found for clause in one.clauses))


def note_new_post(account_id: int, *, by: Person | None, at: datetime) -> None:
    """Note that a post was confirmed on an account: it is up to date again. Called by actions."""
    account = Account.objects.get(pk=account_id)
    account.last_good_publish_at = at
    account.save(update_fields=["last_good_publish_at"])
    discharge(kind=NEW_POST, subject=account, by=by, at=at, how="posted")


def _due_of(decision: Decision) -> Due:
    """Return by when the post was due, as the policy's rule works it out."""
    return next(
        (Due.of(duty.due) for duty in decision.duties if duty.what == "new_post"), Due.none_promised()
    )
