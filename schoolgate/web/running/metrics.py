"""Metrics for a monitor, in Prometheus text format, for holders of the token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from secrets import compare_digest

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.reports.figures import Figure, figures

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
