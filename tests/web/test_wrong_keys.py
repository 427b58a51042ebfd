"""Keys that are wrong, have run out or were taken back: somebody is told in plain words and has something to
do about it, and the key itself stands nowhere."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from schoolgate.accounts.connecting import put_keys
from schoolgate.accounts.models import Account
from schoolgate.cli.demo.posts import ANSWERS
from schoolgate.core.home import keys
from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import ingesting
from schoolgate.networks.port import Credential
from schoolgate.networks.registry import network_keys
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.everything import Everything, everything

NOW = datetime.now(UTC)
BEFORE = NOW - timedelta(minutes=5)
SECRET, TOKEN = "abcd-efgh-ijkl-mnop", "a-token-of-a-session-that-nobody-may-read"
PASSWORD_WRONG = (401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
EXPIRED = (400, {"error": "ExpiredToken", "message": f"Token {TOKEN} has expired"})
TAKEN_BACK = (401, {"error": "AuthMissing", "message": f"no session for {SECRET}"})


@pytest.fixture
def log(caplog):
    """Everything that any part of the program or its libraries logs."""
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture
def ours(in_world, home) -> Everything:
    return in_world(everything, NOW).everything


@pytest.fixture
def server(httpserver):
    """A server that refuses: `server(sign_in, rest)` sets the answers, (status, JSON)."""

    def answers(sign_in, rest=EXPIRED):
        httpserver.clear()
        signing_in = "/xrpc/com.atproto.server.createSession"
        httpserver.expect_request(signing_in).respond_with_json(sign_in[1], status=sign_in[0])
        httpserver.expect_request("/xrpc/com.atproto.server.refreshSession").respond_with_json(
            rest[1], status=rest[0]
        )
        for path in ("applyWrites", "createRecord", "getRecord"):
            httpserver.expect_request(f"/xrpc/com.atproto.repo.{path}").respond_with_json(
                rest[1], status=rest[0]
            )
        for path in ("notification.listNotifications", "feed.getPostThread", "actor.getProfile"):
            httpserver.expect_request(f"/xrpc/app.bsky.{path}").respond_with_json(rest[1], status=rest[0])
        return httpserver.url_for("").rstrip("/")

    return answers


@pytest.fixture
def account(ours, server) -> Account:
    """An open Bluesky account with keys and a session that once worked."""
    service = server(PASSWORD_WRONG)
    session = json.dumps({"did": "did:plc:x", "handle": "north.test", "access": TOKEN, "refresh": TOKEN})
    with scope(ours.federation.pk):
        made = account_on("bluesky", ours.school, BEFORE)
        put_keys(made, Credential("north.test", SECRET, service, session))
        made.connected_at = BEFORE
        made.save()
    return made


def deliver(ours: Everything, account: Account) -> tuple[str, str, int]:
    """Publish on the account; gives the intent's state, its reason, and the post."""
    with scope(ours.federation.pk):
        post = draft_post(
            by=ours.amina, at=BEFORE, school=ours.school, answers=ANSWERS,
            targets=[TargetText(account, "Sports day is on Friday.")],
        )  # fmt: skip
        post = submit_post(by=ours.amina, at=BEFORE, post=post)
        seen = queries.seen_now(post, at=BEFORE)
        post = approve_post(by=ours.ben, at=BEFORE, post=post, seen=seen)
        written = begin_sending(at=BEFORE, post=post)[0]
    sending.advance(ours.federation.pk, written.pk, clock=lambda: NOW)
    with scope(ours.federation.pk):
        row = queries.delivery(written.pk)
    return row.state, row.because, row.post_id


def says_no_secret(ours: Everything, log: pytest.LogCaptureFixture) -> None:
    """The key and the token stand in no log line, no line of the record, and in no column of any table."""
    with scope(ours.federation.pk):
        record = "".join(bytes(row.stored).decode() for row in LedgerRow.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("SELECT array_agg(d::text) FROM duties_duty d")
            duties = str(cursor.fetchone())
            cursor.execute("SELECT array_agg(d::text) FROM publishing_delivery d")
            deliveries = str(cursor.fetchone())
            cursor.execute("SELECT array_agg(a::text) FROM accounts_account a")
            accounts = str(cursor.fetchone())
    for place in (log.text, *map(str, log.records), record, duties, deliveries, accounts):
        assert SECRET not in place
        assert TOKEN not in place


SIGN_IN = "no longer accepts this account’s access key."


def test_wrong_keys_are_refused_at_the_page_in_words_and_kept_nowhere(ours, server, sign_in, log):
    """Tried on another network than the account's, they are no error of ours."""
    with scope(ours.federation.pk):
        bare = account_on("bluesky", ours.school, BEFORE)
        browser = sign_in(someone("Mari Lewis", "administrator-moderator"))
    browser.raise_request_exception = False
    for sign_in_answer in (PASSWORD_WRONG, TAKEN_BACK):
        given = {"handle": "north.test", "secret": SECRET, "service": server(sign_in_answer)}

        answer = browser.post(reverse("account-connect", args=[bare.pk]), {**given, "network": "bluesky"})

        assert answer.status_code == 422
        assert SIGN_IN in answer.content.decode()
        assert SECRET not in answer.content.decode()
    for network in (*network_keys(), "", "no such network"):
        answer = browser.post(reverse("account-connect", args=[bare.pk]), {**given, "network": network})
        assert answer.status_code in (404, 422), network
    with scope(ours.federation.pk):
        assert Account.objects.get(pk=bare.pk).vault_ref is None
    says_no_secret(ours, log)


@pytest.mark.parametrize("rest", [EXPIRED, TAKEN_BACK])
def test_a_post_that_the_key_does_not_open_for_is_told_to_its_author_and_the_account_is_to_be_connected(
    ours, account, server, sign_in, log, rest
):
    server(PASSWORD_WRONG, rest)
    for _ in range(3):
        ingesting.poll(ours.federation.pk, account.pk, clock=lambda: NOW)
    with scope(ours.federation.pk):
        assert Duty.objects.filter(kind="account.reconnect").count() == 1

    state, because, post_id = deliver(ours, account)

    assert (state, because) == ("failed", "sign_in")
    with scope(ours.federation.pk):
        assert Duty.objects.get(kind="delivery.failed").person_id == ours.amina.pk
    page = sign_in(ours.amina).get(reverse("post", args=[post_id])).content.decode()
    assert SIGN_IN in page
    assert "Connect the account again" in page
    says_no_secret(ours, log)


def test_keys_that_cannot_be_opened_any_more_are_somebodys_to_give_again(ours, account, log):
    """The home's keys were lost: nothing of the vault can be read, and nobody is left waiting."""
    (keys() / "vault.keys").unlink()

    state, because, _ = deliver(ours, account)
    ingesting.poll(ours.federation.pk, account.pk, clock=lambda: NOW)

    assert (state, because) == ("failed", "sign_in")
    with scope(ours.federation.pk):
        assert Duty.objects.filter(kind="account.reconnect").count() == 1
    says_no_secret(ours, log)
