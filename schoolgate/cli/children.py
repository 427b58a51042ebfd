"""The processes that a supervisor starts, restarts and ends."""

import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from schoolgate.core.env import for_a_child
from schoolgate.core.processes import command_line, die_with_parent

FIRST_WAIT, LONGEST_WAIT = 0.3, 10.0
SECONDS_OF_GOOD_HEALTH = 60.0
LARGEST_LOG = 10_000_000
MOST_OPEN = 1 << 20
SECONDS_BETWEEN_LOOKS = 0.05
ANOTHER_PLEASE = 75
"""The exit status of a part that has ended well and wants another to take its place at once."""


class Popen(Protocol):
    """What the supervisor asks of a process: a `subprocess.Popen`, or the nursery's copy."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None:
        """Return its exit status once it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired after so many seconds."""

    def send_signal(self, sent: int, /) -> None:
        """Send it a signal, unless it has ended."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


def start_schoolgate(
    words: list[str], log: Path, *, prints_to: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start `schoolgate WORDS` as a child that ends with this process, writing to a file. `prints_to`: where
    its output goes instead, its errors still to the log."""
    return start_module("schoolgate", words, log, prints_to=prints_to)


def start_module(
    module: str, words: list[str], log: Path, *, prints_to: Path | None = None, line: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a module of ours as a child that ends with this process, writing to files. `line`: a descriptor
    that it keeps.

    In a group of its own: a Ctrl-C at the terminal reaches the supervisor only, which ends its children in
    order. Call it from the main thread, for the kernel counts the thread that started a child as its parent.
    """
    with (prints_to or log).open("ab") as out, log.open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=errors,
            pass_fds=() if line is None else (line,),
            process_group=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has no threads
            env=for_a_child(),
        )


class Begun(ABC):
    """Something that was begun and is waited for; used like a `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    @abstractmethod
    def ended(self) -> int | None:
        """Return its exit status, negative for a signal; None while it runs. Asked until it has ended."""

    def poll(self) -> int | None:
        """Return its exit status once it has ended."""
        if self.returncode is None:
            self.returncode = self.ended()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises TimeoutExpired after so many seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if end is not None and time.monotonic() >= end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return status

    def send_signal(self, sent: int, /) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sent)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class Forked(Begun):
    """A child that is a copy of this process."""

    def ended(self) -> int | None:
        """Return its exit status, negative for a signal; None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None


def fork_to(does: Callable[[socket.socket], None], line: socket.socket, log: Path) -> Forked:
    """Begin a copy of this process, which shares what was read by now and does one thing. It ends with this
    process, writes into a file, and of all that is open keeps one line; so no lock outlives this process.

    Call it from the main thread, while no other runs.
    """
    gc.collect()
    gc.freeze()  # else looking for what isn't used any more would write into pages that are shared
    sys.stdout.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return Forked(pid)
    status = 1
    try:
        os.setpgid(0, 0)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_DFL)
        die_with_parent(parent=parent)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream in (1, 2):
            os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666), stream)
        os.closerange(3, line.fileno())
        os.closerange(line.fileno() + 1, MOST_OPEN)
        does(line)
        status = 0
    except BaseException:  # noqa: BLE001 - the end of a process, told as Python tells it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class Child:
    """One process that is always to be there. Restarted when it ends, sooner the longer it had been well."""

    def __init__(
        self, name: str, start: Callable[[], Popen], *, ends_on: signal.Signals, patience: float
    ) -> None:
        self.name = name
        self._start = start
        self._ends_on = ends_on
        self._patience = patience
        self._wait = FIRST_WAIT
        self._started_at = 0.0
        self._not_before = 0.0
        self.process: Popen | None = None

    @property
    def pid(self) -> int | None:
        """The running process, or None between two runs."""
        return self.process.pid if self.process is not None and self.process.poll() is None else None

    def start(self, now: float) -> None:
        """Start it. `now`, here and below, is a reading of the monotonic clock, in seconds."""
        self._started_at = now
        self.process = self._start()

    def look_after(self, now: float) -> str | None:
        """Start it again once it has ended and its wait is over; return what happened, if anything.

        Empty where that is of no interest to a person: its own log has it.
        """
        if self.process is None:
            if now < self._not_before:
                return None
            self.start(now)
            return f"{self.name} has restarted"
        status = self.process.poll()
        if status is None:
            return None
        self.process = None
        if status == ANOTHER_PLEASE:
            self.start(now)
            return ""
        if now - self._started_at >= SECONDS_OF_GOOD_HEALTH:
            self._wait = FIRST_WAIT
        self._not_before = now + self._wait
        sentence = f"{self.name} has ended ({how_it_ended(status)}), restarting in {self._wait:g} s"
        self._wait = min(self._wait * 2, LONGEST_WAIT)
        return sentence

    def stop(self) -> None:
        """End it kindly, then not; returns once it is gone."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self._ends_on)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self._patience)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process = None


def how_it_ended(status: int) -> str:
    """An exit status in words."""
    return f"exit status {status}" if status >= 0 else f"signal {signal.Signals(-status).name}"


def still_there(pids: Iterable[int], word: str) -> list[int]:
    """Return those of an earlier supervisor's processes that run and whose command line contains `word`: a
    number may be another program's by now."""
    return [pid for pid in pids if word in (command_line(pid) or "")]


def end_left_behind(pids: Iterable[int], word: str, *, patience: float) -> bool:
    """End the processes that an earlier supervisor left, all at once (`still_there`).

    Waits `patience` seconds for them to exit, then asks them to and waits as long again, then kills them.
    Returns whether any was there.
    """
    left = still_there(pids, word)
    found = bool(left)
    for how in (None, signal.SIGTERM, signal.SIGKILL):
        if how is not None:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, how)
        end = time.monotonic() + patience
        while (left := still_there(left, word)) and time.monotonic() < end:
            time.sleep(SECONDS_BETWEEN_LOOKS)
    return found


def cut_when_long(log: Path) -> None:
    """Move a long log's last part to `<name>.1` and start a new file. Writers append, so they need not
    know."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LARGEST_LOG:
            log.with_name(log.name + ".1").write_bytes(log.read_bytes())
            os.truncate(log, 0)
