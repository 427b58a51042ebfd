"""How jobs are found: a task is in a module here, a sweep is a module in the folder of its schedule.

A sweep's module has `run(at)`: `jobs/minutely/send_due.py` runs each minute, `jobs/hourly/...` each hour,
`jobs/daily/...` at half past two in the morning (UTC). `at` is the scheduled time, aware, in UTC.
"""

import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from procrastinate import App

from schoolgate.core import tracing
from schoolgate.core.work import lanes

PACKAGE = "schoolgate.jobs"
RHYTHMS = {"minutely": "* * * * *", "hourly": "7 * * * *", "daily": "30 2 * * *"}
SPEAKS_TO_THE_MAIL_SERVER = "minutely.notices"


def modules(under: str = PACKAGE) -> Iterator[str]:
    """The names of all job modules, sweeps included, in one order."""
    package = import_module(under)
    for found in sorted(pkgutil.iter_modules(package.__path__, under + "."), key=lambda found: found.name):
        if found.ispkg:
            yield from modules(found.name)
        elif found.name != __name__:
            yield found.name


def rhythm_of(module: str) -> str | None:
    """The timetable of a sweep's module, or None for a module that holds jobs of its own."""
    parts = module.removeprefix(PACKAGE + ".").split(".")
    return RHYTHMS[parts[0]] if len(parts) == 2 and parts[0] in RHYTHMS else None


def on_ready(app: App) -> None:
    """Add every sweep to the timetable and have those of each minute and the other job modules read when a
    worker starts."""
    tracing.carry_into_jobs()
    app.worker_defaults["worker_middleware"] = [tracing.follow]
    at_once = []
    for module in modules():
        timetable = rhythm_of(module)
        if timetable is not None:
            _add_sweep(app, module, timetable)
        if timetable in (None, RHYTHMS["minutely"]):
            at_once.append(module)
    app.import_paths = [*(app.import_paths or []), *at_once]


def lane_of(sweep: str) -> str:
    """Return where a sweep runs. Slow sweeps, and those that wait for a mail server, take no slot from the
    others."""
    if sweep == SPEAKS_TO_THE_MAIL_SERVER:
        return lanes.MAIL
    return lanes.AT_HAND if sweep.startswith("minutely.") else lanes.LONG


def _add_sweep(app: App, module: str, timetable: str) -> None:
    name = module.removeprefix(PACKAGE + ".")

    def sweep(timestamp: int, **_: Any) -> None:
        # Read when first run: sweeps import the areas, which are not ready while apps are being set up.
        from schoolgate.jobs.beating import beating

        with beating(name):
            import_module(module).run(datetime.fromtimestamp(timestamp, UTC))

    # One at a time: a slow sweep is not overtaken by the next.
    lane = lane_of(name)
    # The sweep of the next minute comes soon; those of an hour and a day would be missed.
    retry = lanes.WhileAway() if lane == lanes.LONG else False
    task = app.task(name=name, queue=lane, queueing_lock=name, lock=name, pass_context=False, retry=retry)(
        sweep
    )
    app.periodic(cron=timetable, periodic_id=name)(task)
