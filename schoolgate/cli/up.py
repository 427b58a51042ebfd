"""`schoolgate up`: database, web and worker under one supervisor.

What a start tells while a step takes more than a moment: what it does, and how far it is.

How far an upgrade came: a note in the home, which `up` reads too.

Where the pages listen on this machine: whether they can, at which address they are, and whether they
answer.

`schoolgate down`: stops what `up` runs from this home, or has left.
"""

from __future__ import annotations

import argparse
import errno
import fcntl
import json
import os
import re
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

from schoolgate.cli.children import (
    Child,
    Popen,
    cut_when_long,
    end_left_behind,
    how_it_ended,
    start_schoolgate,
    still_there,
)
from schoolgate.cli.examples import EXAMPLES, REAL_HOME
from schoolgate.cli.nursery import Nursery
from schoolgate.core.env import env, unknown_settings
from schoolgate.core.home import LEAST_ROOM, NOTE_OF_UP, folder, free_at, home, logs, typed
from schoolgate.core.postgres.reaching import check_database
from schoolgate.core.postgres.server import Claim, ServerTrouble, check_room, one_starter, server_of, spawn
from schoolgate.core.processes import command_line
from schoolgate.core.surroundings import SurroundingsTrouble

SECONDS_OF_SILENCE = 3.0
SECONDS_TO_SAY_THE_SAME = 15.0
SECONDS_BETWEEN_LINES = 0.05
MIGRATIONS = re.compile(r"^Migrations to apply: (\d+)$", re.MULTILINE)
PARTS = re.compile(r"parts of (\d+): (\d+)$", re.MULTILINE)
APPLIED = re.compile(r"^ *Applying .*\.\.\. OK$", re.MULTILINE)


class Step(Protocol):
    """Something that comes to an end, as a process does."""

    def poll(self) -> int | None:
        """Return its status once it has ended."""


def wait_aloud(process: Step, what: str, say: Callable[[str], None], how_far: Callable[[], str]) -> int:
    """Wait for a step to end, and tell every three seconds how far it is, the same only now and then; returns
    its exit status."""
    began = time.monotonic()
    tells_at, says_it_again_at, said = SECONDS_OF_SILENCE, 0.0, ""
    while (status := process.poll()) is None:
        spent = time.monotonic() - began
        if spent >= tells_at:
            tells_at += SECONDS_OF_SILENCE
            before, said = said, how_far()
            if said != before or spent >= says_it_again_at:
                says_it_again_at = spent + SECONDS_TO_SAY_THE_SAME
                say(f"{what}: {said} ({spent:.0f} s)")
        time.sleep(SECONDS_BETWEEN_LINES)
    return status


def migrations_done(log: Path) -> Callable[[], str]:
    """How far `schoolgate migrate` is, by what it writes from now on."""
    written = written_since(log)

    def how_far() -> str:
        told = written()
        wanted = MIGRATIONS.search(told)
        if wanted is None or wanted[1] == "0":
            return "starting" if wanted is None else "there are none to run"
        return f"{len(APPLIED.findall(told))} of {wanted[1]} done"

    return how_far


def parts_done(log: Path) -> Callable[[], str]:
    """How far `schoolgate demo` is with a federation, by what it writes from now on."""
    written = written_since(log)

    def how_far() -> str:
        told = PARTS.findall(written())
        return f"{told[-1][1]} of {told[-1][0]} parts done" if told else "starting"

    return how_far


def written_since(log: Path) -> Callable[[], str]:
    """What is written into a log from now on."""
    before = log.stat().st_size if log.exists() else 0
    return lambda: log.read_bytes()[before:].decode(errors="replace") if log.exists() else ""


NOTE = "upgrade.json"


def cut_off(run_folder: Path) -> str | None:
    """What a start has to say first where an upgrade of this home was cut off; None where none was."""
    said = read_note(run_folder / NOTE)
    if not said:
        return None
    return (
        f"An upgrade of this installation was interrupted. Run `{typed('upgrade')}` to continue. It was "
        f"at: {said['step']}."
    )


