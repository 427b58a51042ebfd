"""Fixtures that every room's tests share. `tests/README.md` says which to take for what."""

import gc
import inspect
import logging
import os
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import lru_cache, partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
import pytest_socket
from _pytest import fixtures
from _pytest.main import pytest_runtestloop as runtestloop
from _pytest.unraisableexception import gc_collect_iterations_key
from django.conf import settings
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from structlog.contextvars import clear_contextvars

from schoolgate.core import events
from schoolgate.core.backups import journal
from schoolgate.core.env import env
from schoolgate.core.events import handlers_of, write_pending
from schoolgate.core.models import Delivery, Federation, LedgerRow, School
from schoolgate.core.outside.aside import Reader
from schoolgate.core.processes import in_room
from schoolgate.core.table_cache import TableCache
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.media import faces, words
from schoolgate.policy import adopting
from schoolgate.rulebook.packs import Pack
from tests import databases
from tests.browsing import chromium  # noqa: F401 - one browser for the whole run
from tests.copied_readers import COPIED, copies_read
from tests.environment import THIS_MACHINE
from tests.large_pages import use_large_pages
from tests.network.fixtures import bluesky_network  # noqa: F401 - one network for the whole run
from tests.pace import LONG
from tests.shown_contexts import pages_tell_their_context  # noqa: F401 - a fixture
from tests.stories import stories, told, told_anew  # noqa: F401 - fixtures
from tests.taken_again import TakenAgain
from tests.web.plain import raw_in
from tests.worlds import begin_in, enter_federation, in_world, worlds  # noqa: F401 - fixtures

LARGE = 300_000
"""Bytes."""
JOURNAL = databases.HOME / "record" / journal.NAME
PACKS_HELD = 64
"""Policies."""
DRAWN = 30
"""Values for each drawn test that names no number; `make storm` draws hypothesis's own hundred."""
SETTINGS = "_hypothesis_internal_use_settings"
"""Where hypothesis and its plugin for pytest look for a test's own."""


_arguments_of = fixtures.getfuncargnames


def _arguments(of: Callable[..., Any], *, name: str = "", **more: Any) -> tuple[str, ...]:
    """Which fixtures a function asks for. That of `request` asks for none, and reading that
    each time takes a tenth of what pytest itself takes."""
    return () if name == "request" else _arguments_of(of, name=name, **more)


def pytest_configure(config: pytest.Config) -> None:
    """In `make storm` hypothesis draws other values each time; elsewhere those of tests/environment.py.

    Pytest looks for garbage five times at the end of a run: PyPy needs that, and CPython finds all at once.
    """
    pytest.MonkeyPatch().setattr(fixtures, "getfuncargnames", _arguments)
    config.stash[gc_collect_iterations_key] = 1
    if LONG:
        from hypothesis import settings as drawn

        drawn.register_profile("long", drawn.get_profile("ci"), derandomize=False)
        drawn.load_profile("long")


OF_PYTEST_DJANGO = frozenset(
    {"_dj_autoclear_mailbox", "_django_clear_site_cache", "_django_isolate_apps", "_django_set_urlconf"}
    | {"_django_setup_unittest", "_live_server_helper", "_template_string_if_invalid_marker"}
)
"""What it sets up around each test for marks, mails, a server and classes that none of ours has."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Each test does without that: it was a fifth of what is done around one."""
    for names in session._fixturemanager._node_autousenames.values():
        names[:] = [name for name in names if name not in OF_PYTEST_DJANGO]


