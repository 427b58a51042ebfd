"""Check whether waiting work may be sent now: one rule for posts, answers and comments."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from schoolgate.accounts.opening_facts import waits
from schoolgate.core.clock import local_day
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.networks.handshake import MOVES, Intent
from schoolgate.networks.intents import IntentRow
from schoolgate.publishing.rules import late, stopped

R = TypeVar("R", bound=IntentRow)


def may_begin(
    row: R,
    *,
    account_id: int,
    school_id: int | None,
    at: datetime,
    event: str,
    follow: Callable[[R, datetime], None],
    outdated: str = "",
    **ids: Any,
) -> bool:
    """Return whether waiting work may be sent at `at`.

    It waits unchanged during a stop, and on an account that existed before Schoolgate and whose permission to
    continue has ended. What should have started long ago (`rules.LATEST`), or is `outdated` (a short code
    why), is given up: `follow` tells its author, who decides again. So the end of a stop, lifted or not,
    sends nothing in a burst. `event` is the first half of the record's events, `ids` what its row carries.
    """
    if stopped(school_id, at=at) or waits([account_id], on=local_day(at)):
        return False
    because = "too_slow" if late(row, at=at) else outdated
    if not because:
        return True
    move(row, to=Intent.FAILED, moves=MOVES, at=at, because=because)
    record(f"{event}.failed", subject=row, at=at, because=because, **ids)
    follow(row, at)
    return False
