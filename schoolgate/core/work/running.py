"""A worker: runs every lane in one process, and requeues jobs of dead workers."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from typing import Any, Final

import structlog
from procrastinate import App
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.periodic import PeriodicRegistry
from procrastinate.psycopg_connector import PsycopgConnector

from schoolgate.core.env import env
from schoolgate.core.postgres.server import server_of
from schoolgate.core.processes import in_room
from schoolgate.core.tracing import follow
from schoolgate.core.work import lanes
from schoolgate.core.work.grown import grown_and_idle
from schoolgate.core.work.stalled import Heard, LookingAfter

log = structlog.get_logger(__name__)
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


async def _lane(app: App, after: LookingAfter, lane: str, most: int) -> None:
    """Run one lane's jobs. Only one lane runs the timetable."""
    mine = app.with_connector(app.connector)
    mine.job_manager = Heard(app.connector, after)
    if lane != lanes.AT_HAND:
        mine.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    await mine.run_worker_async(
        queues=[lane],
        name=lane,
        concurrency=most,
        listen_notify=lane in lanes.QUICK,
        install_signal_handlers=False,
        shutdown_graceful_timeout=SECONDS_TO_FINISH,
        delete_jobs="successful",
        worker_middleware=[follow, after.note],
    )