@pytest.hookimpl(tryfirst=True)
@pytest.fixture
def systems_clock() -> None:
    """The test is about the time at which the system wrote a file, which is always the real one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a short run hypothesis draws fewer values, and nothing from the words of whichever modules other
    tests have loaded: the same values then don't come again, and reading the words takes seconds."""
    if "LD_PRELOAD" in os.environ:
        # On another day (scripts/days.py) what is about the time of a file is left out.
        items[:] = [each for each in items if "systems_clock" not in getattr(each, "fixturenames", ())]
    if not LONG and (providers := sys.modules.get("hypothesis.internal.conjecture.providers")):
        from hypothesis import settings as drawn

        few = drawn(max_examples=DRAWN)
        for item in items:
            test = getattr(item, "obj", None)
            if getattr(test, SETTINGS, None) is drawn.default:
                setattr(getattr(test, "__func__", test), SETTINGS, few)
        pytest.MonkeyPatch().setattr(providers, "is_local_module_file", lambda _path: False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what is loaded by now to itself, garbage too: looking for it took a quarter of a run."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    gc.enable()
    use_large_pages()


FILLED = (20, 100, 500, 2_000)
"""After how many tests what they have made once is in memory."""


_ended = count(1)


def pytest_runtest_logfinish() -> None:
    """Take large pages for that too."""
    if next(_ended) in FILLED:
        use_large_pages()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where no test has loaded hypothesis, its plugin has nothing to say, and would load it to say that."""
    plugins = session.config.pluginmanager
    if "hypothesis" not in sys.modules and plugins.has_plugin("hypothesispytest"):
        plugins.unregister(name="hypothesispytest")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Run the tests as pytest does, with room for their frames."""
    return in_room(runtestloop, session)


@pytest.fixture(autouse=True)
def as_in_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """What holds in every test, in one fixture: each costs all tests together minutes.

    Each test begins in English: a page that was asked for in Welsh leaves its language in the thread. No page
    has a component left as it is written. A post waits for no picture's words to be read, and no face is
    looked for, which starts a program. Nothing but a unix socket is opened, unless the suite says by its mark
    that it needs this machine. What a test chose about its surroundings or its log ends with it, and so does
    what happened in it: a home restored by another test would do that again.
    """
    clear_contextvars()  # the number of a request before, which a job would carry on
    asked = request.fixturenames
    level, reads = logging.getLogger().level, env.cache_info().misses
    needs_this_machine = _needs_this_machine(request.node) or bool({"httpserver", "own_server"} & {*asked})
    if needs_this_machine:
        pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)
    with (
        pytest.MonkeyPatch.context() as patch,
        _this_machine_named() if needs_this_machine else nullcontext(),
        translation.override("en"),
    ):
        patch.setattr(Client, "request", _drawn)
        # A code of an app counts as long as the test runs: its half minute may end while it's typed.
        patch.setattr(settings, "MFA_TOTP_PERIOD", 10**9, raising=False)
        if "reads_words" not in asked:
            patch.setattr(words, "can_read", lambda: False)
        if "looks_for_faces" not in asked:
            patch.setattr(faces, "LOOK", lambda _content: b"0")
        yield
    pytest_socket._remove_restrictions()
    JOURNAL.unlink(missing_ok=True)
    if env.cache_info().misses != reads:
        env.cache_clear()
    assert logging.getLogger().level == level, "the log writes more or less from here on: use tests.logged"


_answer_to = Client.request


def _close_all(closers: list[Callable[[], object]]) -> None:
    for close in closers:
        close()


def _drawn(self: Client, **given: Any) -> Any:
    """A test's request: a component that is left as it is written fails the test. What an answer streams is
    closed once the test has let go of the answer, read or not."""
    answer = _answer_to(self, **given)
    if answer.streaming:
        files = [
            close
            for close in answer._resource_closers
            if not inspect.isgenerator(getattr(close, "__self__", None))
        ]
        weakref.finalize(answer, _close_all, files)  # a generator closes itself, and would hold the answer
    if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
        assert raw_in(answer.content.decode()) == [], given.get("PATH_INFO")
    return answer


