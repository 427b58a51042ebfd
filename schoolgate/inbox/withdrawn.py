"""Replies of ours and comments that a withdrawal of consent concerns, and the outcome for each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from schoolgate.core.clock import local_day
from schoolgate.core.rows import found_or_made
from schoolgate.inbox.models import Answer, Item, WithdrawnWords
from schoolgate.inbox.named_in_public import comments_naming, may_name, replies_naming
from schoolgate.publishing.looked_for import may_be_named
from schoolgate.publishing.models import TakeDown
from schoolgate.publishing.withdrawn import AT_THAT_MOMENT, Gone, Outcome, outcome_of
from schoolgate.pupils.models import Cause, Pupil, Use, Withdrawal


class Words:
    """Names in our replies, and in comments that our noticeboard shows."""

    def mark(self, act: TakeDown, *, at: datetime) -> int:
        """Mark each that isn't marked yet, also what was being written down at that moment; return how
        many."""
        withdrawal = act.withdrawal
        if withdrawal is None or Use.NAME not in withdrawal.uses:
            return 0
        new = 0
        for item, answer in _concerned(withdrawal, at=at):
            _row, made = found_or_made(WithdrawnWords.objects, take_down=act, item=item, answer=answer)
            new += made
        return new

    def outcomes(self, act: TakeDown, *, at: datetime) -> list[Outcome]:
        """Return the outcome for each, newest first."""
        rows = WithdrawnWords.objects.filter(take_down=act).select_related("item__account", "answer")
        return [
            _outcome(row, due_at=act.due_at, at=at)
            for row in rows.prefetch_related("answer__removals").order_by("-pk")
        ]

    def marked(self) -> QuerySet[WithdrawnWords, Any]:
        """Return the ids of the take-downs for which something is marked."""
        return WithdrawnWords.objects.values("take_down")

    def may_name(self, pupil: Pupil) -> list[int]:
        """Return the comments shown on our noticeboards, and those above replies of ours, that stay although
        they may name a pupil who is new on the do-not-publish list."""
        return may_name(pupil)


def _concerned(withdrawal: Withdrawal, *, at: datetime) -> list[tuple[Item, Answer | None]]:
    pupil = withdrawal.pupil
    found: list[tuple[Item, Answer | None]] = [
        (answer.item, answer)
        for answer in replies_naming(pupil)
        if answer.written_at <= withdrawal.at
        or (
            answer.written_at <= withdrawal.at + AT_THAT_MOMENT
            and not may_be_named([pupil.pk], [answer.item.account.network], on=local_day(at))
        )
    ]
    found += [(item, None) for item in comments_naming(pupil)]
    if withdrawal.cause == Cause.TODAY:
        day = local_day(withdrawal.at)
        found = [(item, answer) for item, answer in found if _since(item, answer) >= day]
    channel = withdrawal.channel
    return [(item, answer) for item, answer in found if channel in ("", item.account.network)]


def _since(item: Item, answer: Answer | None) -> date:
    return local_day(answer.written_at if answer else item.received_at)


def _outcome(row: WithdrawnWords, *, due_at: datetime | None, at: datetime) -> Outcome:
    account, answer = row.item.account, row.answer
    if answer is None:
        late = due_at is not None and due_at <= at
        gone = Gone.REMOVED if row.hidden_at else Gone.STUCK if late else Gone.GOING
        return Outcome(row, account, gone, row.hidden_at)
    if answer.gone_at is not None:
        return Outcome(row, account, Gone.REMOVED, answer.gone_at)
    gone, when = outcome_of(answer, list(answer.removals.all()), due_at=due_at, at=at)
    return Outcome(row, account, gone, when)
