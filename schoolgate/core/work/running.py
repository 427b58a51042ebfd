"""A worker: runs every lane in one process, and requeues jobs of dead workers.

Jobs whose worker was killed are put back, so that each runs twice rather than never.

This is no job itself: it runs beside them in every worker, so it needs no free slot and no lock.

A worker that has grown leaves once it has nothing to do, so that a small one takes its place.

Python gives little back, and what a copy has touched is no longer shared with the others (docs/adr/0080). To
begin again takes half a second and loses nothing: jobs are rows of the database.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

import structlog
from procrastinate import App, exceptions
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.middleware import AsyncCallNext
from procrastinate.periodic import PeriodicRegistry
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from schoolgate.core.env import env
from schoolgate.core.postgres.server import server_of
from schoolgate.core.processes import in_room
from schoolgate.core.tracing import follow
from schoolgate.core.work import lanes

log = structlog.get_logger(__name__)
SECONDS_BETWEEN_ROUNDS: Final = 10.0
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
            await asyncio.sleep(SECONDS_BETWEEN_ROUNDS)
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


SECONDS_BETWEEN_WEIGHINGS: Final = 2.0
SECONDS_IDLE: Final = 10.0
SECONDS_AT_LEAST: Final = 120.0
"""How long each one works, however much it has grown: a busy home doesn't begin again and again."""
MOST_MB: Final = 64.0
"""With the five examples, one that has run each sweep of a minute holds 46 to 50; one that has also run those
of an hour, 75 to 91."""
ROLLUP: Final = Path("/proc/self/smaps_rollup")


def own_megabytes() -> float:
    """Return the memory that this process shares with no other; 0 where the system doesn't say (macOS)."""
    try:
        lines = ROLLUP.read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


async def grown_and_idle(after: LookingAfter, *, megabytes: Callable[[], float] = own_megabytes) -> None:
    """Return once the worker has grown and has had nothing to do for a while."""
    await asyncio.sleep(SECONDS_AT_LEAST)
    while True:
        if after.seconds_idle() >= SECONDS_IDLE and (own := megabytes()) > MOST_MB:
            log.info("a small worker takes the place of one that has grown", megabytes=round(own))
            return
        await asyncio.sleep(SECONDS_BETWEEN_WEIGHINGS)


SECONDS_TO_FINISH: Final = 20.0
SECONDS_TO_END: Final = 2.0
SECONDS_BETWEEN_LOOKS: Final = 0.2
SPARE_THREADS: Final = 4


class Threads(ThreadPoolExecutor):
    """The threads that jobs run in."""

    def submit(self, job: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it with stack space for its frames."""
        return super().submit(in_room, job, *args, **kwargs)


class Connector(PsycopgConnector):
    """A worker's own way to the database; what a job itself defers goes by the job's connection, in its
    transaction."""

    def __init__(self, of_jobs: DjangoConnector) -> None:
        super().__init__(kwargs=connector_params(of_jobs.alias))
        self._of_jobs = of_jobs

    def get_sync_connector(self) -> BaseConnector:
        """The one that Django's connections are used by."""
        return self._of_jobs


class Ended(Enum):
    """Why a worker has ended."""

    ASKED = "asked"
    GROWN = "grown"
    """It had grown and had nothing to do; a small one should take its place."""
    BROKEN = "broken"
    """It ended by itself, for instance because the database went away or a job hangs; restart it."""


async def work(app: App, *, slots: Mapping[str, int] | None = None, may_leave: bool = False) -> Ended:
    """Work until a signal says to stop; running jobs get twenty seconds, then are cut off.

    `slots`: which lanes, and how many jobs at a time; without it those of this machine. `may_leave`: whether
    it ends once it has grown and has nothing to do, for then another one begins.
    """
    slots = slots or lanes.of_this_machine()
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, asked.set)
    # Jobs run in threads: with fewer of them than slots, lanes would wait for each other after all.
    loop.set_default_executor(Threads(sum(slots.values()) + SPARE_THREADS))
    async with app.open_async():
        after = LookingAfter(app.job_manager)
        running = {lane: asyncio.create_task(_lane(app, after, lane, most)) for lane, most in slots.items()}
        running |= {"after": asyncio.create_task(after.forever())}
        stop = asyncio.create_task(asked.wait())
        if may_leave:
            running |= {Ended.GROWN.value: asyncio.create_task(grown_and_idle(after))}
        await asyncio.wait([stop, *running.values()], return_when=asyncio.FIRST_COMPLETED)
        done = {part for part, task in running.items() if task.done() and task.exception() is None}
        for part, task in running.items():
            if task.done() and (trouble := task.exception()) is not None:
                log.error("the worker ends", part=part, exc_info=trouble)
        await _end([stop, *running.values()])
    if asked.is_set():
        return Ended.ASKED
    return Ended.GROWN if Ended.GROWN.value in done else Ended.BROKEN


async def _end(tasks: list[asyncio.Task[object]]) -> None:
    """End them in order; a thread cannot be ended, so where one hangs on, the process goes at once.

    So it does where the database went with a killed supervisor: nothing can be written down any more.
    """
    for task in tasks:
        task.cancel()
    end = asyncio.get_running_loop().time() + SECONDS_TO_FINISH + SECONDS_TO_END
    left: set[asyncio.Task[object]] = set(tasks)
    while left and not database_is_gone() and asyncio.get_running_loop().time() < end:
        _done, left = await asyncio.wait(left, timeout=SECONDS_BETWEEN_LOOKS)
    if left:
        log.error("jobs were cut off; they are put back", lanes=len(left))
        os._exit(1)


def database_is_gone() -> bool:
    """Whether the home's own server has ended or is about to. One that was named is not asked."""
    return env().embedded_database and not server_of(env().home).is_ready()


def app_of(lane: str, app: App, after: LookingAfter) -> App:
    """Return the app of one lane. Only one lane runs the timetable, and begins what was missed."""
    mine = app.with_connector(app.connector)
    mine.job_manager = Heard(app.connector, after)
    mine.periodic_defaults = app.periodic_defaults
    if lane != lanes.AT_HAND:
        mine.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    return mine


async def _lane(app: App, after: LookingAfter, lane: str, most: int) -> None:
    """Run one lane's jobs."""
    await app_of(lane, app, after).run_worker_async(
        queues=[lane],
        name=lane,
        concurrency=most,
        listen_notify=lane in lanes.QUICK,
        install_signal_handlers=False,
        shutdown_graceful_timeout=SECONDS_TO_FINISH,
        delete_jobs="successful",
        worker_middleware=[follow, after.note],
    )