@pytest.fixture(scope="session", autouse=True)
def each_file_is_read_apart_once() -> Iterator[None]:
    """What a process of its own found in a file, it would find again: the same few pictures, letters and
    lists come again and again, and such a process takes a tenth of a second. Refusals and crashes aren't
    remembered, nor what is large."""
    read, found = Reader.__call__, {}

    def read_once(self: Reader, content: bytes, *limits: int) -> bytes:
        key = (self, content, limits)
        if key in found:
            return found[key]
        answer = read(self, content, *limits)
        if len(content) + len(answer) < LARGE and _is_the_programs(self.script):
            found[key] = answer
        return answer

    with pytest.MonkeyPatch.context() as patch, copies_read(_is_copied):
        patch.setattr(Reader, "__call__", read_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def each_policy_is_read_once() -> Iterator[None]:
    """The same text gives the same policy; to read it takes a third of a second. Faults are told again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adopting, "read_text", lru_cache(maxsize=16)(adopting.read_text))
        patch.setattr(adopting, "bindings_digest", _of_each_once(adopting.bindings_digest))
        yield


def _of_each_once(work: Callable[[Pack], str]) -> Callable[[Pack], str]:
    """What is worked out from a policy, once for each: what is adopted is one of few, and never changed."""
    found: dict[int, tuple[Pack, str]] = {}

    def of(pack: Pack) -> str:
        if id(pack) not in found:
            while len(found) >= PACKS_HELD:
                found.pop(next(iter(found)))
            found[id(pack)] = (pack, work(pack))  # held on to, so that no other gets its number
        return found[id(pack)][1]

    return of


@pytest.fixture(scope="session", autouse=True)
def each_text_is_looked_through_once() -> Iterator[None]:
    """For what tells of a child: that depends on the words alone, and the same few posts come again and
    again."""
    looks = import_module("schoolgate.screening.screen")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("find_of_a_child", "find_personal"):
            patch.setattr(looks, name, lru_cache(maxsize=5_000)(partial(_all_found, getattr(looks, name))))
        yield


def _all_found(look: Callable[[str], Iterable[object]], text: str) -> tuple[object, ...]:
    return tuple(look(text))


def _is_copied(script: Path) -> bool:
    return script.name in COPIED and _is_the_programs(script)


def _is_the_programs(script: Path) -> bool:
    return script.is_relative_to(databases.ROOT / "schoolgate")


@pytest.fixture
def reads_words() -> None:
    """New pictures wait to have their words read, as where `schoolgate[words]` is installed."""


@pytest.fixture
def looks_for_faces() -> None:
    """Faces in new pictures are counted, where the libraries for it are installed."""


@pytest.fixture(scope="module", autouse=True)
def this_machine_for_what_is_made_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a file of tests makes once, before the first of them, may speak to this machine as they may."""
    with _this_machine_named() if _needs_this_machine(request.node) else nullcontext():
        yield


STARTS_PROGRAMS = ("processes", "bluesky", "faults", "storm")


def _needs_this_machine(node: pytest.Collector | pytest.Item) -> bool:
    return any(node.get_closest_marker(mark) for mark in ("browser", *STARTS_PROGRAMS))


@contextmanager
def _this_machine_named() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHOOLGATE_PRIVATE_HOSTS", THIS_MACHINE)
        env.cache_clear()
        yield
    env.cache_clear()


@pytest.fixture
def private_hosts(as_in_tests: None) -> Iterator[Callable[[str], None]]:
    """Say which servers the operator named as ones that may be in the network around this machine."""
    with pytest.MonkeyPatch.context() as patch:

        def name(hosts: str) -> None:
            patch.setenv("SCHOOLGATE_PRIVATE_HOSTS", hosts)
            env.cache_clear()

        yield name
    env.cache_clear()


@pytest.fixture
def own_server() -> None:
    """A test asks for this where it speaks to a server of ours on this machine."""


@pytest.fixture(autouse=True)
def fast_passwords() -> Iterator[None]:
    """Argon2 takes a third of a second, which no test but its own needs."""
    before = settings.PASSWORD_HASHERS
    _use_hashers(["django.contrib.auth.hashers.MD5PasswordHasher"])
    yield
    _use_hashers(before)


def _use_hashers(names: list[str]) -> None:
    settings.PASSWORD_HASHERS = names
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


# --- Databases--


@pytest.fixture(scope="session")
def template_database() -> str:
    """The name of a database with all tables, made by the owner, that tests are cloned from."""
    databases.server()
    return databases.TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker) -> Iterator[None]:
    """One clone for all tests that roll back, reached as the application's role. With the others that live as
    long as the run it goes when the server's folder goes: to drop each takes the server longer."""
    name = databases.clone(template_database)
    with django_db_blocker.unblock():
        databases.connect_to(name)
        yield
        connection.close()
    databases.let_go_of_all()


@pytest.fixture(scope="session")
def taken_again(template_database: str, django_db_setup: None) -> TakenAgain:
    """Databases that `own_database` takes again."""
    return TakenAgain(template_database)


