"""Set the kind of an item, and ask the policy again for the reply's deadline."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import cancel, open_duties
from schoolgate.inbox import rules
from schoolgate.inbox.actions.owing import due_of, duty_to_answer
from schoolgate.inbox.actions.ranking import looking_after
from schoolgate.inbox.duty_kinds import ANSWER
from schoolgate.inbox.facts import received_facts
from schoolgate.inbox.judged import with_judgement
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import SAYABLE, ItemState
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.choices import working_day_choice
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.school_days import calendar_of


@action
def set_kind(*, by: Person, at: datetime, item: Item, kind: str) -> Item:
    """Set its kind, one of `SAYABLE`, and ask the policy in force again for the reply's deadline.

    If its answer is a different one, the task to reply is opened again, for the person who looks after the
    account now. A private message stays private. Raises NotAllowed, BadInput, NotNow (answered or closed
    already).
    """
    rules.check_may_sort(by, item, on=local_day(at))
    if kind not in SAYABLE:
        raise BadInput({"kind": _("Choose a type.")})
    if item.state not in (ItemState.OPEN, ItemState.ANSWERING):
        raise NotNow(_("This comment has been dealt with."), _("It will reopen if its author edits it."))
    if kind == item.kind:
        return item
    item.private = item.private or item.kind == "message"
    item.kind = kind
    kept = judge_again(item, by=by, at=at, changed=["kind", "private"])
    record("item.kind_set", subject=item, at=at, actor=by, clauses=kept.clauses, decision=kept.pk, kind=kind)
    return item


def judge_again(item: Item, *, by: Person, at: datetime, changed: list[str]) -> DecisionRecord:
    """Ask the policy again about an item of which more is known now, and set its deadline; return the answer.

    `changed`: the fields that were set and are saved with it. If the deadline is a different one, the task to
    reply is opened again."""
    before = (item.due_words, item.due_at, item.due_day)
    kept = ask_again(item, by=by, at=at)
    item.due_words, item.due_at, item.due_day = due_of(answered(kept))
    item.decision = kept.pk
    item.save(update_fields=[*changed, "due_words", "due_at", "due_day", "decision"])
    if before != (item.due_words, item.due_at, item.due_day):
        _owed_anew(item, kept, by=by, at=at)
    return kept


def ask_again(item: Item, *, by: Person, at: datetime) -> DecisionRecord:
    """Return the policy's answer for the moment at which it came in, with what is known by now."""
    school = item.school
    facts = received_facts(
        item,
        calendar=calendar_of(school, local_day(item.received_at)),
        working_day=working_day_choice(on=local_day(item.received_at)),
    )
    facts = with_judgement(facts, item)
    return record_decision("item.received", facts, at=at, by=by, subject=item)


def _owed_anew(item: Item, kept: DecisionRecord, *, by: Person, at: datetime) -> None:
    if cancel(kind=ANSWER, subject=item, because="kind_set", at=at, by=by):
        looking = looking_after(item, at=at)
        open_duties(at=at, wanted=[duty_to_answer(item, kept, looking)])
