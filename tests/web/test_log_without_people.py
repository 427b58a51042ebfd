"""Pages and jobs, walked through with words that belong to people: the log has none of them."""

import json
import logging
from io import StringIO

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.jobs import app as jobs
from schoolgate.jobs.everywhere import in_every_federation
from tests.logged import logged
from tests.web.inboxes import NOW, incoming, wild

__all__ = ["wild"]

COMMENT, PASSWORD, TOKEN, SEARCH = (
    "Blodwen fell at Pantglas",
    "correct-horse-battery",
    "tok-7f3a91",
    "Rhiannon",
)
STRANGER = "stranger.parent@village.example"
PLANTED = (COMMENT, PASSWORD, TOKEN, SEARCH, STRANGER, "Blodwen", "A Parent", "parent.test")
NOT_RUN_HERE = {"daily.backups", "hourly.backups"}
"""These start programs of their own; what they log are numbers and codes (tests/core/test_backups.py)."""


@pytest.fixture
def log():
    """Everything that is written while the test runs, at the lowest level that can be chosen."""
    with logged(level="DEBUG") as written:
        yield written


@pytest.fixture
def words(wild):
    """What belongs to people here: planted, and the names and addresses of those who are in the house."""
    with scope(wild.federation.pk):
        ingest(at=NOW, account=wild.bluesky, items=[incoming(COMMENT)])
    people = vars(wild.people).values()
    return [*PLANTED, *(person.name for person in people), *(person.email for person in people)]


def found_in(log: StringIO, words: list[str]) -> list[str]:
    return [word for word in words if word in log.getvalue()]


def all_in(resolver) -> list[URLPattern]:
    """The addresses of a resolver and of those inside it."""
    inside = resolver.url_patterns
    return [one for each in inside for one in ([each] if isinstance(each, URLPattern) else all_in(each))]


def plain_pages() -> list[str]:
    """Every address inside that takes nothing."""
    routes = [str(one.pattern) for one in all_in(get_resolver("schoolgate.web.urls"))]
    return [
        f"/{route}" for route in routes if "<" not in route and "(" not in route and "sign-out" not in route
    ]


def test_pages_that_are_read_and_searched(wild, words, log):
    pages = plain_pages()
    assert len(pages) > 40
    with scope(wild.federation.pk):
        item = Item.objects.get()
    for page in [*pages, f"/comments/{item.pk}"]:
        wild.mari.get(page, {"q": SEARCH, "token": TOKEN})
    assert log.getvalue().count('"event": "request"') > 40
    assert found_in(log, words) == []


def test_what_is_typed_and_refused(wild, words, log):
    typed = {"login": STRANGER, "email": STRANGER, "password": PASSWORD, "text": COMMENT, "name": SEARCH}
    stranger = Client()
    for page in ("/sign-in", "/password/reset", "/something-is-wrong", f"/invitation/{TOKEN}"):
        stranger.post(page, typed)
    for page in ("/posts/new", "/people/new", "/policy/may-i", "/comments/paste"):
        wild.mari.post(page, typed)
    stranger.get("/api/v1/me", headers={"Authorization": f"Bearer {TOKEN}"})
    stranger.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    stranger.get(f"/nowhere/{STRANGER}", {"q": COMMENT}, headers={"Host": f"{SEARCH}.example"})
    assert found_in(log, words) == []


def test_a_page_that_breaks_while_it_has_words_in_hand(wild, words, log, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ValueError(COMMENT)

    monkeypatch.setattr("schoolgate.web.running.running.render", broken)
    wild.sam.raise_request_exception = False
    assert wild.sam.get("/running", {"q": SEARCH}).status_code == 500
    assert "ValueError" in log.getvalue()
    assert found_in(log, words) == []


def test_jobs_of_every_rhythm(wild, words, log):
    for name in jobs.sweeps():
        if name not in NOT_RUN_HERE:
            jobs.sweep_of(name)(NOW)
    assert found_in(log, words) == []


def test_a_job_that_breaks_while_it_has_words_in_hand(wild, words, log):
    def broken(_: int) -> None:
        raise LookupError(COMMENT)

    in_every_federation(broken, failed="a sweep failed")
    [line] = [json.loads(text) for text in log.getvalue().splitlines()]
    assert (line["event"], line["error"]) == ("a sweep failed", "LookupError")
    assert found_in(log, words) == []


def test_the_test_itself_would_find_a_word(words, log):
    logging.getLogger("schoolgate.web").error("it said %s", COMMENT)
    assert found_in(log, words) == [COMMENT, "Blodwen"]