@pytest.fixture
def own_database(
    template_database: str, taken_again: TakenAgain, request: pytest.FixtureRequest, django_db_blocker
) -> Iterator[str]:
    """A database for this test alone, where commits are real: for threads, other processes and browsers.

    The ledger refuses to be emptied, so a test that commits cannot clean up after itself: the server's
    superuser does. Where other programs may hold on to the database, it's dropped.
    """
    alone = not any(request.node.get_closest_marker(mark) for mark in STARTS_PROGRAMS)
    name = taken_again.take() if alone else databases.clone(template_database)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        databases.connect_to(name)
        yield name
        databases.connect_to(before)
    if alone:
        taken_again.give_back(name)
    else:
        databases.drop(name)


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    """A connection of the owner's to the database that this test uses; commits at its end."""
    with psycopg.connect(databases.url("owner", connection.settings_dict["NAME"])) as owner:
        yield owner


@contextmanager
def as_superuser() -> Iterator[psycopg.Connection]:
    """A connection that nothing binds, for tests that play the intruder; commits at its end."""
    with psycopg.connect(databases.url("superuser", connection.settings_dict["NAME"])) as superuser:
        yield superuser


# --- The cast----


@pytest.fixture
def at() -> datetime:
    """A Tuesday in term time, half past ten in the morning of London's winter."""
    return datetime(2027, 1, 19, 10, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A SCHOOLGATE_HOME for this test alone. The database stays where it is: it is named by its address."""
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path))
    databases.name_for_programs(monkeypatch, connection.settings_dict["NAME"])
    yield tmp_path
    monkeypatch.undo()
    env.cache_clear()


class MakeFederation(Protocol):
    def __call__(
        self, slug: str = ..., policy_key: str = ..., *, languages: list[str] = ..., is_example: bool = ...
    ) -> Federation: ...


@pytest.fixture
def make_federation(request: pytest.FixtureRequest) -> MakeFederation:
    """Enter a federation into the directory, as its administrator would; it goes with the test's transaction.

    The application's role may not do that, so the test database has a function of the owner's for it.
    """
    request.getfixturevalue("own_database" if "own_database" in request.fixturenames else "db")

    def make(
        slug: str = "wildground",
        policy_key: str = "wildground",
        *,
        languages: list[str] | None = None,
        is_example: bool = False,
    ) -> Federation:
        return enter_federation(slug, policy_key, languages=languages or ["en"], is_example=is_example)

    return make


@pytest.fixture
def federation(make_federation: MakeFederation) -> Federation:
    """Wildground."""
    return make_federation()


@pytest.fixture
def scoped(federation: Federation) -> Iterator[Federation]:
    """The test runs inside `scope(federation.id)`."""
    with scope(federation.id):
        yield federation


@pytest.fixture
def school(scoped: Federation) -> School:
    """One school of the federation in scope."""
    return School.objects.create(name="Wildground Juniors", slug="juniors")


# --- Counting----


@pytest.fixture
def queries() -> Callable[[], CaptureQueriesContext]:
    """`with queries() as seen: ...; assert len(seen) == 3` - the statements that a piece of work sends. The
    cache is looked through after so many values, of other tests too: that isn't one of them."""

    def counted() -> CaptureQueriesContext:
        TableCache._put = count(1)
        return CaptureQueriesContext(connection)

    return counted


@pytest.fixture
def same_queries(queries) -> Callable[[Callable[[], object], Callable[[], object]], int]:
    """`same_queries(read, grow)`: `read` sends as many statements after `grow` as before. Returns them."""

    def check(read: Callable[[], object], grow: Callable[[], object]) -> int:
        with queries() as before:
            read()
        asked = len(before)  # the log of queries is emptied by each request that `grow` sends
        grow()
        with queries() as after:
            read()
        assert len(after) == asked, [query["sql"] for query in after.captured_queries]
        return len(after)

    return check


def recorded() -> list[LedgerRow]:
    """Write what the scope has gathered so far, and return the federation's whole record, oldest first."""
    write_pending(current_scope())
    return list(LedgerRow.objects.order_by("number"))


def deliver_all(federation_id: int, at: datetime) -> int:
    """Call the handlers of every event that waits in a federation, as the worker would; returns how many."""
    done = 0
    while True:
        with scope(federation_id):
            waiting = list(Delivery.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True))
        if not waiting:
            return done
        for delivery_id in waiting:
            done += events.deliver(federation_id, delivery_id, at)


def hear(event: str, **said: Any) -> None:
    """Call what listens to an event, and each for each of its rows, as the deliveries would."""
    for handler in handlers_of(event).values():
        if handler.each is None:
            handler.call(**said)
        else:
            for part in handler.each(**said):
                handler.call(**said, part=part)
