"""Sweeps are found by their folder and run one at a time."""

import inspect
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as the_app
from procrastinate.testing import InMemoryConnector

from schoolgate.core.models.running import Heartbeat
from schoolgate.jobs import app as jobs
from schoolgate.jobs import probing
from schoolgate.jobs.beating import beating
from schoolgate.jobs.minutely import heartbeats

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
        ("schoolgate.jobs.steps", None),
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


def test_modules_with_jobs_of_their_own_and_the_sweeps_of_a_minute_are_read_when_a_worker_starts(ready):
    assert "schoolgate.jobs.steps" in ready.import_paths
    each_minute = {module for module in SWEEPS if module.startswith("schoolgate.jobs.minutely.")}
    assert set(ready.import_paths) & set(SWEEPS) == each_minute != set()


def test_a_sweep_hears_the_moment_of_the_timetable(monkeypatch):
    heard = []
    monkeypatch.setattr(jobs, "modules", lambda: iter(["schoolgate.jobs.hourly.one"]))
    monkeypatch.setattr(jobs, "import_module", lambda name: SimpleNamespace(run=heard.append))
    app = App(connector=InMemoryConnector())
    jobs.on_ready(app)
    app.tasks["hourly.one"](timestamp=1_800_000_000)
    assert heard == [datetime(2027, 1, 15, 8, 0, tzinfo=UTC)]


@pytest.mark.parametrize("module", SWEEPS)
def test_every_sweep_goes_well_where_nothing_has_begun_yet(module, own_database, make_federation, home, at):
    """A federation without a policy or people is no trouble: else the alarm would be raised over it."""
    make_federation()
    name = module.removeprefix("schoolgate.jobs.")
    with beating(name):
        import_module(module).run(at)
    assert name == "minutely.heartbeats" or Heartbeat.objects.filter(what=name).exists()


@pytest.mark.parametrize("lane", probing.WATCHED)
def test_a_lane_in_which_no_sweep_runs_is_watched_by_a_job_of_its_own(own_database, lane):
    probing.probe(which=lane)
    assert Heartbeat.objects.filter(what=f"lane.{lane}").exists()


def test_the_probes_of_the_lanes_wait_in_them_once(own_database, at):
    for minute in range(2):
        heartbeats.run(at + timedelta(minutes=minute))
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name FROM procrastinate_jobs WHERE task_name = 'lanes.probe'")
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(probing.WATCHED)


def test_a_sweep_of_the_night_runs_in_the_morning_on_a_machine_that_was_off():
    assert the_app.periodic_defaults["max_delay"] > timedelta(days=1).total_seconds()


def test_what_may_take_long_or_waits_for_the_mail_server_has_a_lane_of_its_own(ready):
    found = {name: task.queue for name, task in ready.tasks.items() if task.lock}
    assert {name for name, lane in found.items() if lane == "default"} == {
        name for name in found if name.startswith("minutely.") and name != "minutely.notices"
    }
    assert found["minutely.notices"] == "mail"
