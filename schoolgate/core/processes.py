"""Small things about processes of this machine that the standard library has no word for."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

PR_SET_PDEATHSIG = 1
PROC = Path("/proc")
FRAMES = 100_000
"""Stack slots of eight bytes each that `in_room` asks for. Unused ones take no memory."""

P = ParamSpec("P")
R = TypeVar("R")


def in_room(call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Call it with enough room on this thread's stack for everything it calls in turn; return its result.

    CPython allocates a thread's frames in chunks of 16 KB and returns an empty chunk to the system at once. A
    function called again and again right at the end of a chunk maps and unmaps memory each time: a quarter of
    the time of a page. A frame that asks for much gets a large chunk, which the frames above it share.
    """
    return call(*args, **kwargs)


in_room.__code__ = in_room.__code__.replace(co_stacksize=FRAMES)


def die_with_parent(with_signal: signal.Signals = signal.SIGTERM, *, parent: int | None = None) -> None:
    """Ask the kernel to send this process a signal when the one that started it is gone, however it went
    (Linux).

    `parent`: its number, where it is known. The kernel tells of no parent that went before it was asked, so
    the signal comes at once then.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), with_signal)


def command_line(pid: int) -> str | None:
    """The words a process was started with, or None where there is no such process (or only its shell is
    left).
    """
    if PROC.is_dir():
        try:
            raw = (PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            return None
        return raw.replace(b"\0", b" ").decode(errors="replace").strip() or None
    found = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or None
