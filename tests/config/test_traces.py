"""Traces go to a collector where one is named, without an address, an id or what an error says."""

import gzip
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider

from schoolgate.config import logging
from schoolgate.config.logging import RequestLog
from schoolgate.core import work
from schoolgate.core.env import Env
from schoolgate.core.surroundings import SurroundingsTrouble

SECRET = "canary of a person"


@pytest.fixture
def collected(httpserver, monkeypatch):
    """`collected()`: the spans that a collector was sent, by name."""
    httpserver.expect_request("/v1/traces", method="POST").respond_with_data(b"")
    monkeypatch.setenv("SCHOOLGATE_TRACES", httpserver.url_for(""))
    made: list[TracerProvider] = []
    monkeypatch.setattr(TracerProvider, "get_tracer", noting(made, TracerProvider.get_tracer))
    logging._tracer.cache_clear()
    logging.traces_settings(Env())

    def spans():
        for provider in made:
            provider.force_flush()
        bodies = [request.get_data() for request, _answer in httpserver.log]
        sent = [
            ExportTraceServiceRequest.FromString(gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one)
            for one in bodies
        ]
        assert SECRET not in str(sent)
        return {
            span.name: span
            for each in sent
            for resource in each.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        }

    yield spans
    for provider in made:
        provider.shutdown()
    work.send_by(None)
    logging._tracer.cache_clear()


def noting(made, get):
    """Have providers that are asked for a tracer noted."""

    def get_tracer(self, *given, **named):
        made.append(self)
        return get(self, *given, **named)

    return get_tracer


def attributes(span) -> dict[str, object]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


def visit(view) -> HttpResponse:
    request = RequestFactory().get("/posts/17?name=" + SECRET)
    request.resolver_match = ResolverMatch(view, (), {}, route="posts/<int:pk>")
    return RequestLog(view)(request)


def test_a_request_is_a_span_by_its_route_in_the_trace_that_the_log_says(collected):
    def view(_request):
        with work.span("network", method="GET", host="pds.test"):
            return HttpResponse("ok")

    answer = visit(view)
    spans = collected()
    page, call = spans["GET posts/<int:pk>"], spans["network"]
    assert page.trace_id.hex() == call.trace_id.hex() == answer["X-Request-ID"]
    assert call.parent_span_id == page.span_id
    assert attributes(page) == {
        "method": "GET", "http.route": "posts/<int:pk>", "http.response.status_code": 200,
    }  # fmt: skip
    assert attributes(call) == {"method": "GET", "host": "pds.test"}


def test_of_an_error_only_its_kind_is_sent(collected):
    with pytest.raises(LookupError), work.span("job x", task="x"):
        raise LookupError(SECRET)
    span = collected()["job x"]
    assert attributes(span) == {"task": "x", "error.type": "LookupError"}
    assert (span.status.code, span.status.message, list(span.events)) == (2, "", [])


def test_without_the_part_a_start_says_what_to_install_and_without_the_setting_it_is_not_asked_for(
    monkeypatch,
):
    monkeypatch.setattr(logging, "find_spec", lambda _name: None)
    logging.traces_settings(Env())
    monkeypatch.setenv("SCHOOLGATE_TRACES", "http://localhost:4318")
    with pytest.raises(SurroundingsTrouble, match=r"schoolgate\[traces\]"):
        logging.traces_settings(Env())


@pytest.mark.parametrize("address", ["localhost:4318", "http://localhost:4318/v1/traces", "tcp://a"])
def test_what_is_no_address_of_a_collector_is_refused(monkeypatch, address):
    monkeypatch.setenv("SCHOOLGATE_TRACES", address)
    with pytest.raises(ValueError, match="without a path"):
        Env()


def test_without_the_setting_nothing_of_the_part_is_read():
    program = "import sys; from schoolgate.config import settings; print('opentelemetry' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
