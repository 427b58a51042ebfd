"""The stories of the example federations, each told once for a state of the code, and kept for later runs.

Kept are the rows that a story leaves and its files. They lie in pytest's cache under a digest of what a
story is made of and the instant up to which it was told. Rows go back in a quarter of a second.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql

from schoolgate.core.clock import local_day, now
from schoolgate.core.env import for_a_child
from schoolgate.core.models import Federation
from schoolgate.core.postgres.server import DATABASE, SUPERUSER, Server
from tests import databases
from tests.budget import made_once
from tests.digests import digest_of
from tests.environment import give_keys

KEPT_IN = databases.ROOT / ".pytest_cache" / "d" / "stories"
FRESH = timedelta(minutes=40)
"""How old a story may be for a test that reads it now: what waits in it is due in hours, and a long suite
always read its last tests as late as that."""
STALE = timedelta(days=2)
TOLD = "told up to %Y-%m-%d %H.%M.%S"
SHOWS = frozenset({".html", ".css", ".js", ".mjs", ".svg", ".png", ".po", ".pyc"})
"""Files of the package that say how something is shown, or are made into another."""
DOORS = ("web", "api", "jobs")
"""Rooms of the package that a story does not go through (`import-linter` sees to that), but for addresses."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Story:
    """A story that is kept: its folder, and the instant up to which it was told."""

    folder: Path
    at: datetime

    def into(self, server: Server, database: str) -> None:
        """Put its rows into a database that has all tables and none of its rows."""
        kept = pickle.loads((self.folder / "rows").read_bytes())  # what a run of ours made itself
        with psycopg.connect(server.url(SUPERUSER, database)) as there:
            # Nothing is judged again that was judged when it was told: no trigger, no foreign key.
            there.execute("SET session_replication_role = replica")
            for table, rows in kept["rows"].items():
                there.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                with there.cursor().copy(_copying("COPY {} FROM STDIN (FORMAT binary)", table)) as copying:
                    copying.write(rows)
            for sequence, (last, called) in kept["sequences"].items():
                there.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{sequence}"', last, called])

    def into_home(self, home: Path) -> None:
        """Put its files into a home, and the keys with which its texts were sealed."""
        give_keys(home)
        if (self.folder / "files").exists():
            shutil.copytree(self.folder / "files", home / "files", dirs_exist_ok=True)


def story(key: str, at: datetime | None = None, *, say: Say = print) -> Story:
    """The story of an example, told up to an instant, or (without one) up to one that is still fresh.

    It's told here if nobody has yet, and `say` says so; of processes that want it together one tells, and
    the others wait.
    """
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    place = KEPT_IN / f"{key}-{_digest()}"
    lock = KEPT_IN / f"{key}.lock"
    with lock.open("a") as telling:
        fcntl.flock(telling, fcntl.LOCK_EX)
        _put_away_stale(lock)
        found = _found(place, at)
        return found or _tell(key, place, at or now(), say)


def _found(place: Path, at: datetime | None) -> Story | None:
    kept = [Story(each, _told_at(each)) for each in place.glob(TOLD.partition("%")[0] + "*")]
    present = now()
    good = [one for one in kept if (one.at == at if at else _is_fresh(one.at, present))]
    return max(good, key=lambda one: one.at, default=None)


def _told_at(folder: Path) -> datetime:
    return datetime.strptime(folder.name, TOLD).replace(tzinfo=UTC)


def _is_fresh(at: datetime, present: datetime) -> bool:
    return timedelta(0) <= present - at < FRESH and local_day(at) == local_day(present)


