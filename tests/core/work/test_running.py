"""A worker's lanes do not wait for each other, and it ends where it can't go on."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from procrastinate import App
from procrastinate.contrib.django import app as the_app

from schoolgate.core import work as lanes
from schoolgate.core import work as running
from schoolgate.core.work import Connector, Ended, work
from tests.core.work.test_stalled import in_hand, state_of
from tests.environment import HOME

pytestmark = [pytest.mark.usefixtures("own_database"), pytest.mark.timeout(60)]
PATIENCE = 30.0


@pytest.fixture
def app() -> Iterator[App]:
    """The program's own jobs, without its timetable and with room for a test's."""
    before, timetable = dict(the_app.tasks), dict(the_app.periodic_registry.periodic_tasks)
    the_app.periodic_registry.periodic_tasks.clear()
    connector = Connector(the_app.connector)
    with the_app.replace_connector(connector):
        yield the_app
    the_app.periodic_registry.periodic_tasks.update(timetable)
    the_app.tasks.clear()
    the_app.tasks.update(before)


def stop() -> None:
    """As a supervisor does."""
    os.kill(os.getpid(), signal.SIGTERM)


def job(app: App, lane: str, does: Callable[[], object]) -> None:
    """Have something done in a lane."""
    name = f"test-{len(app.tasks)}"
    app.task(name=name, queue=lane)(does)
    app.tasks[name].defer()


@pytest.mark.parametrize("full", [lane for lane in lanes.SLOTS if lane != lanes.SENDING])
def test_a_lane_whose_slots_all_hang_keeps_no_post_from_going_out(app, full):
    hanging = threading.Semaphore(0)
    go_on = threading.Event()

    def hangs() -> None:
        hanging.release()
        go_on.wait(PATIENCE)

    def goes_out() -> None:
        for _ in range(lanes.SLOTS[full]):
            assert hanging.acquire(timeout=PATIENCE)
        sent.append("post")
        go_on.set()
        stop()

    sent: list[str] = []
    for _ in range(lanes.SLOTS[full] + 1):
        job(app, full, hangs)
    job(app, lanes.SENDING, goes_out)

    assert asyncio.run(work(app)) is Ended.ASKED
    assert sent == ["post"]


def test_what_waits_for_a_lock_begins_when_the_one_before_ends_and_not_when_somebody_looks(app, monkeypatch):
    """Else the posts of one account would go out one each five seconds."""
    looks_never = partial(app.run_worker_async, fetch_job_polling_interval=10 * PATIENCE)
    monkeypatch.setattr(app, "run_worker_async", looks_never)
    done = []

    def takes_a_moment() -> None:
        threading.Event().wait(0.2)
        done.append(True)
        if len(done) == 3:
            stop()

    app.task(name="test-locked", queue=lanes.AT_HAND, lock="one account")(takes_a_moment)
    for _ in range(3):
        app.tasks["test-locked"].defer()
    assert asyncio.run(work(app, slots={lanes.AT_HAND: 2})) is Ended.ASKED
    assert len(done) == 3


def test_jobs_of_a_dead_worker_are_put_back_although_no_slot_is_free(app, monkeypatch):
    monkeypatch.setattr(running, "SECONDS_BETWEEN_ROUNDS", 0.05)
    dead = in_hand(heard_of="31 seconds")
    put_back = threading.Event()

    def hangs_until_it_is_put_back() -> None:
        while state_of(dead) == "doing" and not put_back.wait(0.05):
            pass
        stop()

    for _ in range(2):
        job(app, "only", hangs_until_it_is_put_back)
    assert asyncio.run(work(app, slots={"only": 2})) is Ended.ASKED
    assert state_of(dead) == "todo"


def test_a_worker_in_which_a_job_hangs_ends_at_once_and_says_that_nobody_asked_it_to(app, monkeypatch):
    class CutOff(BaseException):
        pass

    def ends(status: int) -> None:
        go_on.set()
        raise CutOff(status)

    go_on = threading.Event()
    monkeypatch.setattr(running, "SECONDS_AT_MOST", 0.0)
    monkeypatch.setattr(running, "SECONDS_BETWEEN_ROUNDS", 0.05)
    monkeypatch.setattr(running, "SECONDS_TO_FINISH", 0.1)
    monkeypatch.setattr(running, "SECONDS_TO_END", 0.1)
    monkeypatch.setattr(running.os, "_exit", ends)
    job(app, lanes.READING, lambda: go_on.wait(PATIENCE))
    with pytest.raises(CutOff, match="1"):
        asyncio.run(work(app, slots={lanes.READING: 1}))


def test_a_worker_whose_database_went_with_a_killed_supervisor_waits_for_nothing(app, monkeypatch):
    """It lived 22 seconds, waiting for a connection, and the next `up` for it."""

    class CutOff(BaseException):
        pass

    def ends(status: int) -> None:
        go_on.set()
        raise CutOff(status)

    def hangs() -> None:
        monkeypatch.setattr(running, "database_is_gone", lambda: True)
        stop()
        go_on.wait(PATIENCE)

    go_on = threading.Event()
    monkeypatch.setattr(running.os, "_exit", ends)
    job(app, lanes.READING, hangs)
    began = time.monotonic()
    with pytest.raises(CutOff, match="1"):
        asyncio.run(work(app, slots={lanes.READING: 1}))
    assert time.monotonic() - began < running.SECONDS_TO_FINISH


def test_a_worker_asks_only_its_own_server_whether_it_is_gone(monkeypatch, tmp_path):
    def of(home: Path, *, own: bool) -> bool:
        monkeypatch.setattr(running, "env", lambda: SimpleNamespace(home=home, embedded_database=own))
        return running.database_is_gone()

    assert [of(HOME, own=True), of(tmp_path, own=True), of(tmp_path, own=False)] == [False, True, False]


def test_what_a_job_defers_belongs_to_its_transaction(app):
    """Else it could begin before what it is about is there, and find nothing."""

    def defers_and_breaks() -> None:
        try:
            with transaction.atomic():
                app.configure_task("not-run-here", allow_unknown=True, queue="nobody's").defer()
                raise ZeroDivisionError
        except ZeroDivisionError:
            stop()

    job(app, lanes.AT_HAND, defers_and_breaks)
    assert asyncio.run(work(app)) is Ended.ASKED
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'not-run-here'")
        assert cursor.fetchone() == (0,)


def test_only_one_lane_keeps_the_timetable(app, monkeypatch):
    kept: list[int] = []

    async def lane(self, **given):
        kept.append(len(self.periodic_registry.periodic_tasks))

    app.periodic(cron="* * * * *", periodic_id="test")(
        app.task(name="test-timetable")(lambda timestamp: None)
    )
    monkeypatch.setattr(App, "run_worker_async", lane)
    assert asyncio.run(work(app)) is Ended.BROKEN
    assert sorted(kept) == [0] * (len(lanes.SLOTS) - 1) + [1]


# --- One that has grown ----

SMALL, LARGE = running.MOST_MB, running.MOST_MB + 1


@pytest.fixture
def in_a_hurry(monkeypatch) -> None:
    for name in ("SECONDS_AT_LEAST", "SECONDS_IDLE", "SECONDS_BETWEEN_WEIGHINGS"):
        monkeypatch.setattr(running, name, 0.01)


@pytest.mark.parametrize(("may_leave", "ended"), [(True, Ended.GROWN), (False, Ended.ASKED)])
def test_a_worker_that_has_grown_gives_its_place_up_only_where_another_begins(
    app, monkeypatch, in_a_hurry, may_leave, ended
):
    """By itself, under a service manager, nothing would take its place."""
    size = [SMALL]
    watches = partial(running.grown_and_idle, megabytes=lambda: size[-1])
    monkeypatch.setattr(running, "grown_and_idle", watches)

    def grows() -> None:
        size.append(LARGE)
        if not may_leave:
            stop()

    job(app, lanes.AT_HAND, grows)
    assert asyncio.run(work(app, slots={lanes.AT_HAND: 1}, may_leave=may_leave)) is ended
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = %s", [lanes.AT_HAND])
        assert cursor.fetchone() == (0,)


def test_it_stays_while_it_has_a_job_in_hand_and_while_it_is_small(in_a_hurry):
    idle, sizes = iter([0.0, 60.0, 60.0, 60.0]), iter([SMALL, SMALL, LARGE])
    asked = SimpleNamespace(seconds_idle=lambda: next(idle))
    asyncio.run(running.grown_and_idle(asked, megabytes=lambda: next(sizes)))
    assert (list(idle), list(sizes)) == ([], [])


# --- Of several machines ----


def test_a_machine_that_does_not_keep_the_record_leaves_that_lane_to_the_one_that_does(monkeypatch):
    assert lanes.of_this_machine() == dict(lanes.SLOTS)
    monkeypatch.setattr(lanes, "env", lambda: SimpleNamespace(keeps_record=False))
    assert set(lanes.SLOTS) - set(lanes.of_this_machine()) == {lanes.KEEPING}


def test_a_job_that_only_another_release_knows_waits_for_a_worker_that_knows_it(app):
    app.configure_task("of-the-next-release", allow_unknown=True, queue=lanes.AT_HAND).defer(of="what")
    job(app, lanes.AT_HAND, stop)
    assert asyncio.run(work(app)) is Ended.ASKED
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts, scheduled_at > now() FROM procrastinate_jobs")
        assert cursor.fetchall() == [("todo", 1, True)]
