"""Jobs that a dead worker had in hand are put back, whatever else waits; nothing stands still for ever."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate import utils
from procrastinate.contrib.django import app
from procrastinate.manager import JobManager

from schoolgate.core import work
from schoolgate.core.work import SECONDS_SILENT, Connector, Heard, LookingAfter

SWEEP = {"lock": "minutely.send_due", "queueing_lock": "minutely.send_due"}
DEAD, ALIVE = "31 seconds", "25 seconds"
pytestmark = pytest.mark.usefixtures("own_database")


def waiting(**locks: str) -> int:
    """A job that nobody has begun."""
    return app.configure_task("not-run-here", allow_unknown=True, **locks).defer()


def in_hand(*, heard_of: str, attempts: int = 0, **locks: str) -> int:
    """A job in the hands of a worker that was last heard of so long ago."""
    job = waiting(**locks)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [heard_of],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job],
        )
    return job


def state_of(job: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        found = cursor.fetchone()
    return found[0] if found else None


def look(after: LookingAfter | None = None) -> None:
    async_to_sync((after or LookingAfter(app.job_manager)).look)()


def next_job() -> int | None:
    """What a worker would begin now."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        found = async_to_sync(app.job_manager.fetch_job)(None, cursor.fetchone()[0])
    return found.id if found else None


@pytest.mark.parametrize(("heard_of", "status"), [(DEAD, "todo"), (ALIVE, "doing")])
def test_a_job_is_put_back_once_its_worker_is_not_heard_of(heard_of, status):
    job = in_hand(heard_of=heard_of)
    look()
    assert state_of(job) == status


def test_a_job_of_a_worker_that_is_forgotten_altogether_is_put_back():
    job = in_hand(heard_of=DEAD)
    async_to_sync(app.job_manager.prune_stalled_workers)(30)
    look()
    assert state_of(job) == "todo"


def test_a_dead_sweep_gives_way_to_the_next_one_that_waits():
    dead, following = in_hand(heard_of=DEAD, **SWEEP), waiting(**SWEEP)
    assert next_job() is None
    look()
    assert state_of(dead) is None
    assert next_job() == following


def test_a_dead_sweep_is_run_again_where_none_waits():
    dead = in_hand(heard_of=DEAD, **SWEEP)
    look()
    assert next_job() == dead


def test_what_is_put_back_is_begun_at_once_though_the_databases_clock_is_behind(monkeypatch):
    dead = in_hand(heard_of=DEAD)
    monkeypatch.setattr(utils, "utcnow", lambda: datetime.now(UTC) + timedelta(hours=1))
    look()
    assert next_job() == dead


def test_a_living_sweep_keeps_its_turn_while_the_next_one_waits():
    living, following = in_hand(heard_of=ALIVE, **SWEEP), waiting(**SWEEP)
    look()
    assert (state_of(living), state_of(following)) == ("doing", "todo")
    assert next_job() is None


def test_work_that_waits_only_once_gives_way_too_and_work_without_a_lock_does_not():
    dead = [in_hand(heard_of=DEAD, queueing_lock="archive-7"), in_hand(heard_of=DEAD)]
    following = [waiting(queueing_lock="archive-7"), waiting()]
    look()
    assert [state_of(job) for job in (*dead, *following)] == [None, "todo", "todo", "todo"]


def test_trouble_with_one_job_keeps_no_other_from_being_put_back(monkeypatch):
    first, second = in_hand(heard_of=DEAD), in_hand(heard_of=DEAD)
    as_it_is = JobManager.retry_job

    async def breaks(self, job, *args, **more):
        if job.id == first:
            raise ZeroDivisionError
        await as_it_is(self, job, *args, **more)

    monkeypatch.setattr(JobManager, "retry_job", breaks)
    look()
    assert (state_of(first), state_of(second)) == ("doing", "todo")


@pytest.mark.parametrize(("attempts", "status"), [(work.MOST_TRIES - 1, "todo"), (work.MOST_TRIES, "failed")])
def test_a_job_that_ends_its_worker_again_and_again_is_given_up(attempts, status):
    job = in_hand(heard_of=DEAD, attempts=attempts)
    look()
    assert state_of(job) == status


def test_a_job_whose_end_could_not_be_written_is_put_back_although_its_worker_lives():
    job = in_hand(heard_of=ALIVE, **SWEEP)
    following = waiting(**SWEEP)
    after = LookingAfter(app.job_manager)
    taken = run_beside(after, job)
    look(after)
    assert state_of(job) == "doing"  # it may be ending at this moment
    look(after)
    assert state_of(job) is None
    assert next_job() == following
    assert taken == ["run"]


def test_a_job_in_hand_is_left_alone_however_often_somebody_looks():
    job = in_hand(heard_of=ALIVE)
    after = LookingAfter(app.job_manager)

    async def meanwhile() -> None:
        for _ in range(3):
            await after.look()

    run_beside(after, job, meanwhile)
    assert state_of(job) == "doing"


def test_a_worker_is_idle_from_the_end_of_its_last_job_on():
    times = iter(range(1, 100))
    after, during = LookingAfter(app.job_manager, clock=lambda: float(next(times))), []

    async def meanwhile() -> None:
        during.append(after.seconds_idle())

    assert after.seconds_idle() == 1.0
    run_beside(after, in_hand(heard_of=ALIVE), meanwhile)
    assert (during, after.seconds_idle()) == ([0.0], 1.0)


def run_beside(after: LookingAfter, job: int, during=None) -> list[str]:
    """The worker whose job it is runs it, and its end is not written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_jobs WHERE id = %s", [job])
        worker = SimpleNamespace(worker_id=cursor.fetchone()[0])
    done: list[str] = []

    async def run() -> None:
        done.append("run")
        if during is not None:
            await during()

    async_to_sync(after.note)(run, SimpleNamespace(job=SimpleNamespace(id=job)), worker)
    return done


# --- Lanes that hang ----


def test_a_lane_that_tells_nothing_while_the_database_answers_ends_the_worker():
    now = [0.0]
    after = LookingAfter(app.job_manager, clock=lambda: now[0])

    async def tells(*, in_between: float) -> list[str]:
        manager = Heard(app.connector, after)
        worker = await manager.register_worker()
        now[0] += in_between
        after._answered = now[0]
        silent = after.silent()
        await manager.update_heartbeat(worker)
        assert after.silent() == []
        now[0] += in_between
        after._answered = now[0]
        await manager.unregister_worker(worker)
        assert after.silent() == []
        return silent

    async def both() -> list[list[str]]:
        async with app.open_async():
            return [await tells(in_between=seconds) for seconds in (SECONDS_SILENT, SECONDS_SILENT + 1)]

    with app.replace_connector(Connector(app.connector)):
        never, once = asyncio.run(both())
    assert (never, len(once)) == ([], 1)


def test_while_the_database_answers_nobody_no_lane_is_missed():
    now = [0.0]
    after = LookingAfter(app.job_manager, clock=lambda: now[0])
    after.heard(1)
    now[0] += 10 * SECONDS_SILENT
    assert after.silent() == []