def read_note(note: Path) -> dict[str, Any]:
    """What the note says; nothing where there is none. Raises ServerTrouble where it cannot be read."""
    try:
        found: dict[str, Any] = json.loads(note.read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ServerTrouble(f"{note} can't be read. Delete it and run `{typed('upgrade')}` again.") from error
    return found


def check_port(listen_on: str, port: int) -> None:
    """Raise ServerTrouble if another program listens on the port, or the address isn't one of this machine:
    better now than in a log."""
    family = socket.AF_INET6 if ":" in listen_on else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen_on, port))
        except OSError as trouble:
            raise ServerTrouble(_why_not(listen_on, port, trouble)) from trouble


def _why_not(listen_on: str, port: int, trouble: OSError) -> str:
    if isinstance(trouble, socket.gaierror) or trouble.errno == errno.EADDRNOTAVAIL:
        return (
            f"SCHOOLGATE_LISTEN_ON is {listen_on}, which is not an address of this machine. Leave it out, or "
            "name one that `ip address` lists."
        )
    why = "another program uses it" if trouble.errno == errno.EADDRINUSE else trouble.strerror
    return f"Port {port} can't be used ({why}). Choose another: {typed('up', PORT='8080')}"


def address() -> str:
    """Where to point a browser."""
    return env().public_address or f"http://{_host_here('localhost')}:{env().port}/"


def _host_here(this_machine: str) -> str:
    """The host of an address at which the pages are reached from here."""
    if env().listen_on in ("127.0.0.1", "0.0.0.0", "::"):  # noqa: S104
        return this_machine
    return f"[{env().listen_on}]" if ":" in env().listen_on else env().listen_on


