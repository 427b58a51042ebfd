"""May something that is written down begin to go out now? One rule for posts, answers and comments."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from schoolgate.accounts.queries.brought_in import waits
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
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
    """Whether what waits to be sent may begin at `at`.

    Under a stop it stays as it is, and so it does on an account that was there before and whose leave to go
    on has ended. What should have begun long ago (`rules.LATEST`), or is `outdated` (a
    short code why), is given up: `follow` tells its writer, who decides anew. So lifting a stop sends nothing
    in a burst, and neither does one that ends by itself. `event` is the first half of the record's events,
    `ids` what its row carries.
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
