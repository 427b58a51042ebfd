"""One process that has read the whole program and begins the others as copies of itself (Linux).

Reading the program takes seconds and a hundred megabytes. What was read before a copy began, all copies
share. `python -m schoolgate.cli.nursery FD`: it hears on a socket which command to begin, a line of JSON, and
says which of them have ended. It has no database, no threads, and ends with the supervisor.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from setproctitle import setproctitle

from schoolgate.cli.children import Begun, Popen, fork_to, start_module
from schoolgate.cli.main import PAGES, read_to_be_copied
from schoolgate.cli.main import main as run
from schoolgate.cli.registry import COMMANDS, Needs
from schoolgate.core.env import choose, env, use_settings
from schoolgate.core.processes import command_line, die_with_parent

SECONDS_TO_READ_THE_PROGRAM = 120.0
READ = (*PAGES, "schoolgate.cli.web", "schoolgate.cli.worker", "schoolgate.cli.demo")
LOST = -signal.SIGKILL
"""The status of a copy whose end was told to no one, because the nursery was gone before it."""


class Nursery:
    """The supervisor's side: begins the nursery, asks it for copies, and hears how they end.

    `of_this`: whether it begins as a copy of this process, and shares what that has read. Only where this
    process has no thread and no way to the database.
    """

    def __init__(self, log: Path, *, of_this: bool = False) -> None:
        self._log = log
        self._of_this = of_this
        self._process: Popen | None = None
        self._line: socket.socket | None = None
        self._heard = b""
        self._ended: dict[int, int] = {}
        self._has_read = False

    def start(self) -> Popen:
        """Begin to read the program; a copy that is wanted meanwhile waits for it."""
        self._hang_up()
        self._line, theirs = socket.socketpair()
        self._heard, self._has_read = b"", False
        with theirs:
            number = theirs.fileno()
            self._process = (
                fork_to(begin_copies, theirs, self._log)
                if self._of_this
                else start_module("schoolgate.cli.nursery", [str(number)], self._log, line=number)
            )
        return self._process

    def begin(self, words: list[str], log: Path, *, prints_to: Path | None = None) -> Copy:
        """Begin `schoolgate WORDS`, writing to a file; starts the nursery again first if it has ended.

        `prints_to`: where its output goes instead, its errors still to the log. Raises OSError where it
        can't. A nursery that doesn't answer in time is ended, with its copies: an answer that came later
        would be taken for another's.
        """
        process = self._process
        if process is None or process.poll() is not None:
            process = self.start()
        try:
            return Copy(self, process, self._ask(words, log, prints_to or log))
        except TimeoutError:
            process.kill()
            process.wait()
            raise

    def _ask(self, words: list[str], log: Path, prints_to: Path) -> int:
        line = self._open_line()
        line.settimeout(SECONDS_TO_READ_THE_PROGRAM)
        line.sendall(_line({"words": words, "log": str(log), "prints_to": str(prints_to)}))
        while "began" not in (told := self._next()):
            self._note(told)
        self._ended.pop(told["began"], None)  # of an earlier one with the same number
        return int(told["began"])

    def poll(self) -> int | None:
        """Return 0 once the program is read, None until then, and its status if the nursery ended first."""
        self._listen()
        if self._has_read or self._process is None:
            return 0
        return self._process.poll()

    def ended(self, begun_by: Popen, pid: int) -> int | None:
        """Return the exit status of a copy, negative for a signal; None while it runs."""
        self._listen()
        if pid in self._ended:
            return self._ended[pid]
        told_no_more = begun_by is not self._process or begun_by.poll() is not None
        return LOST if told_no_more and command_line(pid) is None else None

    def stop(self) -> None:
        """End it; its copies have ended before."""
        self._hang_up()
        if self._process is not None:
            self._process.wait()

    def _listen(self) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionError):
            self._open_line().setblocking(False)
            while True:
                self._note(self._next())

    def _note(self, told: dict[str, Any]) -> None:
        if "ended" in told:
            self._ended[told["ended"]] = told["status"]
        else:
            self._has_read = True

    def _open_line(self) -> socket.socket:
        if self._line is None:
            raise ConnectionError("the process that begins the others was not started")
        return self._line

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _next(self) -> dict[str, Any]:
        while b"\n" not in self._heard:
            more = self._open_line().recv(65536)
            if not more:
                raise ConnectionError("the process that begins the others has ended")
            self._heard += more
        line, _end, self._heard = self._heard.partition(b"\n")
        told: dict[str, Any] = json.loads(line)
        return told


class Copy(Begun):
    """A command that runs as a copy of the nursery."""

    def __init__(self, nursery: Nursery, begun_by: Popen, pid: int) -> None:
        super().__init__(pid)
        self._nursery = nursery
        self._begun_by = begun_by

    def ended(self) -> int | None:
        """Return its exit status, as the nursery tells it; None while it runs."""
        return self._nursery.ended(self._begun_by, self.pid)


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode() + b"\n"


def main() -> None:
    """Be a nursery from the start."""
    begin_copies(socket.socket(fileno=int(sys.argv[1])))


def begin_copies(line: socket.socket) -> None:
    """Read the program, then begin what is asked for until the supervisor is gone."""
    setproctitle("schoolgate nursery")
    woken, wakes = os.pipe()
    for end in (woken, wakes):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    _read_the_program()
    line.sendall(_line({"has_read": True}))
    heard = b""
    while True:
        ready, _, _ = select.select([line.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 65536)
            _tell_who_ended(line)
        if line.fileno() in ready:
            more = line.recv(65536)
            if not more:
                return
            *asked, heard = (heard + more).split(b"\n")
            for each in asked:
                wanted, nursery = json.loads(each), os.getpid()
                pid = os.fork()
                if not pid:
                    for left in (woken, wakes, line.detach()):
                        os.close(left)
                    _be(wanted["words"], Path(wanted["log"]), Path(wanted["prints_to"]), nursery)
                line.sendall(_line({"began": pid}))


def _tell_who_ended(line: socket.socket) -> None:
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            line.sendall(_line({"ended": found[0], "status": os.waitstatus_to_exitcode(found[1])}))


def _read_the_program() -> None:
    choose(database_role="app")
    use_settings()
    read_to_be_copied(READ)


def _take_its_role(command: str) -> None:
    """The program was read as the application: what makes tables connects as their owner."""
    if command in COMMANDS and COMMANDS[command].needs is Needs.DATABASE_AS_OWNER:
        from django.db import connections

        from schoolgate.core.postgres.for_django import django_database

        choose(database_role="owner")
        connections.databases["default"].update(django_database(env()))


def _be(words: list[str], log: Path, prints_to: Path, nursery: int) -> None:
    """Be the command from here on; never returns."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    status = 1
    try:
        os.setpgid(0, 0)
        die_with_parent(parent=nursery)
        setproctitle(" ".join(["schoolgate", *words]))
        for to, stream in ((prints_to, sys.stdout), (log, sys.stderr)):
            with to.open("ab") as out:
                os.dup2(out.fileno(), stream.fileno())
        _take_its_role(words[0])
        status = run(words)
    except SystemExit as asked:
        status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:  # noqa: BLE001 - the end of a process, told as Python tells it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
