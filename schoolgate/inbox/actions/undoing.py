"""Reopen what was closed by mistake."""

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.undo import check_may_still_undo
from schoolgate.duties.actions import reopen
from schoolgate.inbox import rules
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import ITEM_MOVES, ItemState
from schoolgate.people.models import Person


@action
def open_closed_item(*, by: Person, at: datetime, item: Item) -> Item:
    """Reopen an item that was closed a moment ago: its duties are open again, with the same deadline.

    Raises NotAllowed; NotNow where it is not closed, or was closed too long ago.
    """
    rules.check_may_answer(by, item, on=local_day(at))
    closed_at = item.state_at
    if item.state == ItemState.CLOSED:
        check_may_still_undo(closed_at, at=at)
    move(item, to=ItemState.OPEN, moves=ITEM_MOVES, at=at, close_reason="")
    reopen(subjects=[item, *item.answers.all()], ended_at=closed_at, by=by, at=at)
    record("item.reopened", subject=item, at=at, actor=by)
    return item
