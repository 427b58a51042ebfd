"""The log says what happened and where, and nothing about anybody."""

import json
import logging
import logging.config

import pytest
import structlog
from django.core.signals import got_request_exception
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from schoolgate.config.logging import RequestLog, logging_settings
from schoolgate.core.env import Env
from tests.logged import logged


@pytest.fixture
def lines():
    """What the log wrote as JSON, one dict a line."""
    with logged() as written:
        yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]


def visit(address: str, route: str, view=lambda request: HttpResponse("ok")) -> RequestLog:
    """Send one request through the log."""
    request = RequestFactory().get(address)
    request.resolver_match = ResolverMatch(view, (), {}, route=route)
    log = RequestLog(view)
    log(request)
    return log


def test_a_request_is_one_line_without_its_address_or_query(lines):
    visit("/posts/17?token=abc&name=Amina", "posts/<int:pk>")
    [line] = lines()
    assert {key: line[key] for key in ("event", "method", "route", "status")} == {
        "event": "request", "method": "GET", "route": "posts/<int:pk>", "status": 200,
    }  # fmt: skip
    assert "Amina" not in json.dumps(line)
    assert "17" not in line["route"]


def test_a_logger_that_has_written_still_can_be_listened_to_after_the_settings_were_read_again(lines):
    used = structlog.get_logger("used")
    used.info("first")
    logging_settings(Env())
    with structlog.testing.capture_logs() as heard:
        used.info("second")
    assert [line["event"] for line in heard] == ["second"]


def test_the_health_page_is_not_worth_a_line(lines):
    visit("/healthz", "healthz")
    assert lines() == []


def test_an_error_is_logged_by_its_kind_and_place_and_never_by_its_text(lines):
    try:
        int("Amina Example")
    except ValueError:
        got_request_exception.send(sender=None, request=RequestFactory().get("/"))
    [line] = lines()
    assert (line["error"], line["event"]) == ("ValueError", "page broke")
    assert line["at"][-1].endswith("test_an_error_is_logged_by_its_kind_and_place_and_never_by_its_text")
    assert "Amina" not in json.dumps(line)


def test_parts_that_write_addresses_are_not_heard(lines):
    logging.getLogger("django.request").warning("Not Found: /reset/%s", "a-token")
    logging.getLogger("httpx").info("HTTP Request: GET https://example.org/?key=secret")
    assert lines() == []
