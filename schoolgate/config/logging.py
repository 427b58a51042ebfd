"""Logging while the program runs: one line per event, never a query string, never a person's data.

Sends traces to a collector that SCHOOLGATE_TRACES names: OpenTelemetry's own protocol over HTTP.

The optional part `schoolgate[traces]` does it, and is read by the first span of each process. Without the
setting nothing of it is read. What an error says is left out: it may quote a row or a form.
"""

from __future__ import annotations

import logging
import logging.config
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import structlog
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponseBase

from schoolgate import __version__
from schoolgate.core import work
from schoolgate.core.env import Env
from schoolgate.core.surroundings import SurroundingsTrouble
from schoolgate.patterns import lazy_pattern

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

MISSING = (
    "SCHOOLGATE_TRACES needs the optional part schoolgate[traces]: `make traces`, or install it with pip."
)
PATH = "/v1/traces"


def traces_settings(env: Env) -> None:
    """Have spans sent to the collector that the environment names, or measure none."""
    if env.traces is None:
        work.send_by(None)
        return
    if find_spec("opentelemetry") is None:
        raise SurroundingsTrouble(MISSING)
    address = env.traces + PATH

    @contextmanager
    def span(name: str, about: Mapping[str, str | int]) -> Iterator[Span]:
        from opentelemetry.trace import Status, StatusCode

        tracer = _tracer(address, os.getpid())
        with tracer.start_as_current_span(
            name, attributes=about, record_exception=False, set_status_on_exception=False
        ) as one:
            try:
                yield one
            except BaseException as error:
                one.set_attribute("error.type", type(error).__qualname__)
                one.set_status(Status(StatusCode.ERROR))
                raise

    work.send_by(span)


@lru_cache(maxsize=1)
def _tracer(address: str, _process: int) -> Tracer:
    """Return this process's own: what sends is a thread, which a copied process doesn't have."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class Ours(RandomIdGenerator):
        """A trace has the number that the log says."""

        def generate_trace_id(self) -> int:
            return int(work.current() or "0", 16) or super().generate_trace_id()

    about = Resource({"service.name": "schoolgate", "service.version": __version__})
    provider = TracerProvider(resource=about, id_generator=Ours())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    return provider.get_tracer("schoolgate")


log = structlog.get_logger("schoolgate.web")
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
PROCESSORS: list[Any] = [*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter]
"""One list that never changes: a logger keeps the list from its first line."""


_ADDRESS = lazy_pattern(
    r"""(?P<host>\b[a-z][a-z0-9+.-]{0,30}://[^\s/?#"'<>]*)[/?#][^\s"'<>]*"""  # https://host/path
    r"""|(?<![\w.~%-])/[^\s"'<>]+"""  # /path
    r"""|\?[\w.%~-]+=[^\s"'<>]*""",  # ?a=b
    re.IGNORECASE,
)


def only_routes(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Remove addresses from a line: many of them are keys. Django's own lines about a request give its route
    instead.
    """
    record = event["_record"]
    request = getattr(record, "request", None)
    if request is None or event["_from_structlog"]:
        return {
            key: value if key.startswith("_") or key == "route" else _without_addresses(value)
            for key, value in event.items()
        }
    match = getattr(request, "resolver_match", None)
    status = getattr(record, "status_code", None)
    return event | {"event": "refused", "route": match.route if match else "-", "status": status}


def _without_addresses(value: Any) -> Any:
    if isinstance(value, str):
        return _ADDRESS.sub(lambda found: f"{found['host'] or ''}/...", value)
    if isinstance(value, dict):
        return {key: _without_addresses(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_addresses(each) for each in value]
    return value


def only_where_it_broke(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Put an error's kind and places where its text would be, for that may quote a row or a form."""
    found = event.pop("exc_info", None)
    if not found:
        return event
    if not isinstance(found, tuple):
        found = sys.exc_info()
    kind, _error, trace = found
    if kind is None:
        return event
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return event | {"error": kind.__qualname__, "at": places[-12:]}


def logging_settings(env: Env) -> None:
    """Let the program's own events and those of its parts come out alike: as text, or as JSON lines."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if env.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=lambda *_: None)
    )
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [
                        only_routes,
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        only_where_it_broke,
                        renderer,
                    ],
                }
            },
            "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["out"], "level": env.log_level},
            "loggers": {
                # These say what our own lines say, or the arguments of a job.
                "django.request": {"level": "CRITICAL"},
                "django.security.DisallowedHost": {"level": "CRITICAL"},
                "procrastinate": {"level": "WARNING"},
                "httpx": {"level": "WARNING"},
                "httpcore": {"level": "WARNING"},
                "_granian": {"level": "WARNING"},
            },
        }
    )


class RequestLog:
    """One line a request: the route's pattern (not its address), the outcome and how long it took, in
    milliseconds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through and write its line."""
        structlog.contextvars.clear_contextvars()
        trace, start = work.begin(), time.monotonic()
        with work.span("request", method=request.method or "") as span:
            response = self.get_response(request)
            route = request.resolver_match.route if request.resolver_match else "-"
            if span is not None:
                span.update_name(f"{request.method} {route}")
                span.set_attributes({"http.route": route, "http.response.status_code": response.status_code})
        response["X-Request-ID"] = trace
        if route != "healthz":
            log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round((time.monotonic() - start) * 1000),
            )
        return response


def write_where_it_broke(sender: object, request: HttpRequest | None = None, **_: object) -> None:
    """Write the kind and the places of an error that no page expected; Django then answers 500."""
    found = request.resolver_match if request is not None else None
    log.error("page broke", route=found.route if found else "-", exc_info=sys.exc_info())


got_request_exception.connect(write_where_it_broke, dispatch_uid="schoolgate.log")