def serves() -> bool:
    """Whether the health page answers that all is well."""
    there = f"http://{_host_here('127.0.0.1')}:{env().port}/healthz"
    asked = urllib.request.Request(there, headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_SERVE = 180.0
SAID = "schoolgate: "
"""Before each sentence of a command."""
HOW_LONG_TO_READ = "it takes a few seconds on a free core"
SECONDS_FOR_WHAT_WAS_LEFT = 10
STAYS_EMPTY = "none"
"""A mark beside those of the examples: this home was once started without them, and never gets any."""


def up_arguments(parser: argparse.ArgumentParser) -> None:
    """What a start may leave out."""
    parser.add_argument("--no-examples", action="store_true", help="leave a new installation empty")


def run_up(options: argparse.Namespace) -> int:
    """Run everything until told to stop; returns 0 after a stop, 1 when it could not start."""
    signal.signal(signal.SIGTERM, _stop_please)
    with the_only_one(folder("run")):
        supervisor = Supervisor(home(), examples=env().examples and not options.no_examples)
        try:
            supervisor.start()
            supervisor.watch()
        except KeyboardInterrupt:
            say("stopping")
        finally:
            supervisor.stop()
    say("stopped")
    return 0


def say(sentence: str) -> None:
    """Print a message to the terminal."""
    print(f"{SAID}{sentence}", flush=True)


def _stop_please(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def the_only_one(run_folder: Path) -> Iterator[None]:
    """Hold the home for one supervisor. The kernel frees it when the supervisor is gone, however it went.

    Raises ServerTrouble when another one runs.
    """
    with (run_folder / "up.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerTrouble(
                "Schoolgate is already running from this installation. Stop it with "
                f"`{typed('down')}`, or choose another SCHOOLGATE_HOME and PORT."
            ) from None
        yield


class Supervisor:
    """Starts the parts in order, restarts what ends, and ends them in the other order."""

    def __init__(self, at: Path, *, examples: bool) -> None:
        self.home = at
        self.examples = self._wants_examples(examples)
        self.embedded = env().embedded_database
        self.server = server_of(at)
        self.note = at / "run" / NOTE_OF_UP
        self.database = Child("database", self._spawn_database, ends_on=signal.SIGINT, patience=30)
        self.nursery = Nursery(logs() / "nursery.log", of_this=True) if sys.platform == "linux" else None
        self.web = Child("web", lambda: self._copy("web"), ends_on=signal.SIGTERM, patience=20)
        self.worker = Child(
            "worker", lambda: self._copy("worker", "--until-grown"), ends_on=signal.SIGTERM, patience=25
        )
        self.parts: list[Child] = []
        self._claim: Claim | None = None
        self._examples_to_make = (
            [] if not self.examples else [key for key in EXAMPLES if not self._mark(key).exists()]
        )
        self._making: tuple[str, Popen] | None = None
        self._announced = False
        self._database_trouble = ""

    # Starting

    def start(self) -> None:
        """Start everything and print the address. Raises ServerTrouble with the reason when it cannot."""
        began = time.monotonic()
        unfinished = cut_off(folder("run"))
        if unfinished:
            raise ServerTrouble(unfinished)
        for unknown in unknown_settings():
            say(unknown)
        check_database(env(), "app", "owner", begins=True)
        self._check_room()
        self._end_what_was_left()
        self._write_note()
        check_port(env().listen_on, env().port)
        if self.nursery is not None:
            self.nursery.start()
        if self.embedded:
            self._claim = Claim(self.server)
            if not self.server.data.exists():
                say("making the database")
            self._add(self.database)
        if self.nursery is not None:
            wait_aloud(self.nursery, "reading the program", say, lambda: HOW_LONG_TO_READ)
        self._migrate()
        self._add(self.web)
        first = self._examples_to_make[:1] == [EXAMPLES[0]]
        self._make_first_example()
        self._add(self.worker)
        self._wait_until_it_serves()
        self._print_sign_ins()
        if first:
            say(f"these schools are made up, and no real one can be added. For yours: {typed_for_real()}")
        self._print_set_up_address()
        self._announce_examples()
        how = "Ctrl-C" if sys.stdout.isatty() else f"`{typed('down')}`"
        say(f"ready after {time.monotonic() - began:.0f} s: {address()} ({how} stops it)")

    def _check_room(self) -> None:
        if self.embedded:
            check_room(self.server)
        if (free := free_at(self.home)) < LEAST_ROOM:
            say(f"only {free / 1_000_000:.0f} MB are free on the disk of {self.home}: make 1 GB free soon")

    def _add(self, child: Child) -> None:
        child.start(time.monotonic())
        self.parts.append(child)
        self._write_note()

    def _spawn_database(self) -> Popen:
        # A command may have a server running already; that one is ended, so that there is one that ends with
        # us.
        with one_starter(self.server):
            self.server.stop()
            process = spawn(self.server)
            self.server.wait_until_it_answers(process)
            return process  # whatever uses it makes the roles: this process reads no driver for that

    def _copy(self, *words: str, prints_to: Path | None = None) -> Popen:
        log = logs() / f"{words[0]}.log"
        if self.nursery is None:
            return start_schoolgate(list(words), log, prints_to=prints_to)
        try:
            return self.nursery.begin(list(words), log, prints_to=prints_to)
        except OSError as trouble:
            raise ServerTrouble(f"`schoolgate {words[0]}` could not be started: {trouble}") from trouble

    def _printed_by(self, *words: str) -> str:
        """Run a command to its end; return what it printed, which no log gets. Nothing where it failed."""
        with NamedTemporaryFile("r", dir=folder("run"), prefix=words[0]) as printed:
            done = self._copy(*words, prints_to=Path(printed.name)).wait() == 0
            return printed.read().rstrip() if done else ""

    def _migrate(self) -> None:
        say("running database migrations")
        log = logs() / "migrate.log"
        written, how_far = written_since(log), migrations_done(log)
        process = self._copy("migrate")
        if wait_aloud(process, "running database migrations", say, how_far) != 0:
            lines = written().splitlines()
            if lines and lines[-1].startswith(SAID):  # the command itself knows why
                raise ServerTrouble(lines[-1].removeprefix(SAID))
            tail = "\n".join(lines[-12:])
            raise ServerTrouble(f"The database migrations failed. The end of {log}:\n{tail}")

    def _wait_until_it_serves(self) -> None:
        wait_aloud(Serving(self._look_after_parts), "starting the web server", say, lambda: "not yet ready")

    def _end_what_was_left(self) -> None:
        left = left_behind(self.note)
        if there := still_there(left.values(), "schoolgate"):
            named = " and ".join(name for name, pid in left.items() if pid in there)
            say(
                f"waiting for the {named} of an earlier run to end, {2 * SECONDS_FOR_WHAT_WAS_LEFT} s at most"
            )
            end_left_behind(there, "schoolgate", patience=SECONDS_FOR_WHAT_WAS_LEFT)
        self.note.unlink(missing_ok=True)

    def _write_note(self) -> None:
        pids = {part.name: part.pid for part in self.parts if part.pid is not None}
        draft = self.note.with_suffix(".draft")
        draft.write_text(json.dumps({"supervisor": os.getpid(), "port": env().port, "parts": pids}))
        draft.replace(self.note)

    # Examples

    def _wants_examples(self, asked: bool) -> bool:
        """A home that was begun without examples never gets any: a later start may forget to say so."""
        if not asked and not any(self._mark(key).exists() for key in EXAMPLES):
            self._mark(STAYS_EMPTY).touch()
        return asked and not self._mark(STAYS_EMPTY).exists()

    def _mark(self, key: str) -> Path:
        return folder("examples") / key

    def _make_first_example(self) -> None:
        if self._examples_to_make and self._examples_to_make[0] == EXAMPLES[0]:
            what = f"making the example federation {EXAMPLES[0]}"
            say(what)
            how_far = parts_done(logs() / "demo.log")
            self._begin_example()
            if self._making is not None:
                wait_aloud(self._making[1], what, say, how_far)
                self._end_example()

    def _begin_example(self) -> None:
        key = self._examples_to_make.pop(0)
        try:
            self._making = (key, self._copy("demo", "--federation", key))
        except ServerTrouble as trouble:
            self._say_not_made(key, str(trouble))
            self._say_examples_ended()

    def _end_example(self) -> None:
        if self._making is None or (status := self._making[1].poll()) is None:
            return
        (key, _process), self._making = self._making, None
        if status == 0:
            self._mark(key).touch()
        elif status == REAL_HOME:
            self._examples_to_make.clear()
            self.examples = False
            say("this installation contains a real federation, so no examples are added")
            return
        else:
            self._say_not_made(key, how_it_ended(status))
        self._say_examples_ended()

    def _say_not_made(self, key: str, why: str) -> None:
        again = f"To try again: `{typed('demo', '--federation', key)}`"
        say(f"the example federation {key} could not be made ({why}); see {logs() / 'demo.log'}. {again}")

    def _say_examples_ended(self) -> None:
        """Say what the marks say, once the last that was announced has ended, however it did."""
        if not self._announced or self._examples_to_make:
            return
        missing = [key for key in EXAMPLES if not self._mark(key).exists()]
        if not missing:
            say(f"all example federations are made; `{typed('sign-ins')}` lists everyone")
        elif len(missing) == len(EXAMPLES):
            say("no example federation could be made")
        else:
            others = f"`{typed('sign-ins')}` lists everyone in the others"
            say(f"examples that are not made: {', '.join(missing)}; {others}")

    def _print_sign_ins(self) -> None:
        if not self.examples:
            return
        if found := self._printed_by("sign-ins"):
            say(f"sign in as one of these people (to see this list again: {typed('sign-ins')})")
            print(found, flush=True)

    def _announce_examples(self) -> None:
        if more := ", ".join(self._examples_to_make):
            self._announced = True
            say(f"making examples in the background, which can take a few minutes: {more}")

    def _print_set_up_address(self) -> None:
        """Print the address of the first pages, if the home has no one who looks after people yet. A log
        gets the command for it instead: the address is a key."""
        if self.examples:
            return
        if found := self._printed_by("setup", "--link", "--if-needed"):
            if sys.stdout.isatty():
                print(found, flush=True)
            else:
                link = typed("setup", "--link")
                say(f"no one can sign in yet; to get the address for setting up: {link}")

    # Watching

    def watch(self) -> None:
        """Watch the parts until a signal says to stop."""
        look = 0
        while True:
            self._look_after_parts()
            self._end_example()
            if self._making is None and self._examples_to_make:
                self._begin_example()
            if look % 300 == 0:
                for log in logs().glob("*.log"):
                    cut_when_long(log)
            look += 1
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _look_after_parts(self) -> None:
        for part in self.parts:
            try:
                happened = part.look_after(time.monotonic())
            except ServerTrouble as trouble:
                happened = f"{part.name}: {trouble}"
            if happened is not None:
                self._write_note()
            if happened:
                say(happened)
                self._look_at_database()

    def _look_at_database(self) -> None:
        """A part that ends may have lost a database of another machine: say so once, and when it's back."""
        if self.embedded:
            return
        before, self._database_trouble = self._database_trouble, ""
        try:
            check_database(env(), "app")
        except SurroundingsTrouble as trouble:
            self._database_trouble = str(trouble)
        if self._database_trouble != before:
            say(self._database_trouble or "the database responds again")

    def stop(self) -> None:
        """End everything, the database last. A second signal does not interrupt it."""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if self._making is not None:
            self._making[1].terminate()
            self._making[1].wait()
        for part in reversed(self.parts):
            part.stop()
        if self.nursery is not None:
            self.nursery.stop()
        if self._claim is not None:
            self._claim.release()
        self.note.unlink(missing_ok=True)


def typed_for_real() -> str:
    """How an installation for a real school is begun, beside this one."""
    return typed("up", "--no-examples", home="NEW-FOLDER")


class Serving:
    """The step in which the pages come to be served."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._meanwhile = meanwhile
        self._end = time.monotonic() + SECONDS_TO_SERVE

    def poll(self) -> int | None:
        """Return 0 once they are. Raises ServerTrouble where that takes too long."""
        if serves():
            return 0
        if time.monotonic() > self._end:
            raise ServerTrouble(f"The web server is not responding. See {logs() / 'web.log'}")
        self._meanwhile()
        time.sleep(SECONDS_BETWEEN_LOOKS)
        return None


def left_behind(note: Path) -> dict[str, int]:
    """The processes that the note of an earlier supervisor names, besides the database (which has its own
    file).
    """
    try:
        parts: dict[str, int] = json.loads(note.read_text())["parts"]
    except (OSError, ValueError, KeyError):
        return {}
    return {name: pid for name, pid in parts.items() if name != "database"}


SECONDS_TO_STOP = 90
NOTHING = "schoolgate: nothing was running from this installation"


def down_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing: the home says what runs."""


def run_down(options: argparse.Namespace) -> int:
    """Ask the supervisor to stop and wait for it; then end what an earlier one left. Returns 0 when nothing
    runs.
    """
    if not env().home.expanduser().exists():
        print(NOTHING, flush=True)
        return 0
    run_folder = folder("run")
    note = run_folder / NOTE_OF_UP
    was = False
    with (run_folder / "up.lock").open("ab") as lock:
        end = time.monotonic() + SECONDS_TO_STOP
        says_at = time.monotonic() + SECONDS_OF_SILENCE
        asked = 0
        while not _free(lock.fileno()):
            supervisor = _supervisor(note)
            if supervisor and supervisor != asked:
                os.kill(supervisor, signal.SIGTERM)
                asked, was = supervisor, True
            if time.monotonic() > says_at:
                says_at = end + 1
                print(f"schoolgate: waiting for it to stop, {SECONDS_TO_STOP} s at most", file=sys.stderr)
            if time.monotonic() > end:
                print("schoolgate: it did not stop", flush=True)
                return 1
            time.sleep(0.1)
        while asked and _still_runs(asked) and time.monotonic() < end:  # it lets the lock go, then ends
            time.sleep(0.02)
        was |= end_left_behind(left_behind(note).values(), "schoolgate", patience=5)
        note.unlink(missing_ok=True)
        if env().embedded_database:
            was |= server_of(env().home).stop()
    print("schoolgate: stopped" if was else NOTHING, flush=True)
    return 0


def _free(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _supervisor(note: Path) -> int | None:
    """The running supervisor's process, when the note names one that is still it."""
    try:
        pid = int(json.loads(note.read_text())["supervisor"])
    except (OSError, ValueError, KeyError):
        return None
    return pid if _still_runs(pid) else None


def _still_runs(pid: int) -> bool:
    words = command_line(pid)
    return words is not None and "schoolgate" in words
