"""Processes of a test that are killed on one side of a function."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from importlib import import_module

from django.db import connections


def found(module: str, name: str) -> tuple[object, str, Callable[..., object]]:
    """Return where a function stands, under which name, and the function. Raises AttributeError."""
    *path, last = name.split(".")
    where: object = import_module(module)
    for part in path:
        where = getattr(where, part)
    return where, last, getattr(where, last)


def kill_at(module: str, name: str, side: str) -> None:
    """Have this process killed on one side of a function."""
    where, last, real = found(module, name)

    def killed(*args: object, **kwargs: object) -> object:
        if side == "after":
            real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")

    setattr(where, last, killed)


def in_another_process(does: Callable[[], None]) -> int:
    """Do it in a copy of this process; return the signal that ended it, 0 if it came to its end."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        does()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - told in the log of the run
        traceback.print_exc()
        os._exit(1)
