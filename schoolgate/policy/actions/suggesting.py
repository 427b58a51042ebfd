"""Suggestions for the policy, and their outcome."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.policy import rules
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.duty_kinds import ANSWER
from schoolgate.policy.facts import suggest_facts
from schoolgate.policy.models import Suggestion
from schoolgate.policy.queries import in_force, suggestion_for, takes_suggestions
from schoolgate.policy.states import SUGGESTION_MOVES, SuggestionState


@action
def suggest(*, by: Person, at: datetime, words: str, clause: str = "") -> Suggestion:
    """Suggest a change to the policy; it goes to the role that takes suggestions, or to the policy's owner.

    Raises BadInput; Refused where the policy reserves suggestions for other people.
    """
    on = local_day(at)
    policy = in_force(on)
    if not words.strip():
        raise BadInput({"words": _("Say what should change and why.")})
    if clause and clause not in policy.book.clauses:
        raise BadInput({"clause": _("Choose a clause of this policy, or none.")})
    role = takes_suggestions(policy)
    kept = record_decision(
        "policy.suggest", suggest_facts(by=by, at=at, sent_to=role), at=at, by=by, subject=policy.version
    )
    require(kept)
    row = Suggestion.objects.create(
        version=policy.version, clause=clause, by=by, at=at, words=words.strip(), to_role=role, state_at=at
    )
    take_in(row, row.words, at=at, federation=policy.version.federation)
    key = next((one.key for one in policy.book.roles if one.name == role), None)
    open_duty(
        kind=ANSWER,
        subject=row,
        at=at,
        due=Due.none_promised(),
        role=key,
        clauses=kept.clauses,
        decision=kept,
    )
    record("policy.suggested", subject=row, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return row


@action
def answer_suggestion(
    *, by: Person, at: datetime, suggestion: Suggestion, take: bool, answer: str
) -> Suggestion:
    """Record the outcome of a suggestion. Raises NotAllowed, NotFound where it may be about them,
    BadInput without words, NotNow when answered or while a safeguarding lead reads it first."""
    rules.check_may_take_suggestions(by, on=local_day(at))
    suggestion_for(by, suggestion.pk, sees_all=True)
    check_read_first(suggestion)
    if not answer.strip():
        raise BadInput({"answer": _("Give the reason in one or two sentences.")})
    to = SuggestionState.TAKEN if take else SuggestionState.DECLINED
    move(suggestion, to=to, moves=SUGGESTION_MOVES, at=at, answered_by=by, answer=answer.strip())
    discharge(kind=ANSWER, subject=suggestion, by=by, at=at, how=to)
    record("policy.suggestion_answered", subject=suggestion, at=at, actor=by, taken=take)
    return suggestion
