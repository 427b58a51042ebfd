"""Answers in an installation restored from a backup: look up what may have gone out since, and never send it
again blindly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schoolgate.accounts.connecting import client_for
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.tenancy import scope
from schoolgate.inbox import replying, seeing
from schoolgate.inbox.models import Answer
from schoolgate.inbox.replying import follow_answer
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.port import Network

Clock = Callable[[], datetime]
Connect = Callable[[Account], Network]
RESTORED, NOT_THERE = "restored", "absent"


@action
def doubt_answers(*, at: datetime) -> int:
    """Have every answer that was written down to be sent count as sent without a reply; returns how many."""
    written = list(Answer.objects.filter(state=Intent.WRITTEN, by_hand=False).order_by("pk"))
    for answer in written:
        move(answer, to=Intent.SENT, moves=MOVES, at=at, sent_at=at, attempts=answer.attempts + 1)
        move(answer, to=Intent.UNKNOWN, moves=MOVES, at=at, because=RESTORED, not_before=None)
        record("answer.unknown", subject=answer, at=at, because=RESTORED, item=answer.item_id)
    return len(written)


@action
def end_doubt(*, at: datetime, answer: Answer, there: bool | None) -> Answer:
    """Record the result of the look-up for one reply: it is proven absent, or unknown (None), so its author
    is asked to check. A reply that was found has been confirmed by the look-up itself."""
    answer.refresh_from_db()
    if answer.state not in (Intent.UNKNOWN, Intent.SENT, Intent.WRITTEN) or there:
        return answer
    asked = there is None and answer.state != Intent.WRITTEN
    because = "no_proof" if asked else NOT_THERE
    move(answer, to=Intent.ASKED if asked else Intent.FAILED, moves=MOVES, at=at, because=because)
    record(f"answer.{answer.state}", subject=answer, at=at, because=because, item=answer.item_id)
    follow_answer(answer, at=at)
    return answer


def in_doubt() -> list[int]:
    """Return the ids of the answers that look-ups have still to settle."""
    rows = Answer.objects.filter(state__in=[Intent.SENT, Intent.UNKNOWN], by_hand=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def look(federation_id: int, answer_id: int, *, clock: Clock, connect: Connect = client_for) -> bool:
    """Look one answer up, outside any scope; return whether that settled it. As for posts, nothing is sent by
    this."""
    replying.advance(federation_id, answer_id, clock=clock, connect=connect)
    with scope(federation_id):
        answer = seeing.answer(answer_id)
        if answer.state == Intent.WRITTEN:
            end_doubt(at=clock(), answer=answer, there=False)
            return True
        return answer.state not in (Intent.SENT, Intent.UNKNOWN)


def give_to_people(federation_id: int, *, at: datetime) -> int:
    """Ask people to check the answers that no look-up has settled; returns how many there are."""
    with scope(federation_id):
        left = in_doubt()
        for pk in left:
            end_doubt(at=at, answer=seeing.answer(pk), there=None)
    return len(left)
