"""Conditions that the deciding role attaches to its approval, and training required before a person speaks
for the school."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.models import Condition, Proposal, TrainingWanted
from schoolgate.accounts.states import ConditionType
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.policy.queries import in_force


@action
def attach_condition(*, proposal: Proposal, by: Person, at: datetime, kind: str, words: str) -> Condition:
    """Attach a requirement or a ban to the approval of a proposal.

    Raises NotAllowed for people who don't decide on it, NotNow before its approval, BadInput.
    """
    on = local_day(at)
    rules.check_may_attach(by, proposal, in_force(on).book, on=on)
    if kind not in ConditionType.values:
        raise BadInput({"kind": _("Choose whether something is required or not allowed.")})
    if not words.strip():
        raise BadInput({"words": _("Describe it in one sentence.")})
    row = Condition.objects.create(proposal=proposal, type=kind, words=words.strip()[:300], by=by, at=at)
    clauses = rules.clauses_of_conditions(in_force(on).book, kind)
    record("account.condition_attached", subject=row, at=at, actor=by, clauses=clauses, kind=kind)
    return row


@action
def end_condition(*, condition: Condition, by: Person, at: datetime) -> Condition:
    """Take a condition away again. Raises NotAllowed, NotNow where it has ended."""
    on = local_day(at)
    rules.check_may_attach(by, condition.proposal, in_force(on).book, on=on)
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
    clauses = rules.check_may_want_training(by, in_force(on).book, on=on)
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
    clauses = rules.check_may_want_training(by, in_force(on).book, on=on)
    if wanted.ended_at is not None:
        raise done_before(wanted, _("This has already ended."), ended_at__isnull=False)
    wanted.ended_at, wanted.ended_by = at, by
    wanted.save(update_fields=["ended_at", "ended_by"])
    record("person.training_dropped", subject=wanted, at=at, actor=by, clauses=clauses)
    return wanted
