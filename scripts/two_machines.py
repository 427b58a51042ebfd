"""Two machines at work on one database with a standby, on this machine: one is pulled away while people work,
then the database fails over (`python scripts/two_machines.py`, as root on Linux; ten minutes).

Each machine and each database has a network of its own, joined by a bridge; to pull one away its link is cut,
so nobody is told. The machines share a bucket (rclone's server) and know both databases by one address, of
which they use the one that takes writes. In front is what a proxy does: it asks each machine whether it is
well. A crowd writes posts, approves them, takes some down and comments; what it was promised is compared with
what became of it. Prints one line for each promise, and fails where one wasn't kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from schoolgate.core.postgres import server  # noqa: E402
from tests.core import buckets  # noqa: E402

NET, HERE = "10.77.0", "10.77.0.1"
MACHINES = {"one": f"{NET}.11", "two": f"{NET}.12"}
DATABASES = {"primary": f"{NET}.21", "standby": f"{NET}.22"}
DOOR, PAGES = 8080, 8000
BRIDGE = "sg-bridge"
SCHOOL = "wildground"
APART, PULLED, LEFT_ALONE = 40.0, 50.0, 60.0
"""Seconds of calm before something is pulled away, until the machine is back, and after the last of it."""
MOST_BACK = 30.0
MOST_UNTIL_DONE = 180.0
"""A post is due a minute after it was approved, and goes out within two minutes more."""
LINE = re.compile(r"[\w-]+")


def run(*words: str, check: bool = True) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


# --- Networks ----


@contextmanager
def networks() -> Iterator[None]:
    """One for each, joined by a bridge; taken away at the end."""
    away()
    run("ip", "link", "add", BRIDGE, "type", "bridge")
    try:
        run("ip", "addr", "add", f"{HERE}/24", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        for name, address in (MACHINES | DATABASES).items():
            run("ip", "netns", "add", f"sg-{name}")
            inside = f"sgi-{name}"
            run("ip", "link", "add", f"sgo-{name}", "type", "veth", "peer", "name", inside)
            run("ip", "link", "set", inside, "netns", f"sg-{name}")
            run("ip", "link", "set", f"sgo-{name}", "master", BRIDGE, "up")
            for words in (("addr", "add", f"{address}/24", "dev", inside), ("link", "set", inside, "up")):
                run("ip", "-n", f"sg-{name}", *words)
            run("ip", "-n", f"sg-{name}", "link", "set", "lo", "up")
        yield
    finally:
        away()


def away() -> None:
    for name in MACHINES | DATABASES:
        run("ip", "netns", "del", f"sg-{name}", check=False)
    run("ip", "link", "del", BRIDGE, check=False)


def link(name: str, how: str) -> None:
    """`down`: what is sent there and from there is lost, and no one is told."""
    run("ip", "link", "set", f"sgo-{name}", how)


def inside(name: str, *words: str, **more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["ip", "netns", "exec", f"sg-{name}", *words], **more)


# --- The databases ----


class Databases:
    """A primary whose every commit waits for its standby."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, server.binaries()
        self.who, self.running = server.runner(), []
        folder.mkdir(mode=0o711)
        server.open_the_way(folder / "x", self.who)
        server.open_the_way(self.programs / "postgres", self.who)

    def begin(self) -> None:
        data = self._folder("primary")
        self._do("initdb", "-D", str(data), "-U", "postgres", "--auth", "trust", "--encoding", "UTF8",
                 "--no-instructions", "--locale", "C", "--locale-provider", "builtin",
                 "--builtin-locale", "C.UTF-8")  # fmt: skip
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all,replication all {NET}.0/24 trust\n")
        self._serve("primary", data)
        self.until(DATABASES["primary"])
        server.prepare_server(url("postgres", DATABASES["primary"], "postgres"),
                              url("postgres", DATABASES["primary"]))  # fmt: skip
        copy = self._folder("standby")
        self._do("pg_basebackup", "-h", DATABASES["primary"], "-U", "postgres", "-D", str(copy), "-R", "-C",
                 "-S", "standby", "--checkpoint=fast",
                 "-d", "application_name=standby", within="standby")  # fmt: skip
        self._serve("standby", copy)
        self.until(DATABASES["standby"])
        self.say("primary", "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.say("primary", "SELECT pg_reload_conf()")

    def say(self, which: str, words: str) -> Any:
        where = url("postgres", DATABASES[which], "postgres")
        with psycopg.connect(where, autocommit=True, connect_timeout=3) as connection:
            return (connection.execute(words)).fetchone() if words.startswith("SELECT") else connection.execute(words)

    def until(self, address: str) -> None:
        for _try in range(100):
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(url("postgres", address, "postgres"), connect_timeout=3).close()
                return
            time.sleep(0.3)
        raise RuntimeError(f"{address} doesn't answer: {(self.folder / 'log').read_text()[-2000:]}")

    def _serve(self, name: str, data: Path) -> None:
        settings = {"listen_addresses": DATABASES[name], "max_connections": "200", "wal_level": "replica",
                    "unix_socket_directories": str(data.parent), "shared_buffers": "128MB",
                    "max_locks_per_transaction": "256", "timezone": "UTC"}  # fmt: skip
        words = [f"{key}={value}" for key, value in settings.items()]
        self.running.append(self._as("postgres", "-D", str(data), *itertools.chain(*(("-c", each) for each in words)), within=name))

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        server.own_folder(folder, self.who)
        server.own_folder(folder / "data", self.who)
        return folder / "data"

    def _do(self, program: str, *words: str, within: str = "primary") -> None:
        if self._as(program, *words, within=within).wait():
            raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def _as(self, program: str, *words: str, within: str) -> subprocess.Popen[bytes]:
        log = (self.folder / "log").open("ab")
        uid = ("setpriv", f"--reuid={self.who.uid}", f"--regid={self.who.gid}", "--clear-groups", "--pdeathsig=INT")
        return inside(within, *uid, str(self.programs / program), *words, stdout=log, stderr=log, cwd="/",
                      env={"LC_ALL": "C", "PATH": os.environ["PATH"]})  # fmt: skip

    def end(self) -> None:
        for process in self.running:
            process.kill()


def url(role: str, hosts: str, database: str = server.DATABASE, more: str = "") -> str:
    return f"postgresql://{role}@{hosts}/{database}{more}"


# --- The machines ----


@dataclass
class Machine:
    """One home, with pages and a worker that begin again where they end, as a service's do."""

    name: str
    home: Path
    bucket: str
    over: threading.Event
    parts: list[threading.Thread] = field(default_factory=list)

    def surroundings(self, *, owner: bool = False) -> dict[str, str]:
        hosts = ",".join(DATABASES.values())
        told = {
            "SCHOOLGATE_HOME": str(self.home), "PORT": str(PAGES), "SCHOOLGATE_LISTEN_ON": MACHINES[self.name],
            "SCHOOLGATE_ALLOWED_HOSTS": ",".join([HERE, *MACHINES.values()]), "SCHOOLGATE_TRUSTED_PROXIES": "1",
            "SCHOOLGATE_SECRET_KEY": "two machines with one secret that is long enough", "SCHOOLGATE_EXAMPLES": "0",
            "SCHOOLGATE_FILES": self.bucket, "SCHOOLGATE_WEB_PROCESSES": "1",
            "SCHOOLGATE_KEEPS_RECORD": "1" if self.name == "one" else "0",
            "DATABASE_URL": url(server.APP, hosts, more="?target_session_attrs=read-write"),
        }  # fmt: skip
        if owner:
            told["DATABASE_OWNER_URL"] = url(server.OWNER, hosts, more="?target_session_attrs=read-write")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCHOOLGATE_")}
        return kept | told

    def schoolgate(self, *words: str) -> str:
        """Run one command on it to its end."""
        done = subprocess.run(
            ["ip", "netns", "exec", f"sg-{self.name}", sys.executable, "-m", "schoolgate", *words],
            env=self.surroundings(owner=True), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and words[0] != "check":
            raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
        return done.stdout

    def begin(self) -> None:
        for part in ("web", "worker"):
            self.parts.append(threading.Thread(target=self._serve, args=(part,), daemon=True))
            self.parts[-1].start()

    def _serve(self, part: str) -> None:
        while not self.over.is_set():
            with self.log(part).open("ab") as log:
                words = ("setpriv", "--pdeathsig=KILL", sys.executable, "-m", "schoolgate", part)
                process = inside(self.name, *words, env=self.surroundings(), cwd=ROOT, stdout=log, stderr=log)
                while process.poll() is None and not self.over.wait(0.3):
                    pass
                if self.over.is_set():
                    process.kill()
            self.over.wait(1)

    def log(self, part: str) -> Path:
        return self.home.parent / f"{self.name}-{part}.log"


# --- The door ----


class Door(threading.Thread):
    """What a proxy does: each connection goes to a machine that said a moment ago that it is well."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.well: dict[str, bool] = dict.fromkeys(MACHINES, False)
        self._turn = itertools.cycle(MACHINES)

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._pass_on, HERE, DOOR):
            async with httpx.AsyncClient(timeout=2) as client:
                await asyncio.gather(*(self._look(client, name) for name in MACHINES))

    async def _look(self, client: httpx.AsyncClient, name: str) -> None:
        while True:
            try:
                answer = await client.get(f"http://{MACHINES[name]}:{PAGES}/healthz")
                self.well[name] = answer.status_code == 200
            except httpx.HTTPError:
                self.well[name] = False
            await asyncio.sleep(1)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            for _try in MACHINES:
                name = next(self._turn)
                if not self.well[name]:
                    continue
                with contextlib.suppress(OSError, TimeoutError):
                    async with asyncio.timeout(1):
                        there = await asyncio.open_connection(MACHINES[name], PAGES)
                    with contextlib.closing(there[1]), contextlib.suppress(OSError):
                        await asyncio.wait(
                            [asyncio.create_task(_copy(reader, there[1])), asyncio.create_task(_copy(there[0], writer))],
                            return_when=asyncio.FIRST_COMPLETED,
                        )  # fmt: skip
                    return


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while some := await source.read(65536):
            target.write(some)
            await target.drain()


# --- The crowd ----


@dataclass
class Crowd:
    """Who writes, approves, takes down and comments, and what each was promised."""

    keys: dict[str, Any]
    board: list[str]
    promised: dict[str, list[str]] = field(default_factory=lambda: {k: [] for k in ("save", "post", "gone", "comment")})
    answers: Counter[str] = field(default_factory=Counter)
    moments: list[tuple[float, bool]] = field(default_factory=list)
    """When each change was asked for, and whether it was answered with yes."""
    over: threading.Event = field(default_factory=threading.Event)
    _live: list[tuple[float, int, str]] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        acts: list[Callable[[int, httpx.Client], None]] = [self._write] * 3 + [self._comment] * 2 + [self._take_down]
        for number, act in enumerate(acts):
            self._threads.append(threading.Thread(target=self._again_and_again, args=(number, act), daemon=True))
            self._threads[-1].start()

    def end(self) -> None:
        self.over.set()
        for thread in self._threads:
            thread.join()

    def _again_and_again(self, number: int, act: Callable[[int, httpx.Client], None]) -> None:
        for turn in itertools.count(number * 100_000):
            if self.over.wait(random.uniform(0.3, 1.5)):
                return
            with httpx.Client(base_url=f"http://{HERE}:{DOOR}", timeout=10) as client:
                act(turn, client)

    def _write(self, turn: int, client: httpx.Client) -> None:
        text = f"Number {turn} of the crowd"
        post = self.keys["post"] | {"targets": [{"account": self.keys["account"], "text": text}]}
        made = self._ask(client, "POST", "/api/v1/posts", "writes", json=post)
        if made is None:
            return
        self.promised["save"].append(text)
        sent = self._ask(client, "POST", f"/api/v1/posts/{made['id']}/submit", "writes")
        if sent is None:
            return
        seen = {"seen": sent["seen"]}
        if self._ask(client, "POST", f"/api/v1/posts/{made['id']}/approve", "approves", json=seen) is not None:
            self.promised["post"].append(text)
            self._live.append((time.monotonic(), made["id"], text))

    def _take_down(self, turn: int, client: httpx.Client) -> None:
        """A post that has gone out by now, of every three one."""
        ripe = [each for each in self._live if time.monotonic() - each[0] > 75]
        if len(ripe) < 3:
            return
        for each in ripe[:3]:
            self._live.remove(each)
        _when, pk, text = ripe[0]
        there = self._ask(client, "GET", f"/api/v1/posts/{pk}", "approves")
        if there and there["state"] == "published":
            given = {"reason": "a parent withdrew consent"}
            if self._ask(client, "POST", f"/api/v1/posts/{pk}/take-down", "approves", json=given) is not None:
                self.promised["gone"].append(text)

    def _comment(self, turn: int, client: httpx.Client) -> None:
        address, text = random.choice(self.board), f"Well done, number {turn}"
        client.headers["X-Forwarded-For"] = f"198.51.100.{turn % 250 + 1}"
        page = self._ask(client, "GET", address)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page["text"]) if page else None
        form = {"text": text, "name": "", "website": ""} | ({"csrfmiddlewaretoken": token[1]} if token else {})
        if page and self._ask(client, "POST", f"{address}comment", data=form) is not None:
            self.promised["comment"].append(text)

    def _ask(self, client: httpx.Client, method: str, path: str, key: str = "", **more: Any) -> dict[str, Any] | None:
        headers = {"Authorization": f"Bearer {self.keys[key]}"} if key else {}
        began = time.monotonic()
        try:
            answer = client.request(method, path, headers=headers, **more)
        except httpx.HTTPError as error:
            self.answers[type(error).__name__] += 1
            self.moments.append((began, False))
            return None
        self.answers[str(answer.status_code)] += 1
        well = answer.status_code in (200, 201, 302, 303)
        if method != "GET" or not well:
            self.moments.append((began, well))
        if not well:
            return None
        return dict(answer.json()) if key else {"text": answer.text}

    def back_after(self, pulled: float, until: float) -> float:
        """Seconds from a pull until no request failed any more that was begun before `until`."""
        failed = [began for began, well in self.moments if pulled - 10 <= began < until and not well]
        later = [began for began, well in self.moments if well and began > max([pulled, *failed])]
        return (min(later) if later else float("inf")) - pulled if failed else 0.0


# --- What became of it ----


class Asked:
    """A process that has read the program and answers what became of everything."""

    def __init__(self, machine: Machine) -> None:
        log = machine.log("asked")
        words = [sys.executable, "-m", "tests.faults.nursery", str(log) + ".promises", str(log), "noticeboard"]
        surroundings = machine.surroundings() | {"SCHOOLGATE_LISTEN_ON": "127.0.0.1"}
        self._process = subprocess.Popen(
            words, env=surroundings, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=log.open("ab"), text=True,
        )  # fmt: skip

    def ask(self, word: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.kill()


def is_done(told: dict[str, Any] | None, crowd: Crowd) -> bool:
    if told is None:
        return False
    gone, here = set(crowd.promised["gone"]), Counter(told["board"])
    return (
        all(here[text] == 1 for text in set(crowd.promised["post"]) - gone)
        and all(here[text] == 0 for text in gone)
        and sorted(told["items"]) == sorted(told["comments"])
        and told["undelivered"] == told["jobs"]["stuck"] == 0
    )


def judged(told: dict[str, Any], sound: bool, crowd: Crowd) -> list[tuple[str, list[str]]]:
    """Each promise, and what speaks against it."""
    board, items, comments = Counter(told["board"]), Counter(told["items"]), Counter(told["comments"])
    gone = set(crowd.promised["gone"])
    return [
        ("every post that was saved is there", [t for t in crowd.promised["save"] if t not in told["posts"]]),
        ("every approved post went out", [t for t in crowd.promised["post"] if not board[t] and t not in gone]),
        ("nothing went out twice", [t for t, times in board.items() if times > 1]),
        ("what was taken down is gone", [t for t in gone if board[t]]),
        ("every comment is there, once", [t for t in crowd.promised["comment"] if comments[t] != 1]),
        ("every comment is in the inbox, once", [t for t in crowd.promised["comment"] if items[t] != 1]),
        ("nothing is in the record twice", [what for what, times in told["events"].items() if times > 1]),
        ("no job is stuck, no event undelivered", [] if told["undelivered"] == told["jobs"]["stuck"] == 0 else [str(told["jobs"])]),
        ("the record verifies", [] if sound else ["it doesn't"]),
    ]  # fmt: skip


# --- The walk ----


def main() -> int:
    """Set all up, let people work, pull, and tell."""
    folder = Path(tempfile.mkdtemp(prefix="two-machines-"))
    folder.chmod(0o711)
    over = threading.Event()
    databases = Databases(folder / "databases")
    with networks(), buckets.served(folder / "bucket", at=HERE) as bucket:
        try:
            return walk(folder, over, databases, bucket.address("files"))
        finally:
            over.set()
            databases.end()
            time.sleep(2)
            if "--keep" not in sys.argv:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                print(f"Logs and homes: {folder}")


def set_up(folder: Path, over: threading.Event, databases: Databases, bucket: str) -> dict[str, Machine]:
    began = time.monotonic()
    databases.begin()
    say(f"a primary and its standby after {time.monotonic() - began:.0f} s")
    machines = {name: Machine(name, folder / name, bucket, over) for name in MACHINES}
    one, two = machines.values()
    one.home.mkdir(mode=0o711)
    one.schoolgate("migrate", "--verbosity", "0")
    one.schoolgate("demo", "--federation", SCHOOL)
    say(f"tables and an example after {time.monotonic() - began:.0f} s")
    two.home.mkdir(mode=0o711)
    shutil.copytree(one.home / "keys", two.home / "keys")
    for machine in machines.values():
        machine.begin()
    return machines


def walk(folder: Path, over: threading.Event, databases: Databases, bucket: str) -> int:
    machines = set_up(folder, over, databases, bucket)
    door, asked = Door(), Asked(machines["one"])
    door.start()
    until(lambda: all(door.well.values()), 90, "both machines are well")
    keys = asked.ask("keys")
    with httpx.Client(base_url=f"http://{HERE}:{DOOR}", timeout=20) as client:
        board = posts_of_the_board(client)
    crowd = Crowd(keys, board)
    crowd.begin()
    time.sleep(APART)
    say(f"people work: {dict(crowd.answers)}")
    pulled = time.monotonic()
    link("two", "down")
    time.sleep(PULLED)
    say(f"machine two was pulled away: nothing failed any more {crowd.back_after(pulled, time.monotonic()):.0f} s after it")
    first = crowd.back_after(pulled, time.monotonic())
    link("two", "up")
    until(lambda: door.well["two"], 60, "machine two is back")
    time.sleep(APART)
    failed_over = time.monotonic()
    link("primary", "down")
    time.sleep(2)
    databases.say("standby", "SELECT pg_promote(true, 20)")
    promoted = time.monotonic() - failed_over
    time.sleep(LEFT_ALONE)
    second = crowd.back_after(failed_over, time.monotonic())
    say(f"the database was pulled away, its standby promoted after {promoted:.0f} s: nothing failed any more {second:.0f} s after it")
    crowd.end()
    return tell(crowd, asked, machines, (first, second))


def tell(crowd: Crowd, asked: Asked, machines: dict[str, Machine], back: tuple[float, float]) -> int:
    began = time.monotonic()
    told = asked.ask("report")
    while not is_done(told, crowd) and time.monotonic() - began < MOST_UNTIL_DONE:
        time.sleep(3)
        told = asked.ask("report")
    say(f"all was done {time.monotonic() - began:.0f} s after people went home")
    say(f"promised: { {kind: len(texts) for kind, texts in crowd.promised.items()} }; answers: {dict(crowd.answers)}")
    for machine in machines.values():
        lines = {line["what"]: line for line in json.loads(machine.schoolgate("check", "--json"))["lines"]}
        for what in ("keeping", "files", "heartbeats"):
            say(f"check on {machine.name}: {'ok' if lines[what]['ok'] else 'LOOK'} {what}: {lines[what]['says']}")
    broken = 0
    results = judged(told, bool(asked.ask("verify")), crowd)
    results += [(f"back within {MOST_BACK:.0f} s", [f"{each:.0f} s" for each in back if each > MOST_BACK])]
    for what, against in results:
        broken += bool(against)
        say(f"{'NO ' if against else 'yes'} {what}{': ' + ', '.join(against[:5]) if against else ''}")
    asked.end()
    return 1 if broken else 0


def posts_of_the_board(client: httpx.Client) -> list[str]:
    """The addresses of what stands on the example's boards already."""
    found: list[str] = []
    for page in (f"/{SCHOOL}/register",):
        boards = set(re.findall(rf'href="[^"]*(/{SCHOOL}/noticeboard/[\w-]+/)', client.get(page).text))
        for each in boards:
            found += set(re.findall(rf'href="({each}[\w-]+/)"', client.get(each).text))
    found = [each for each in found if not each.endswith(("/rules/", "/pictures/"))]
    if not found:
        raise RuntimeError("the example's board is empty")
    return found


def until(what: Callable[[], bool], seconds: float, says: str) -> None:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise RuntimeError(f"not within {seconds:.0f} s: {says}")
        time.sleep(0.3)
    say(says)


BEGAN = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - BEGAN:5.0f} s  {text}", flush=True)


if __name__ == "__main__":
    if os.geteuid() != 0 or not shutil.which("ip"):
        sys.exit("This needs root and iproute2 on Linux: it makes networks.")
    sys.exit(main())
