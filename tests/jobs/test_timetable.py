"""Sweeps stand in the module of their rhythm and run one at a time."""

import ast
import inspect
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as the_app
from procrastinate.testing import InMemoryConnector

from schoolgate.core import work
from schoolgate.core.models import Heartbeat
from schoolgate.core.work import LookingAfter, app_of
from schoolgate.jobs import app as jobs
from schoolgate.jobs import tasks
from schoolgate.jobs.beating import beating
from schoolgate.jobs.minutely import heartbeats

SWEEPS = list(jobs.sweeps())


@pytest.fixture
def ready() -> App:
    """An app as it is after start-up, without a database."""
    app = App(connector=InMemoryConnector())
    jobs.on_ready(app)
    return app


@pytest.mark.parametrize("rhythm", jobs.RHYTHMS)
def test_every_function_of_a_rhythm_that_takes_the_moment_is_a_sweep_and_declared(rhythm):
    module = import_module(f"schoolgate.jobs.{rhythm}")
    tree = ast.parse(inspect.getsource(module))
    assigned = {one.targets[0].id for one in tree.body if isinstance(one, ast.Assign)}
    taking = {
        one.name
        for one in tree.body
        if isinstance(one, ast.FunctionDef)
        and [each.arg for each in one.args.args] == ["at"]
        and one.returns is not None
        and ast.unparse(one.returns) == "None"
    }
    found = {name for name in assigned | taking if name.islower() and name != "log"}
    assert {f"{rhythm}.{name}" for name in found} == {
        name for name in SWEEPS if name.startswith(f"{rhythm}.")
    }


@pytest.mark.parametrize("name", SWEEPS)
def test_every_sweep_needs_the_moment_and_nothing_else(name):
    first, *others = inspect.signature(jobs.sweep_of(name)).parameters.values()

    assert first.name == "at"
    assert [one.name for one in others if one.default is one.empty or one.kind is not one.KEYWORD_ONLY] == []


def test_every_sweep_is_on_the_timetable_one_at_a_time(ready):
    assert {task.name for task in ready.tasks.values() if task.lock} == set(SWEEPS)
    assert {key[1] for key in ready.periodic_registry.periodic_tasks} == set(SWEEPS)
    assert [task.name for task in ready.tasks.values() if task.lock != task.queueing_lock] == []


def test_modules_with_jobs_of_their_own_and_the_sweeps_of_a_minute_are_read_when_a_worker_starts(ready):
    assert "schoolgate.jobs.tasks" in ready.import_paths
    rhythms = {f"schoolgate.jobs.{rhythm}" for rhythm in jobs.RHYTHMS}
    assert set(ready.import_paths) & rhythms == {"schoolgate.jobs.minutely"}


def test_a_sweep_hears_the_moment_of_the_timetable(monkeypatch):
    heard = []
    monkeypatch.setattr(jobs, "import_module", lambda name: SimpleNamespace(care=heard.append))
    app = App(connector=InMemoryConnector())
    jobs.on_ready(app)
    app.tasks["hourly.care"](timestamp=1_800_000_000)
    assert heard == [datetime(2027, 1, 15, 8, 0, tzinfo=UTC)]


@pytest.mark.parametrize("name", SWEEPS)
def test_every_sweep_goes_well_where_nothing_has_begun_yet(name, own_database, make_federation, home, at):
    """A federation without a policy or people is no trouble: else the alarm would be raised over it."""
    make_federation()
    with beating(name):
        jobs.sweep_of(name)(at)
    assert name == jobs.BEATING or Heartbeat.objects.filter(what=name).exists()


@pytest.mark.parametrize("lane", tasks.WATCHED)
def test_a_lane_in_which_no_sweep_runs_is_watched_by_a_job_of_its_own(own_database, lane):
    tasks.probe(which=lane)
    assert Heartbeat.objects.filter(what=f"lane.{lane}").exists()


def test_the_probes_of_the_lanes_wait_in_them_once(own_database, at):
    for minute in range(2):
        heartbeats(at + timedelta(minutes=minute))
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name FROM procrastinate_jobs WHERE task_name = 'lanes.probe'")
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(tasks.WATCHED)


def test_a_sweep_of_the_night_runs_in_the_morning_on_a_machine_that_was_off():
    """The lane that runs the timetable once had the library's own ten minutes."""
    timetable = app_of(work.AT_HAND, the_app, LookingAfter(the_app.job_manager))
    assert timetable.periodic_defaults["max_delay"] > timedelta(days=1).total_seconds()
    assert timetable.periodic_registry is the_app.periodic_registry
    assert not app_of(work.LONG, the_app, LookingAfter(the_app.job_manager)).periodic_registry.periodic_tasks


def test_what_may_take_long_or_waits_for_the_mail_server_has_a_lane_of_its_own(ready):
    found = {name: task.queue for name, task in ready.tasks.items() if task.lock}
    others = {"minutely.notices", *jobs.WRITES_IN_THE_HOME}
    assert {name for name, lane in found.items() if lane == "default"} == {
        name for name in found if name.startswith("minutely.") and name not in others
    }
    assert {name for name, lane in found.items() if lane == "keeping"} == jobs.WRITES_IN_THE_HOME
    assert found["minutely.notices"] == "mail"
