"""By when a reply to an item is due by the policy, who is asked for it, and asking again after an edit."""

from datetime import date, datetime

from schoolgate.core.moves import move
from schoolgate.duties.actions import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.inbox.actions.ranking import looking_after
from schoolgate.inbox.duty_kinds import ANSWER, READ_AGAIN
from schoolgate.inbox.looking_after import Looking
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import ITEM_MOVES, DueWords, ItemState
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import Decision


def due_of(decision: Decision) -> tuple[DueWords, datetime | None, date | None]:
    """Return the policy's decision on the reply's deadline: the earliest that it names, that it names none,
    or why there is none."""
    owed = [duty.due for duty in decision.duties if duty.what in ("reply", "response", "promised_answer")]
    instants = [due.instant for due in owed if due.instant]
    days = [due.day for due in owed if due.day]
    if instants:
        return DueWords.INSTANT, min(instants), None
    if days:
        return DueWords.DAY, None, min(days)
    if decision.points["reply_due"] not in ("silent", "permitted"):
        return DueWords.NOT_KNOWN, None, None
    return (DueWords.NONE_PROMISED if owed else DueWords.NO_RULE), None, None


def duty_to_answer(row: Item, kept: DecisionRecord, looking: Looking) -> Opened:
    """Return who must answer, and by when, from the item's own columns."""
    if row.due_at:
        due = Due.at(row.due_at)
    elif row.due_day:
        due = Due.day(row.due_day)
    else:
        due = Due.none_promised()
    return Opened(
        kind=ANSWER,
        subject=row,
        due=due,
        school=row.school,
        account=row.account_id,
        clauses=tuple(kept.clauses),
        decision=kept,
        **looking.asked(),
    )


def open_again(row: Item, *, at: datetime) -> None:
    """Reopen an answered or closed item, because its author changed it. Of one that is locked no one is told:
    the safeguarding leads have it."""
    move(row, to=ItemState.OPEN, moves=ITEM_MOVES, at=at, close_reason="")
    if row.locked_at is not None:
        return
    looking = looking_after(row, at=at)
    again = Opened(
        kind=READ_AGAIN,
        subject=row,
        due=Due.none_promised(),
        school=row.school,
        account=row.account_id,
        **looking.asked(),
    )
    open_duties(at=at, wanted=[again])
