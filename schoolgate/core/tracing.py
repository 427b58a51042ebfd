"""One number for what belongs together: a request, the jobs that it makes, and what these ask of networks.

Each line of the log has it as `trace`, and the answer to a request as `X-Request-ID`. It is drawn by lot, is
OpenTelemetry's trace id too, and says nothing. What a stranger sends as such a number is not taken.

With the optional part `schoolgate[traces]` and SCHOOLGATE_TRACES the same goes to a collector as spans, whose
names and attributes are routes, tasks and hosts of networks: never an address, an id or what someone typed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import structlog
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, JobDeferrer
from procrastinate.middleware import AsyncCallNext
from procrastinate.types import JSONValue
from procrastinate.worker import Worker

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
