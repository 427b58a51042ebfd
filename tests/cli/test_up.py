"""`schoolgate up` serves, mends what is killed, and leaves nothing behind. `test_wheel.py` stops it."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from schoolgate import __version__
from schoolgate.core.env import env
from schoolgate.core.home import typed
from schoolgate.core.postgres.server import SUPERUSER, server_of
from tests import databases
from tests.cli.machine import Machine, wait_for
from tests.environment import a_home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """One home for this file, which has its tables: `test_wheel.py` begins without. What is left ends with
    the file."""
    machine = Machine(a_home("up"))
    databases.furnish(machine.home)
    yield machine
    machine.schoolgate("down")
    if machine.supervisor is not None:
        machine.supervisor.wait()


@pytest.fixture
def running(machine) -> Machine:
    """The same home, up and serving."""
    if machine.health() is None or machine.supervisor is None or machine.supervisor.poll() is not None:
        machine.up()
    return machine


def marks(machine: Machine, *more: str) -> list[str]:
    """Write words into the running database; return all that were ever written there."""
    with psycopg.connect(server_of(machine.home).url(SUPERUSER)) as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS marks (word text)")
        for word in more:
            writer.execute("INSERT INTO marks VALUES (%s)", [word])
        return [word for (word,) in writer.execute("SELECT word FROM marks").fetchall()]


def test_up_serves_pages_and_says_where(running):
    assert running.health() == {"status": "ok", "work": "ok", "database": "ok", "version": __version__}
    assert f"http://localhost:{running.port}/" in running.said()


def test_idle_memory_of_an_empty_home_stays_below_360_megabytes(running):
    def used() -> float:
        supervisor = psutil.Process(running.supervisor.pid)
        total = 0
        for process in (supervisor, *supervisor.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # one that ends just now holds nothing
                total += process.memory_full_info().pss
        return total / 1_000_000

    wait_for(lambda: "schoolgate setup --link" in running.said())  # the last command of a start has ended
    assert used() < 360, f"{used():.0f} MB"
    mapped = {Path(each.path).name for each in psutil.Process(running.supervisor.pid).memory_maps()}
    assert [name for name in mapped if "psycopg" in name] == []  # the driver is nine megabytes


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Cookie": 'a="' + chr(92) * 12_000 + '"'}, 200),
        ({"Cookie": "a" * 17_000}, 431),
        ({f"X-{number}": "a" * 8_000 for number in range(10)}, 431),
        ({f"X-{number}": "a" for number in range(101)}, 431),
    ],
    ids=["none", "backslashes", "cookies", "long", "many"],
)
def test_up_reads_no_more_headers_than_browsers_send(running, headers, status):
    answer = httpx.get(f"http://localhost:{running.port}/sign-in", headers=headers)
    assert answer.status_code == status


def test_no_log_has_an_address_that_lets_somebody_in(running):
    canary, here = "canary7f3a91", f"http://localhost:{running.port}"
    refused = {  # a parent's answer needs no cookie, but a code
        f"/wildground/consent/{canary}": 404,
        f"/invitation/{canary}": 403,
        f"/set-up/begin/{canary}": 403,
    }
    for path, status in refused.items():
        assert httpx.post(here + path).status_code == status
        assert httpx.get(f"{here}{path}/more?token={canary}").status_code == 404
        httpx.get(here + path, headers={"Host": f"{canary}.example", "Referer": here + path})
    written = {log.name: log.read_text() for log in (running.home / "logs").glob("*.log")}
    assert "csrf_refused" in written["web.log"]
    assert [name for name, text in written.items() if canary in text] == []
    assert canary not in running.said()


def test_a_log_is_told_how_to_get_the_address_for_setting_up_and_not_the_address(running):
    wait_for(lambda: "schoolgate setup --link" in running.said())
    assert "/set-up/begin/" not in running.said()


def test_second_up_from_the_same_home_is_refused(running):
    done = running.schoolgate("up")
    said = (
        "schoolgate: Schoolgate is already running from this installation. Stop it with "
        f"`{typed('down', home=running.home)}`, or choose another SCHOOLGATE_HOME and PORT."
    )
    assert (done.returncode, done.stderr.splitlines()) == (1, [said])


def test_up_with_a_port_in_use_says_so(running):
    other = Machine(a_home("other"), port=running.port)
    done = other.schoolgate("up")
    choose = typed("up", home=other.home, PORT="8080")
    said = f"Port {running.port} can't be used (another program uses it). Choose another: {choose}"
    assert (done.returncode, done.stderr.splitlines()) == (1, [f"schoolgate: {said}"])


def test_commands_use_the_database_that_runs(running):
    before = running.part("database")
    asked = "from django.db import connection; print(*connection.cursor().execute('SELECT word FROM marks'))"
    assert marks(running, "seen") == ["seen"]
    with psycopg.connect(server_of(running.home).url(SUPERUSER)) as owner:
        owner.execute("GRANT SELECT ON marks TO PUBLIC")
    done = running.schoolgate("shell", "-v", "0", "-c", asked)
    assert (done.returncode, done.stdout) == (0, "('seen',)\n"), done.stderr
    assert running.part("database") == before


def serving(running: Machine) -> list[psutil.Process]:
    """Return the processes that make pages, once all of them run."""

    def every() -> list[psutil.Process]:
        found = psutil.Process(running.part("web")).children()
        return found if len(found) == env().web_processes else []

    return wait_for(every)


def test_a_worker_that_is_killed_comes_back(running):
    old = running.kill("worker")
    assert running.comes_back("worker", old) != old


def test_a_database_that_is_killed_comes_back_with_what_was_written(running):
    written = marks(running, "before")
    old = running.kill("database")
    assert running.comes_back("database", old) != old
    assert marks(running) == written


def test_a_web_server_that_is_killed_comes_back_and_leaves_none_of_its_processes(running):
    were = serving(running)
    old = running.kill("web")
    assert running.comes_back("web", old) != old
    wait_for(lambda: not any(lives(process) for process in were))


def lives(process: psutil.Process) -> bool:
    """Whether it runs: one that has ended may wait a moment to be taken off the list."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_process_that_serves_and_is_killed_is_replaced_by_the_same_web_server(running):
    web, were = running.part("web"), serving(running)
    were[0].kill()
    wait_for(lambda: were[0] not in (now := serving(running)) and set(were[1:]) <= set(now))
    assert running.health() is not None
    assert running.part("web") == web


def test_nor_does_one_outlive_a_watcher_that_is_killed_while_it_starts(running):
    web = running.kill("web")
    watcher = wait_for(lambda: (new := running.part("web")) != web and new)
    starting = wait_for(psutil.Process(watcher).children)
    running.comes_back("web", running.kill("web"))
    wait_for(lambda: not any(lives(process) for process in starting))


def kill_supervisor(running: Machine) -> None:
    """kill -9 it, as the system does where memory ends."""
    os.kill(running.supervisor.pid, signal.SIGKILL)
    running.supervisor.wait()


def test_the_next_up_keeps_the_data_and_need_not_wait_for_what_a_killed_one_left(running):
    written = marks(running, "older")
    kill_supervisor(running)
    running.up()
    assert running.health() is not None
    assert marks(running) == written


def test_a_killed_supervisor_leaves_nothing(running):
    """Not even a worker that waits for its database to come back."""
    kill_supervisor(running)
    wait_for(running.nothing_left, patience=20)
