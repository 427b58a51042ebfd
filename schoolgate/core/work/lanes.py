"""The lanes of a worker: each has slots of its own, so that what is slow in one delays nothing in another.

A lane is a queue by the same name. What a network once kept waiting continues in the lane beside, where it
takes no slot from those whose network answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from django.db import transaction
from procrastinate import BaseRetryStrategy, RetryDecision, exceptions
from procrastinate.jobs import Job, JobDeferrer
from procrastinate.tasks import Task
from procrastinate.types import JSONValue

from schoolgate.core.env import env
from schoolgate.core.postgres.away import SECONDS_TO_WAIT, is_away

AT_HAND: Final = "default"
"""What needs the database alone: the sweeps of each minute, and what follows from one step."""
SENDING: Final = "sending"
SENDING_SLOWLY: Final = "sending-slowly"
READING: Final = "reading"
READING_SLOWLY: Final = "reading-slowly"
MAIL: Final = "mail"
PICTURES: Final = "pictures"
"""Reading the words in a picture, which takes seconds of a processor and some 400 MB."""
LONG: Final = "long"
"""Backups, files, downloads, and the sweeps of each hour and day: these may take as long as they need."""
KEEPING: Final = "keeping"
"""What writes into one machine's home: signed heads, the journal, backups. Only the machine that keeps them
(`SCHOOLGATE_KEEPS_RECORD`) works in it."""

SLOTS: Final[Mapping[str, int]] = {
    AT_HAND: 3,
    SENDING: 4,
    SENDING_SLOWLY: 3,
    READING: 4,
    READING_SLOWLY: 3,
    MAIL: 2,
    PICTURES: 1,
    LONG: 2,
    KEEPING: 3,
}
"""How many jobs of each lane one worker does at the same time."""


def of_this_machine() -> dict[str, int]:
    """Return the lanes in which this machine's worker works."""
    return {lane: most for lane, most in SLOTS.items() if lane != KEEPING or env().keeps_record}


QUICK: Final = frozenset({AT_HAND, SENDING, MAIL, PICTURES})
"""Lanes that are told of a new job at once; the others look every five seconds."""

MOST_TRIES_WHILE_AWAY: Final = 6


def of_account(what: str, account_id: int) -> str:
    """The lock of one account: its jobs take one slot at a time, however slow its network is."""
    return f"{what}-{account_id}"


def of_row(task: str, row_id: int) -> str:
    """The name of the work for one row, which waits at most once."""
    return f"{task}-{row_id}"


def defer_once(task: Task[Any, Any, Any], *, lane: str, lock: str, once: str, **what: JSONValue) -> None:
    """Put a job into a lane, unless the same waits already.

    Jobs with the same `lock` are done one after the other; `once` names the work.
    """
    defer_unless_it_waits(task.configure(queue=lane, lock=lock, queueing_lock=once), once=once, **what)


def defer_unless_it_waits(job: JobDeferrer, *, once: str, **what: JSONValue) -> None:
    """Defer a job whose `queueing_lock` is `once`, unless the same waits already.

    It's looked for first, since the database logs an error for each that it refuses. What two begin at the
    same moment it still refuses.
    """
    from procrastinate.contrib.django.models import ProcrastinateJob  # lanes are read before any model

    if ProcrastinateJob.objects.filter(queueing_lock=once, status="todo").exists():
        return
    with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        job.defer(**what)


class WhileAway(BaseRetryStrategy):
    """A job that the database's absence broke runs again a little later; what it did was rolled back."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Again after some seconds while the database is away; never for a mistake."""
        if is_away(exception) and job.attempts < MOST_TRIES_WHILE_AWAY:
            return RetryDecision(retry_in={"seconds": SECONDS_TO_WAIT})
        return None
