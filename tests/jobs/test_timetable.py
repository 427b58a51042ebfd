"""Sweeps are found by their folder and run one at a time."""

import inspect
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from schoolgate.jobs import app as jobs

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
    assert "schoolgate.jobs.sending" in ready.import_paths
    assert set(ready.import_paths) & set(SWEEPS) == set()


def test_a_sweep_hears_the_moment_of_the_timetable(monkeypatch):
    heard = []
    monkeypatch.setattr(jobs, "modules", lambda: iter(["schoolgate.jobs.hourly.one"]))
    monkeypatch.setattr(jobs, "import_module", lambda name: SimpleNamespace(run=heard.append))
    app = App(connector=InMemoryConnector())
    jobs.on_ready(app)
    app.tasks["hourly.one"](timestamp=1_800_000_000)
    assert heard == [datetime(2027, 1, 15, 8, 0, tzinfo=UTC)]