class Teller:
    """A process that has read the program and tells stories, each in a copy of itself (`tests/telling.py`).

    It isn't a copy of this one, so that nothing which a test has patched gets into a story.
    """

    def __init__(self) -> None:
        urls = _urls_of(databases.TEMPLATE)  # while it reads the program it asks none
        there = for_a_child(
            DATABASE_URL=urls[0], DATABASE_OWNER_URL=urls[1], SCHOOLGATE_HOME=str(databases.HOME)
        )
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.telling"],
            cwd=databases.ROOT, env=there, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        atexit.register(self._process.communicate)  # it ends where nothing more is said to it

    def tell(self, **told: object) -> None:
        """Have a story told; fail where it isn't."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer == "0\n", f"the story of {told['key']} was not told: {answer!r}; why stands above"


@lru_cache(maxsize=1)
def _teller() -> Teller:
    return Teller()


def _urls_of(database: str) -> list[str]:
    return [databases.url(role, database) for role in ("app", "owner")]


def _tell(key: str, place: Path, at: datetime, say: Say) -> Story:
    """Tell it in a process of its own."""
    at = at.replace(microsecond=0)
    began = time.monotonic()
    say(f"\nTelling the story of {key}: about half a minute, once for this state of the code.")
    databases.server()
    database = databases.clone(databases.TEMPLATE)
    with tempfile.TemporaryDirectory(prefix=f"{databases.HOME.name}-", dir=databases.HOME.parent) as folder:
        home = Path(folder)
        give_keys(home)
        _teller().tell(key=key, at=at.isoformat(), home=str(home), database=database, urls=_urls_of(database))
        draft = place.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        (draft / "rows").write_bytes(pickle.dumps(_rows_of(database)))
        if (home / "files").exists():
            shutil.copytree(home / "files", draft / "files")
    databases.drop(database)
    place.mkdir(exist_ok=True)
    kept = draft.rename(place / at.strftime(TOLD))
    say(f"{key}: told in {time.monotonic() - began:.0f} s.")
    return Story(kept, at)


def _rows_of(database: str) -> dict[str, dict[str, object]]:
    with psycopg.connect(databases.url("superuser", database)) as there:
        tables = there.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        rows = {}
        for (table,) in sorted(tables):
            if there.execute(sql.SQL("SELECT EXISTS (TABLE {})").format(sql.Identifier(table))).fetchone()[0]:
                with there.cursor().copy(_copying("COPY {} TO STDOUT (FORMAT binary)", table)) as copying:
                    rows[table] = b"".join(copying)
        sequences = there.execute(
            "SELECT sequencename, last_value FROM pg_sequences"
            " WHERE schemaname = 'public' AND last_value IS NOT NULL"
        ).fetchall()
    return {"rows": rows, "sequences": {name: (last, True) for name, last in sequences}}


def _copying(words: str, table: str) -> sql.Composed:
    return sql.SQL(words).format(sql.Identifier(table))


def _put_away_stale(just_touched: Path) -> None:
    """Remove what no run reads any more. Times of files are compared with each other: a run may be on another
    day."""
    just_touched.touch()
    present = just_touched.stat().st_mtime
    for kept in KEPT_IN.glob("*/told up to *"):
        if present - kept.stat().st_mtime > STALE.total_seconds():
            shutil.rmtree(kept, ignore_errors=True)


@lru_cache(maxsize=1)
def _digest() -> str:
    return f"{databases.digest()}-{digest_of(_made_of(), databases.ROOT)[:24]}"


def _made_of() -> Iterator[Path]:
    """What a story depends on besides the tables."""
    yield from (Path(__file__), Path(__file__).with_name("telling.py"))
    package = databases.ROOT / "schoolgate"
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix not in SHOWS:
            door = path.relative_to(package).parts[0] in DOORS
            if path.name == "urls.py" or not door:
                yield path


# --- For tests


class Stories:
    """The stories that this run reads, each in a database with its files in this run's home."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._made: dict[tuple[str, datetime | None], tuple[Story, str]] = {}

    def database_of(self, key: str, at: datetime | None = None) -> str:
        """The name of the database in which a story stands that is fresh, or told up to an instant."""
        if (key, at) not in self._made:
            with made_once():
                kept, name = story(key, at, say=self._say), databases.clone(databases.TEMPLATE)
                kept.into(databases.server(), name)
                kept.into_home(databases.HOME)
            self._made[key, at] = kept, name
        return self._made[key, at][1]

    def into_home(self, home: Path, key: str, at: datetime | None = None) -> None:
        """Put the files and keys of a story that is read into another home as well."""
        self._made[key, at][0].into_home(home)


@pytest.fixture(scope="session")
def stories(template_database: str, django_db_setup: None, pytestconfig: pytest.Config) -> Stories:
    """The stories of this run."""
    capturing = pytestconfig.pluginmanager.getplugin("capturemanager")

    def say(words: str) -> None:
        with capturing.global_and_fixture_disabled():
            print(words, flush=True)

    return Stories(say)


@pytest.fixture
def told(stories: Stories, django_db_blocker) -> Iterator[Callable[..., Federation]]:
    """`told(key)`: a federation whose story is fresh, or was told up to the instant `at`; from then on the
    test is in the database of that one alone. What it writes there goes with `rolled_back()`."""

    def of(key: str, at: datetime | None = None) -> Federation:
        databases.connect_to(stories.database_of(key, at))
        return Federation.objects.get(slug=key)

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        yield of
        databases.connect_to(before)


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is written within it is gone afterwards: other tests read the same story."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told_anew(
    stories: Stories, home: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker
) -> Iterator[Callable[[str], Federation]]:
    """`told_anew(key)`: a federation whose story is fresh, in a database and a home for this test alone."""
    copies: list[str] = []

    def of(key: str) -> Federation:
        copies.append(databases.clone(stories.database_of(key)))
        stories.into_home(home, key)
        databases.connect_to(copies[-1])
        databases.name_for_programs(monkeypatch, copies[-1])
        return Federation.objects.get(slug=key)

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        yield of
        databases.connect_to(before)
    for name in copies:
        databases.drop(name)


def bring_home(key: str, home: Path) -> None:
    """Make an empty home one in which the program was set up and this example's story has been told."""
    kept = story(key)
    databases.furnish(home, lambda there: kept.into(there, DATABASE))
    kept.into_home(home)
