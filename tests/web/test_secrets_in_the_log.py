"""A canary goes through every address with a secret, in every way a request can fail, and made-up secrets go
through every door: no log has them, no record and no table."""

import json
import logging
import re
from io import StringIO
from types import SimpleNamespace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from schoolgate.config.logging import logging_settings
from schoolgate.core import vault
from schoolgate.core.env import Env, env
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.jobs.everywhere import in_every_federation
from schoolgate.notices.models import SignInMail
from schoolgate.web.frame.closed import ANYBODY
from tests.web.addresses import ALL, Address
from tests.web.inboxes import wild
from tests.web.signing import PASSWORD, SECRET, code, is_signed_in, with_app, with_password

__all__ = ["wild"]

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
def log(monkeypatch, capfd):
    """Everything that the process writes while the test runs, at the lowest level."""
    monkeypatch.setenv("SCHOOLGATE_LOG_LEVEL", "DEBUG")
    logging_settings(Env())
    written = StringIO()
    monkeypatch.setattr(logging.getLogger().handlers[0], "stream", written)

    def everything() -> str:
        return written.getvalue() + "".join(capfd.readouterr())

    yield everything
    monkeypatch.undo()
    logging_settings(env())


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


SPOKEN = SimpleNamespace(
    wrong="wrong-canary-of-a-password", new="new-canary-of-a-password", key="canary-app-word-of-bluesky",
    program="sg_canary0of0a0programs0key0that0is0none", reply="canary-token-in-an-error",
)  # fmt: skip
"""Made-up secrets that are typed, sent, answered and raised."""


def test_no_log_and_no_table_has_a_secret_that_went_through_a_door(wild, log, httpserver, monkeypatch):
    amina, browser = with_app(with_password(wild.people.amina)), Client(raise_request_exception=False)
    known = [SECRET, PASSWORD, *vars(SPOKEN).values()]
    known += through_sign_in(amina, browser)
    known += through_programs(amina, browser)
    through_networks(wild, httpserver)
    through_errors(browser, monkeypatch)
    httpserver.clear()

    written = log()
    assert "sign_in_failed" in written
    assert "LookupError" in written
    assert [one for one in known if one.lower() in written.lower()] == []
    held = all_rows(wild.federation.pk)
    assert "people.token_made" in held["the record"]
    assert len(held) > 100
    session = browser.session.session_key
    found = {(table, one) for table, text in held.items() for one in known if one in text}
    assert {table for table, one in found if one == session} == {"django_session", "usersessions_usersession"}
    assert {(table, one) for table, one in found if one != session} == set()


def through_sign_in(person, browser) -> list[str]:
    """Wrong and right passwords and codes, a confirmation, a link by mail, another password."""
    signing_in = reverse("account_login")
    browser.post(signing_in, {"login": person.user.email, "password": SPOKEN.wrong})
    browser.post(signing_in, {"login": SPOKEN.wrong, "password": SPOKEN.wrong})
    browser.post(signing_in, {"login": person.user.email, "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    cache.clear()
    shown = code()
    browser.post(reverse("mfa_authenticate"), {"code": shown})
    browser.post(reverse("account_reauthenticate"), {"password": SPOKEN.wrong})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    recovery = RecoveryCodes.activate(person.user).generate_codes()
    browser.post(reverse("account_reset_password"), {"email": person.user.email})
    [mail] = SignInMail.objects.exclude(sealed="").order_by("-pk")[:1]
    [link] = re.findall(r"/password/new/\w+-(\S+)", json.loads(vault.unseal(mail.sealed))[1])
    new = {"password1": SPOKEN.new, "password2": SPOKEN.new}
    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert is_signed_in(browser) is True
    return [link, *recovery, browser.session.session_key]


def through_programs(person, browser) -> list[str]:
    """A key that is made, used and put where it doesn't belong, and one that is none."""
    made = browser.post(reverse("add-my-key"), {"name": "Newsletter", "may": "write", "days": "30"})
    [key] = re.findall(r"sg_\w+", made.content.decode())
    for sent in (key, SPOKEN.program):
        program = Client(headers={"Authorization": f"Bearer {sent}"}, raise_request_exception=False)
        program.get("/api/v1/me", {"key": sent})
        program.post("/api/v1/posts", {"text": sent}, content_type="application/json")
        program.post("/api/v1/posts", f'{{"text": "{sent}', content_type="application/json")
        program.get(f"/api/v1/decisions/{sent}")
    return [key]


def through_networks(wild, httpserver) -> None:
    """Keys that a server refuses in words that repeat them."""
    told = {"error": "AuthMissing", "message": f"no session for {SPOKEN.key}: {SPOKEN.reply}"}
    httpserver.expect_request(re.compile("/xrpc/.*")).respond_with_json(told, status=401)
    given = {"handle": "north.test", "secret": SPOKEN.key, "service": httpserver.url_for("").rstrip("/")}
    wild.mari.raise_request_exception = False
    answer = wild.mari.post(
        reverse("account-connect", args=[wild.bluesky.pk]), given | {"network": "bluesky"}
    )
    assert answer.status_code == 422
    assert SPOKEN.key not in answer.content.decode()


def through_errors(browser, monkeypatch) -> None:
    """A page and a job that break with a secret in hand."""

    def broken(*_: object, **__: object) -> None:
        raise LookupError(f"no row for {SPOKEN.reply}") from ValueError(SPOKEN.key)

    monkeypatch.setattr("schoolgate.web.people.me._shown", broken)
    answer = browser.get(reverse("me"))
    assert answer.status_code == 500
    assert SPOKEN.reply not in answer.content.decode()
    in_every_federation(broken, failed="a sweep failed")


def all_rows(federation: int) -> dict[str, str]:
    """Every row that the program can read in this federation, as text; the record as its bytes say it."""
    held = {}
    with scope(federation), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {connection.ops.quote_name(table)} t")
            held[table] = cursor.fetchone()[0] or ""
        held["the record"] = " ".join(bytes(row.stored).decode() for row in LedgerRow.objects.all())
    return held
