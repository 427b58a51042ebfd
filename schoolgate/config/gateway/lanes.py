"""Threads that make pages: for most requests, and a few kept free for what has to answer at any time."""

from __future__ import annotations

import asyncio
import contextvars
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

PIECES_THREADS = 2
"""They read the next piece of a film or an archive while its reader takes the last."""
MOST_WAITING = 200
"""Whole requests that wait for a thread in one process. Beyond it the answer is 503 at once."""
URGENT = re.compile(r"/(healthz|stop|wrong)(/|$)|/.*something-is-wrong(/|$)")
"""The health check, stopping all posts, and saying that something is wrong: from a path's beginning."""


class Full(Exception):
    """Too many requests wait for a thread."""


class Lane:
    """Some threads of their own, and the requests that wait for one of them."""

    def __init__(self, name: str, threads: int, *, most_waiting: int = MOST_WAITING) -> None:
        self.waiting = 0
        self._most = most_waiting + threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call it in a thread of this lane. Raises Full."""
        if self.waiting >= self._most:
            raise Full
        self.waiting += 1
        context = contextvars.Context()
        done = asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: context.run(call, *args, **kwargs)
        )
        try:
            return await asyncio.shield(done)
        finally:
            if done.done():
                self.waiting -= 1
            else:  # the sender has gone; the thread goes on to its end
                done.add_done_callback(self._ended)

    def _ended(self, _done: object) -> None:
        self.waiting -= 1


def is_urgent(path: str) -> bool:
    """Return whether a request to this path has threads of its own."""
    return URGENT.match(path) is not None
