"""A canary goes through every address with a secret, in every way a request can fail: no log has it."""

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import URLPattern, get_resolver

from schoolgate.config.logging import logging_settings
from schoolgate.core.env import env
from schoolgate.web.frame.errors import ANYBODY
from tests.logged import logged
from tests.web.addresses import ALL, Address

pytestmark = pytest.mark.django_db

CANARY = "canary7f3a91"
NAMES_IN_PUBLIC_ADDRESSES = {
    "federation", "school", "directory", "entry", "key", "digest", "uidb36",
}  # fmt: skip
"""What the address of a page without sign-in may name openly: everybody can know these."""


def private_doors() -> list[Address]:
    return [each for each in ALL if "<secret:" in each.route]


def path_of(address: Address) -> str:
    values = dict.fromkeys(address.parameters, CANARY)
    return address.path(**values | {"federation": "wildground", "uidb36": "1"})


@pytest.fixture
def log(capfd):
    """Everything that the process writes while the test runs, at the lowest level."""
    with logged(form="text", level="DEBUG") as written:

        def everything() -> str:
            return written.getvalue() + "".join(capfd.readouterr())

        yield everything


@pytest.fixture
def stranger(federation) -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def test_an_address_that_anybody_may_open_carries_only_public_names_numbers_and_declared_secrets():
    open_to_all = [
        each
        for each in ALL
        if not each.name.startswith("api:") and getattr(each.view, "open_to", ANYBODY) == ANYBODY
    ]
    undeclared = {
        each.route
        for each in open_to_all
        if "(?P" in each.route
        or any(
            f"<int:{name}>" not in each.route
            and f"<secret:{name}>" not in each.route
            and (name not in NAMES_IN_PUBLIC_ADDRESSES or f"<str:{name}>" in each.route)
            for name in each.parameters
        )
    }
    assert len(open_to_all) > 40
    assert undeclared == set(), "Write <secret:token> for a secret, or name what everybody may know here."


def test_the_doors_that_are_known_are_found():
    assert {each.name for each in private_doors()} >= {
        "consent", "invitation", "set-up-begin", "account_reset_password_from_key", "governors-by-link",
        "policy-by-link", "rota-feed", "posts-feed", "handed-over",
    }  # fmt: skip


@pytest.mark.parametrize("address", private_doors(), ids=lambda address: address.name)
def test_the_canary_is_in_no_line(address, stranger, log):
    path = path_of(address)
    assert CANARY in path
    statuses = [
        stranger.get(path).status_code,
        stranger.get(path, {"code": CANARY, "in": CANARY}).status_code,
        stranger.head(path).status_code,
        stranger.post(path).status_code,  # without a cookie
        stranger.get(f"{path}/more").status_code,
        stranger.get(f"{path}/").status_code,
        stranger.get(f"/no-federation{path}").status_code,
        stranger.get(path, headers={"Host": f"{CANARY}.example"}).status_code,
        stranger.get(f"/{CANARY}", headers={"Referer": f"http://testserver{path}"}).status_code,
    ]
    stranger.cookies["csrftoken"] = "a" * 32
    statuses += [
        stranger.post(path, {"csrfmiddlewaretoken": CANARY}).status_code,
        stranger.put(path).status_code,
        stranger.post(path, headers={"Origin": f"https://elsewhere.example{path}"}).status_code,
        stranger.post(
            path, secure=True, headers={"Referer": f"https://elsewhere.example{path}?a={CANARY}"}
        ).status_code,
        stranger.post(
            path, "a" * 1_000_001, content_type="application/x-www-form-urlencoded"
        ).status_code,
        stranger.post(path, f"csrfmiddlewaretoken={CANARY}&" + "a&" * 1_001,
                      content_type="application/x-www-form-urlencoded").status_code,
        stranger.get(path, headers={"X-Long": path * 2_000}).status_code,
    ]  # fmt: skip
    asks_cookie = not getattr(address.view, "csrf_exempt", False)
    assert {400, 404, 413, 431, *({403} if asks_cookie else ())} <= set(statuses)
    assert_silent(log())


def test_nor_when_a_page_breaks(stranger, log, monkeypatch):
    for address in private_doors():
        [pattern] = [each for each in patterns(get_resolver()) if each.name == address.name]
        for error in (ValueError, SuspiciousOperation):

            def broken(*_: object, of=address, error=error, **__: object) -> None:
                raise error(f"no row for {path_of(of)}?{CANARY}")

            monkeypatch.setattr(pattern, "callback", broken)
            assert stranger.get(path_of(address)).status_code in (400, 500), address.name
            assert_silent(log())


def test_nor_from_a_sender_over_the_limit(stranger, log, sent_before):
    path = "/wildground/consent/" + CANARY
    assert stranger.get(path).status_code == 404
    sent_before(200)
    assert stranger.get(path).status_code == 429
    assert_silent(log())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("httpx", "HTTP Request: GET https://example.org/x?token={} 200"),
        ("urllib3.connectionpool", '"GET /invitation/{} HTTP/1.1" 200'),
        ("somebody.else", "Not Found: /wildground/consent/{}"),
        ("somebody.else", "came from https://social.example.sch.uk/invitation/{}/"),
        ("_granian.wsgi", "[2026-11-25] 127.0.0.1 - GET /set-up/begin/{} HTTP/1.1 403"),
        ("schoolgate.new", "back?state=1&code={}"),
    ],
)
def test_nor_from_a_part_that_writes_addresses_of_its_own(name, said, log, monkeypatch):
    logging.getLogger(name).error(said.format(CANARY))
    logging.getLogger(name).error(said.replace("{}", "%s"), CANARY)
    assert_silent(log())


def assert_silent(written: str) -> None:
    assert '"event"' in written or "[" in written, "the log wrote nothing at all"
    assert [line for line in written.splitlines() if CANARY in line.lower()] == []


def patterns(resolver) -> list[URLPattern]:
    return [
        one
        for each in resolver.url_patterns
        for one in ([each] if isinstance(each, URLPattern) else patterns(each))
    ]


def test_no_part_writes_past_the_one_formatter():
    logging_settings(env())
    own = {
        name: found.handlers
        for name, found in logging.Logger.manager.loggerDict.items()
        if isinstance(found, logging.Logger)
        and any(not isinstance(handler, logging.NullHandler) for handler in found.handlers)
    }
    assert own == {}
