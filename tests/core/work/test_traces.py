"""One number holds a request, its jobs and what these ask of networks together, in the log."""

import asyncio
import json
from contextlib import nullcontext

import httpx
import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from procrastinate.contrib.django.models import ProcrastinateJob

from schoolgate.config.logging import RequestLog
from schoolgate.core import work as lanes
from schoolgate.core import work as tracing
from schoolgate.core.outside.client import Client
from schoolgate.core.work import work
from schoolgate.networks.port import NetworkError
from schoolgate.networks.transport import Transport
from schoolgate.web.frame.errors import server_error
from tests.core.work.test_running import app, stop
from tests.logged import logged

__all__ = ["app"]


@pytest.fixture
def lines():
    """What the log wrote, one dict a line."""
    with logged() as written:
        yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.contextvars.clear_contextvars()


def visit(does=lambda: None, **headers: str) -> HttpResponse:
    """Send one request through the log."""
    request = RequestFactory().get("/posts/17", headers=headers)
    request.resolver_match = ResolverMatch(visit, (), {}, route="posts/<int:pk>")

    def view(_request: object) -> HttpResponse:
        does()
        return HttpResponse("ok")

    return RequestLog(view)(request)


def asks(status: int | None = 200) -> None:
    """Ask a network."""

    def answers(request: httpx.Request) -> httpx.Response:
        if status is None:
            raise httpx.ReadTimeout("slow")
        return httpx.Response(status, json={}, stream=None)

    transport = Transport(
        "https://pds.test", time_out=5, client=Client(transport=httpx.MockTransport(answers))
    )
    transport.exchange("GET", "/xrpc/secret-address", changes=False, params={"token": "secret-word"})


def test_all_that_a_request_writes_has_one_number_which_its_answer_tells(lines):
    first, second = visit(asks), visit(asks)
    of = {answer["X-Request-ID"]: [] for answer in (first, second)}
    for line in lines():
        of[line["trace"]].append(line["event"])
    assert list(of.values()) == [["network", "request"]] * 2
    assert "secret" not in json.dumps(lines())


def test_what_a_stranger_sends_as_a_number_is_not_taken():
    sent = "a" * 32
    answer = visit(**{"X-Request-ID": sent, "traceparent": f"00-{sent}-00f067aa0ba902b7-01"})
    assert answer["X-Request-ID"] not in ("", sent)


def test_a_call_without_an_answer_is_told_by_what_happened(lines):
    with pytest.raises(NetworkError):
        asks(None)
    [line] = lines()
    assert (line["event"], line["host"], line["status"]) == ("network", "pds.test", "too_slow")


@pytest.mark.usefixtures("own_database")
def test_a_job_and_the_job_that_it_makes_go_on_with_the_number_of_the_request(app, lines):
    seen: list[str] = []

    def second() -> None:
        seen.append(tracing.current())
        asks()
        stop()

    def first() -> None:
        seen.append(tracing.current())
        app.tasks["second"].defer()

    app.task(name="first", queue=lanes.AT_HAND)(first)
    app.task(name="second", queue=lanes.AT_HAND)(second)
    answer = visit(app.tasks["first"].defer)
    structlog.contextvars.clear_contextvars()
    assert ProcrastinateJob.objects.get().args == {tracing.TRACE: answer["X-Request-ID"]}
    asyncio.run(work(app, slots={lanes.AT_HAND: 1}))
    assert seen == [answer["X-Request-ID"]] * 2
    assert [each["event"] for each in lines() if each.get("trace") == answer["X-Request-ID"]] == [
        "request", "network",
    ]  # fmt: skip


@pytest.mark.usefixtures("own_database")
def test_jobs_that_no_request_made_have_each_a_number_of_their_own(app):
    seen: list[str] = []

    def alone() -> None:
        seen.append(tracing.current())
        if len(seen) == 2:
            stop()

    app.task(name="alone", queue=lanes.AT_HAND)(alone)
    for _ in range(2):
        app.tasks["alone"].defer()
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{}, {}]
    asyncio.run(work(app, slots={lanes.AT_HAND: 1}))
    assert len(set(seen)) == 2
    assert all(len(each) == 32 for each in seen)


def test_where_no_traces_are_sent_a_span_is_the_same_nothing_each_time():
    assert tracing.span("a") is tracing.span("b", task="c")
    assert isinstance(tracing.span("a"), nullcontext)


def test_the_reference_on_the_page_of_an_error_leads_to_all_lines_about_it(lines):
    seen: list[HttpResponse] = []
    answer = visit(lambda: seen.append(server_error(RequestFactory().get("/"))))
    number = answer["X-Request-ID"]
    assert number[:8] in seen[0].content.decode()
    assert {each["trace"] for each in lines()} == {number}
