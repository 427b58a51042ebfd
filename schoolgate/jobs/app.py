"""How jobs are found: a task is in a module here, a sweep is a function in the module of its rhythm.

A sweep takes the scheduled time, aware, in UTC: `send_due` in `jobs/minutely.py` runs each minute, those in
`jobs/hourly.py` each hour, those in `jobs/daily.py` at half past two in the morning (UTC). Which there are is
declared once, with what it means where one has stopped: `heartbeats.STOPPED`.
"""

import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from procrastinate import App

from schoolgate import jobs
from schoolgate.core import heartbeats, work
from schoolgate.core.work import Tasks
from schoolgate.jobs.beating import beating
from schoolgate.jobs.everywhere import Sweep

RHYTHMS = {"minutely": "* * * * *", "hourly": "7 * * * *", "daily": "30 2 * * *"}
BEATING = "minutely.heartbeats"
"""It says that the worker is alive, and is the only sweep with no silence of its own."""
WRITES_IN_THE_HOME = {
    "minutely.journal", "hourly.record_heads", "hourly.backups", "daily.backups", "daily.records",
}  # fmt: skip
"""They run on the machine that keeps what lies on one alone."""
SPEAKS_TO_THE_MAIL_SERVER = "minutely.notices"


def sweeps() -> Iterator[str]:
    """The names of all sweeps, as `minutely.send_due`."""
    yield BEATING
    for name in heartbeats.LONGEST_SILENCE:
        if name.partition(".")[0] in RHYTHMS:
            yield name


def sweep_of(name: str) -> Sweep:
    """Return the function of a sweep. Reads its module, which imports the areas: not before all apps are
    ready."""
    rhythm, _, which = name.partition(".")
    found: Sweep = getattr(import_module(f"{jobs.__name__}.{rhythm}"), which)
    return found


def on_ready(app: App) -> None:
    """Add every sweep to the timetable and have those of each minute and the other job modules read when a
    worker starts."""
    work.carry_into_jobs()
    app.tasks = Tasks(app)
    app.worker_defaults["worker_middleware"] = [work.follow]
    for name in sweeps():
        _add_sweep(app, name)
    modules = {one.name for one in pkgutil.iter_modules(jobs.__path__, jobs.__name__ + ".")}
    later = {__name__, *(f"{jobs.__name__}.{rhythm}" for rhythm in RHYTHMS if rhythm != "minutely")}
    app.import_paths = [*(app.import_paths or []), *sorted(modules - later)]


def lane_of(sweep: str) -> str:
    """Return where a sweep runs. Slow sweeps, and those that wait for a mail server, take no slot from the
    others."""
    if sweep == SPEAKS_TO_THE_MAIL_SERVER:
        return work.MAIL
    if sweep in WRITES_IN_THE_HOME:
        return work.KEEPING
    return work.AT_HAND if sweep.startswith("minutely.") else work.LONG


def _add_sweep(app: App, name: str) -> None:
    def sweep(timestamp: int, **_: Any) -> None:
        with beating(name):
            sweep_of(name)(datetime.fromtimestamp(timestamp, UTC))

    # One at a time: a slow sweep is not overtaken by the next.
    lane = lane_of(name)
    # The sweep of the next minute comes soon; those of an hour and a day would be missed.
    retry = work.WhileAway() if not name.startswith("minutely.") else False
    task = app.task(name=name, queue=lane, queueing_lock=name, lock=name, pass_context=False, retry=retry)(
        sweep
    )
    app.periodic(cron=RHYTHMS[name.partition(".")[0]], periodic_id=name)(task)
