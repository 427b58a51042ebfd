"""Jobs whose worker was killed are put back, so that each runs twice rather than never.

This is no job itself: it runs beside them in every worker, so it needs no free slot and no lock.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import structlog
from procrastinate import exceptions
from procrastinate.connector import BaseConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from schoolgate.core.work import lanes

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS: Final = 10.0
MOST_TRIES: Final = 10
"""A job that was in hand at the end of so many workers may be what ends them."""
SECONDS_AT_MOST: Final = 900.0
"""A job that takes longer hangs, outside the lane of long ones; only its process can end its thread."""
SECONDS_SILENT: Final = 60.0
AT_ONCE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Long past, also where the database's clock is behind this machine's."""


class Heard(JobManager):
    """Notes when each lane of this process last told the database that it lives."""

    def __init__(self, connector: BaseConnector, after: LookingAfter) -> None:
        super().__init__(connector)
        self._after = after

    async def register_worker(self) -> int:
        """Begin to tell."""
        worker = await super().register_worker()
        self._after.heard(worker)
        return worker

    async def update_heartbeat(self, worker_id: int) -> None:
        """Tell."""
        await super().update_heartbeat(worker_id)
        self._after.heard(worker_id)

    async def unregister_worker(self, worker_id: int) -> None:
        """Tell no more."""
        self._after.ends(worker_id)
        await super().unregister_worker(worker_id)


class LookingAfter:
    """Puts back what dead workers left, and what this one no longer knows that it took."""

    def __init__(self, manager: JobManager, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.manager = manager
        self._clock = clock
        self._in_hand: dict[int | None, tuple[Job, float]] = {}
        self._workers: set[int | None] = set()
        self._doubtful: set[int | None] = set()
        self._idle_since = clock()
        self._heard: dict[int, float] = {}
        self._answered = self._idle_since

    def heard(self, worker: int) -> None:
        """A lane has told the database that it lives."""
        self._heard[worker] = self._clock()

    def ends(self, worker: int) -> None:
        """A lane tells no more, and isn't missed."""
        self._heard.pop(worker, None)

    async def note(self, call_next: AsyncCallNext, context: JobContext, worker: Worker) -> object:
        """Wrap each job that this process runs: it is known to be in hand, and at its end what waits for its
        lock begins."""
        self._workers.add(worker.worker_id)
        self._in_hand[context.job.id] = (context.job, self._clock())
        job = asyncio.current_task()
        if job is not None:
            # Left to itself a worker would look only seconds later.
            job.add_done_callback(lambda _: worker._new_job_event.set())  # noqa: SLF001
        try:
            return await call_next()
        finally:
            del self._in_hand[context.job.id]
            self._idle_since = self._clock()

    def seconds_idle(self) -> float:
        """Return for how long no job has been in hand."""
        return 0.0 if self._in_hand else self._clock() - self._idle_since

    async def forever(self) -> None:
        """Look again and again, until a job or a lane hangs. A database that is away is waited for."""
        while not (hanging := self.hanging() or self.silent()):
            try:
                await self.look()
                self._answered = self._clock()
            except Exception:
                log.exception("looking for jobs of dead workers failed")
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        log.error("jobs hang", tasks=hanging)

    def hanging(self) -> list[str]:
        """The names of what has been in hand for longer than anything may take."""
        begun_before = self._clock() - SECONDS_AT_MOST
        return [
            job.task_name
            for job, began in self._in_hand.values()
            if began < begun_before and job.queue not in (lanes.LONG, lanes.KEEPING)
        ]

    def silent(self) -> list[str]:
        """The lanes that told nothing while the database answered others: what they waited for went with a
        machine that was pulled away."""
        before = self._answered - SECONDS_SILENT
        return [f"lane {worker}" for worker, at in self._heard.items() if at < before]

    async def look(self) -> None:
        """Requeue each job whose worker has not been heard of for half a minute; a failure on one does not
        affect the others."""
        for job in [*await self.manager.get_stalled_jobs(), *await self._lost()]:
            try:
                await self._put_back(job)
            except Exception:
                log.exception("a job could not be put back", task=job.task_name, job=job.id)

    async def _lost(self) -> list[Job]:
        """Return jobs under our own name that were not running at two checks in a row: the database went away
        when their end was due to be written."""
        ours = [
            job
            for worker in tuple(self._workers)  # others begin while one is asked
            for job in await self.manager.list_jobs_async(status=Status.DOING.value, worker_id=worker)
            if job.id not in self._in_hand
        ]
        before, self._doubtful = self._doubtful, {job.id for job in ours}
        return [job for job in ours if job.id in before]

    async def _put_back(self, job: Job) -> None:
        if job.attempts >= MOST_TRIES:
            await self.manager.finish_job(job, Status.FAILED, delete_job=False)
            log.error("job given up: its workers died again and again", task=job.task_name, job=job.id)
            return
        try:
            await self.manager.retry_job(job, retry_at=AT_ONCE)
        except exceptions.UniqueViolation:
            # The same work waits already, and may be waiting for this one's lock.
            await self.manager.finish_job(job, Status.FAILED, delete_job=True)
            log.warning("job left to the next one", task=job.task_name, job=job.id)
        else:
            log.warning("job put back", task=job.task_name, job=job.id)
