"""Whether the program responds, its metrics in Prometheus text format for holders of the token, and the
watch, from the web process, on the rest of the program: a dead worker cannot say so itself.
"""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import compare_digest

import structlog
from django.db import DatabaseError, InterfaceError, connection, connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from schoolgate import __version__
from schoolgate.core import heartbeats
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.home import folder
from schoolgate.notices.alarm import tell_administrators
from schoolgate.reports import running
from schoolgate.reports.running import Figure, figures


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be made, 503 while the database does not answer.

    `work` says whether the rest of the program is working. Asked as `/healthz?work`, the status is 503 while
    it is not: for a monitor that reads the status only. The answer is public, so it names nothing.
    """
    work = "unknown"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        work = "standing still" if running.of_installation(now()) else "ok"
        database = "ok"
    except (DatabaseError, InterfaceError):
        database = "no answer"
    status = "ok" if database == "ok" else "unavailable"
    body = {"status": status, "database": database, "work": work, "version": __version__}
    well = status == "ok" and (work == "ok" or "work" not in request.GET)
    return JsonResponse(body, status=200 if well else 503)


HELP: Mapping[str, str] = {
    "beat_age_seconds": "Seconds since this last went well",
    "standing_still": "How many things stand still",
    "jobs": "Jobs in the queue",
    "duties": "Duties that are still to be done",
    "mails": "Mails that wait, or could not be sent",
    "deliveries_in_doubt": "Posts of which nobody knows yet whether they arrived",
    "database_bytes": "Size of the database",
    "backup_age_seconds": "Seconds since the newest backup was begun",
    "backup_bytes": "Size of the newest backup",
}


class _Once(Collector):
    """The metrics collected for one request."""

    def __init__(self, found: list[Figure]) -> None:
        self.found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family for each name, in the order of HELP."""
        for name, says in HELP.items():
            mine = [figure for figure in self.found if figure.name == name]
            if not mine:
                continue
            family = GaugeMetricFamily(f"schoolgate_{name}", says, labels=[key for key, _ in mine[0].labels])
            for figure in mine:
                family.add_metric([value for _, value in figure.labels], figure.value)
            yield family


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures. Without a token in the surroundings, or with another one, there is nothing here."""
    token = env().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token is None or not compare_digest(given.encode(), token.get_secret_value().encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(list(figures(now()))))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


log = structlog.get_logger(__name__)
SECONDS_BETWEEN_LOOKS = 60
SAID_AGAIN_AFTER = timedelta(hours=1)
Tell = Callable[[list[str]], object]


def _tell(what: list[str]) -> object:
    return tell_administrators(what, clock=now)


@dataclass
class Watch:
    """What one process has already logged, so that its log isn't filled with repeats."""

    tell: Tell = _tell
    said: list[str] = field(default_factory=list)
    said_at: datetime | None = None

    def look(self, at: datetime) -> list[str]:
        """Check once: log at ERROR when something new is stuck and each hour while it is, and send a mail
        once a day for each. Return what is stuck."""
        still = heartbeats.said_once(running.of_installation(at))
        what = [found.what for found in still]
        if what and (what != self.said or self.said_at is None or at - self.said_at >= SAID_AGAIN_AFTER):
            since = {found.what: found.since.isoformat() if found.since else "never" for found in still}
            log.error("standing still", since=since)
            self.said_at = at
        elif self.said and not what:
            log.info("everything moves again")
        self.said = what
        if [each for each in what if heartbeats.may_tell(each, at=at)]:
            self.tell(what)
        return what


def start() -> None:
    """Begin to look, in a thread that ends with the process."""
    threading.Thread(target=_forever, name="watching", daemon=True).start()


def _forever() -> None:
    # Several processes serve pages here; one of them watches, and another takes over when it ends.
    with (folder("run") / "watching.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _look_again_and_again()


def _look_again_and_again() -> None:
    watch = Watch()
    begun = False
    while True:
        try:
            if not begun:
                heartbeats.begin(at=now())
                begun = True
            watch.look(now())
        except Exception:
            log.exception("looking whether all moves failed")
        finally:
            connections.close_all()
        time.sleep(SECONDS_BETWEEN_LOOKS)
