"""The work that jobs do: the lanes of a worker, the worker itself, and the number by which a request and its
jobs are known.

Each lane has slots of its own, so that what is slow in one delays nothing in another. A lane is a queue by
the same name. What a network once kept waiting continues in the lane beside, where it takes no slot from
those whose network answers.

A worker runs every lane in one process. Jobs whose worker was killed are put back, so that each runs twice
rather than never: that is no job itself but runs beside them in every worker, so it needs no free slot and
no lock. While machines are upgraded one after the other, a new one may defer what an old one doesn't know.

A worker that has grown leaves once it has nothing to do, so that a small one takes its place. Python gives
little back, and what a copy has touched is no longer shared with the others (docs/adr/0080). To begin again
takes half a second and loses nothing: jobs are rows of the database.

A request, the jobs that it makes, and what these ask of networks have one number. Each line of the log has
it as `trace`, and the answer to a request as `X-Request-ID`. It is drawn by lot, is OpenTelemetry's trace id
too, and says nothing. What a stranger sends as such a number is not taken. With the optional part
`schoolgate[traces]` and SCHOOLGATE_TRACES the same goes to a collector as spans, whose names and attributes
are routes, tasks and hosts of networks: never an address, an id or what someone typed.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

import structlog
from django.db import transaction
from procrastinate import App, BaseRetryStrategy, RetryDecision, exceptions
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, JobDeferrer, Status
from procrastinate.manager import JobManager
from procrastinate.middleware import AsyncCallNext
from procrastinate.periodic import PeriodicRegistry
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.tasks import Task
from procrastinate.types import JSONValue
from procrastinate.worker import Worker

from schoolgate.core.env import env
from schoolgate.core.postgres.for_django import SECONDS_TO_WAIT, is_away
from schoolgate.core.postgres.server import server_of
from schoolgate.core.processes import in_room

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
"""Lanes whose workers start a new job at once. In the others they look every five seconds."""

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


SECONDS_UNTIL_AGAIN: Final = 30
MOST_TRIES_OF_OTHERS: Final = 480
"""Four hours; then it has failed, as a job that no release knows."""


class NotOurs(Exception):
    """This release has no such task."""


class LeftToOthers(BaseRetryStrategy):
    """Puts a job back for a worker that knows it."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Again in half a minute, for some hours."""
        return (
            RetryDecision(retry_in={"seconds": SECONDS_UNTIL_AGAIN})
            if job.attempts < MOST_TRIES_OF_OTHERS
            else None
        )


class Tasks(dict[str, Task[Any, Any, Any]]):
    """The tasks of this release by their names; by any other name one that leaves the job to others."""

    def __init__(self, app: App) -> None:
        super().__init__(app.tasks)
        self._app = app

    def get(self, name: str, default: Any = None) -> Any:
        """Return the task that a worker is to run."""
        return super().get(name) or Task(
            _not_ours, blueprint=self._app, name=name, queue=AT_HAND, retry=LeftToOthers()
        )


def _not_ours(**_what: object) -> None:
    raise NotOurs


TRACE: Final = "trace"
"""Its name in the log, and among what a job is given."""
_IS_ONE: Final = re.compile(r"[0-9a-f]{32}")
_OFF: Final = nullcontext()
Span = Callable[..., AbstractContextManager[Any]]
_span: Span | None = None


def begin(trace: object = None) -> str:
    """Begin another trace in this context, or go on with one; return its number."""
    number = trace if isinstance(trace, str) and _IS_ONE.fullmatch(trace) else secrets.token_hex(16)
    structlog.contextvars.bind_contextvars(**{TRACE: number})
    return number


def current() -> str:
    """Return the number of the trace that this is part of; empty outside of any."""
    return str(structlog.contextvars.get_contextvars().get(TRACE, ""))


def span(name: str, **about: str | int) -> AbstractContextManager[Any]:
    """Measure a block as a part of the trace, where traces are sent; elsewhere it costs a call of a function.

    `name` and `about` have no address, no id and nothing that someone typed.
    """
    return _OFF if _span is None else _span(name, about)


def send_by(send: Span | None) -> None:
    """Have spans measured by a function, or (None) by none."""
    global _span  # noqa: PLW0603 - one for the process
    _span = send


def carry_into_jobs() -> None:
    """Have each job that is made from now on know the trace that it's made in."""
    if getattr(JobDeferrer.make_new_job, "carries", False):
        return
    make = JobDeferrer.make_new_job

    def with_trace(self: JobDeferrer, **given: JSONValue) -> Job:
        return make(self, **given, **({TRACE: number} if (number := current()) else {}))

    with_trace.carries = True  # type: ignore[attr-defined]
    JobDeferrer.make_new_job = with_trace  # type: ignore[method-assign]


async def follow(call_next: AsyncCallNext, context: JobContext, _worker: Worker) -> object:
    """Run a job in the trace that it was made in, or in one of its own."""
    structlog.contextvars.clear_contextvars()
    begin(context.job.task_kwargs.pop(TRACE, None))
    with span(f"job {context.job.task_name}", task=context.job.task_name):
        return await call_next()


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
            if began < begun_before and job.queue not in (LONG, KEEPING)
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
    slots = slots or of_this_machine()
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
    if lane != AT_HAND:
        mine.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    return mine


async def _lane(app: App, after: LookingAfter, lane: str, most: int) -> None:
    """Run one lane's jobs."""
    await app_of(lane, app, after).run_worker_async(
        queues=[lane],
        name=lane,
        concurrency=most,
        listen_notify=lane in QUICK,
        install_signal_handlers=False,
        shutdown_graceful_timeout=SECONDS_TO_FINISH,
        delete_jobs="successful",
        worker_middleware=[follow, after.note],
    )
