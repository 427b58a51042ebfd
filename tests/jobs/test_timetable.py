"""Sweeps are found by their folder, run one at a time, and jobs of a killed worker are put back."""

import inspect
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.testing import InMemoryConnector

from schoolgate.jobs import app as jobs
from schoolgate.jobs.stalled import put_back

SWEEPS = [module for module in jobs.modules() if jobs.rhythm_of(module)]


@pytest.fixture
def ready() -> App:
    """An app as it is after start-up, without a database."""
    app = App(connector=InMemoryConnector())
    jobs.on_ready(app)
    return app


@pytest.mark.parametrize(
    ("module", "timetable"),
    [
        ("schoolgate.jobs.minutely.send_due", "* * * * *"),
        ("schoolgate.jobs.hourly.heads", "7 * * * *"),
        ("schoolgate.jobs.daily.retention", "30 2 * * *"),
        ("schoolgate.jobs.sending", None),
        ("schoolgate.jobs.minutely", None),
        ("schoolgate.jobs.weekly.never", None),
    ],
)
def test_a_folder_is_a_timetable(module, timetable):
    assert jobs.rhythm_of(module) == timetable


@pytest.mark.parametrize("module", SWEEPS)
def test_every_sweep_needs_the_moment_and_nothing_else(module):
    first, *others = inspect.signature(import_module(module).run).parameters.values()

    assert first.name == "at"
    assert [one.name for one in others if one.default is one.empty or one.kind is not one.KEYWORD_ONLY] == []


def test_every_sweep_is_on_the_timetable_one_at_a_time(ready):
    names = {module.removeprefix("schoolgate.jobs.") for module in SWEEPS}
    assert {task.name for task in ready.tasks.values() if task.lock} == names
    assert {key[1] for key in ready.periodic_registry.periodic_tasks} == names
    assert [task.name for task in ready.tasks.values() if task.lock != task.queueing_lock] == []


def test_modules_with_jobs_of_their_own_are_read_by_the_worker(ready):
    assert "schoolgate.jobs.stalled" in ready.import_paths
    assert set(ready.import_paths) & set(SWEEPS) == set()


def test_a_sweep_hears_the_moment_of_the_timetable(monkeypatch):
    heard = []
    monkeypatch.setattr(jobs, "modules", lambda: iter(["schoolgate.jobs.hourly.one"]))
    monkeypatch.setattr(jobs, "import_module", lambda name: SimpleNamespace(run=heard.append))
    app = App(connector=InMemoryConnector())
    jobs.on_ready(app)
    app.tasks["hourly.one"](timestamp=1_800_000_000)
    assert heard == [datetime(2027, 1, 15, 8, 0, tzinfo=UTC)]


def state_of(job: int) -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()


def job_in_hand(*, heard_of: str) -> int:
    """A job that a worker has in hand, of whom was last heard so long ago."""
    job = django_app.configure_task("not-run-here", allow_unknown=True).defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [heard_of],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job]
        )
    return job


@pytest.mark.parametrize(("heard_of", "status"), [("31 seconds", "todo"), ("25 seconds", "doing")])
def test_a_job_is_put_back_once_its_worker_is_not_heard_of(own_database, heard_of, status):
    job = job_in_hand(heard_of=heard_of)
    context = SimpleNamespace(app=django_app)
    async_to_sync(put_back.func)(context, timestamp=0)
    assert state_of(job)[0] == status
