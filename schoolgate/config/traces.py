"""Sends traces to a collector that SCHOOLGATE_TRACES names: OpenTelemetry's own protocol over HTTP.

The optional part `schoolgate[traces]` does it, and is read by the first span of each process. Without the
setting nothing of it is read. What an error says is left out: it may quote a row or a form.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from schoolgate import __version__
from schoolgate.core import tracing
from schoolgate.core.env import Env
from schoolgate.core.surroundings import SurroundingsTrouble

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

MISSING = (
    "SCHOOLGATE_TRACES needs the optional part schoolgate[traces]: `make traces`, or install it with pip."
)
PATH = "/v1/traces"


def traces_settings(env: Env) -> None:
    """Have spans sent to the collector that the environment names, or measure none."""
    if env.traces is None:
        tracing.send_by(None)
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

    tracing.send_by(span)


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
            return int(tracing.current() or "0", 16) or super().generate_trace_id()

    about = Resource({"service.name": "schoolgate", "service.version": __version__})
    provider = TracerProvider(resource=about, id_generator=Ours())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    return provider.get_tracer("schoolgate")
