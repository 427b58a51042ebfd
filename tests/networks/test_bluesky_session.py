"""Signing in to Bluesky as seldom as can be, and never with a key at the wrong server."""

import json

import httpx
import pytest

from schoolgate.core.outside.client import Client
from schoolgate.networks.bluesky.client import Session, SignedIn
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.transport import Transport

SIGN_IN = "com.atproto.server.createSession"
RENEW = "com.atproto.server.refreshSession"
TOKENS = {"did": "did:plc:me", "handle": "school.test", "accessJwt": "access-1", "refreshJwt": "refresh-1"}


class Server:
    """Answers by method name, in turn; keeps what it was asked, at which host and with which token."""

    def __init__(self, **answers):
        self.answers = {name: list(given) for name, given in answers.items()}
        self.asked = []

    def __call__(self, request):
        name = request.url.path.rpartition("/")[2]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.asked.append((request.url.host, name, token))
        given = self.answers[name.rpartition(".")[2]]
        status, data = given.pop(0) if len(given) > 1 else given[0]
        return httpx.Response(status, json=data)


def account(server, session=""):
    client = Client(transport=httpx.MockTransport(server))
    transport = Transport("https://bsky.test", time_out=5, client=client)
    return SignedIn(transport, Credential("school.test", "app-password", "https://bsky.test", session))


def kept(**changed):
    known = {"did": "did:plc:me", "handle": "school.test", "access": "access-0", "refresh": "refresh-0"}
    return json.dumps(known | changed)


ENDED = (400, {"error": "ExpiredToken"})


def test_the_first_call_signs_in_and_gives_a_session_to_keep_once():
    server = Server(createSession=[(200, TOKENS)], getThing=[(200, {"a": 1})])
    one = account(server)

    assert (one.ask("x.getThing"), one.ask("x.getThing")) == ({"a": 1}, {"a": 1})
    assert [name for _, name, _ in server.asked] == [SIGN_IN, "x.getThing", "x.getThing"]
    assert Session.read(one.to_keep()) == Session("did:plc:me", "school.test", "access-1", "refresh-1")
    assert one.to_keep() is None


def test_a_kept_session_needs_no_sign_in():
    server = Server(getThing=[(200, {})])
    one = account(server, kept())

    one.ask("x.getThing")

    assert server.asked == [("bsky.test", "x.getThing", "access-0")]


def test_an_ended_token_is_renewed_and_the_call_made_again():
    server = Server(getThing=[ENDED, (200, {})], refreshSession=[(200, TOKENS)])
    one = account(server, kept())

    one.ask("x.getThing")

    assert [(name, token) for _, name, token in server.asked] == [
        ("x.getThing", "access-0"),
        (RENEW, "refresh-0"),
        ("x.getThing", "access-1"),
    ]


def test_a_session_that_has_ended_altogether_signs_in_anew():
    server = Server(getThing=[ENDED, (200, {})], refreshSession=[ENDED], createSession=[(200, TOKENS)])

    account(server, kept()).ask("x.getThing")

    assert [name for _, name, _ in server.asked] == ["x.getThing", RENEW, SIGN_IN, "x.getThing"]


def test_a_token_that_never_counts_ends_after_one_renewal():
    server = Server(getThing=[ENDED], refreshSession=[(200, TOKENS)])

    with pytest.raises(NetworkError) as refused:
        account(server, kept()).ask("x.getThing")

    assert (refused.value.code, refused.value.what_next, len(server.asked)) == ("sign_in", "reconnect", 3)


SIGN_INS = [
    ((401, {"error": "AuthenticationRequired"}), ("sign_in", "reconnect")),
    ((400, {"error": "InvalidRequest"}), ("sign_in", "reconnect")),
    ((401, {"error": "AccountTakedown"}), ("sign_in", "reconnect")),
    ((429, {"error": "RateLimitExceeded"}), ("too_fast", "try_again")),
    ((502, {}), ("network_trouble", "try_again")),
    ((200, {"did": "did:plc:me"}), ("unreadable_answer", "try_again")),
]


@pytest.mark.parametrize(("answer", "told"), SIGN_INS)
def test_a_sign_in_that_fails_changes_nothing_and_says_what_next(answer, told):
    server = Server(createSession=[answer], change=[(200, {})])

    with pytest.raises(NetworkError) as refused:
        account(server).change("x.change", {})

    error = refused.value
    assert ((error.code, error.what_next), error.outcome_unknown, len(server.asked)) == (told, False, 1)


def test_trouble_while_renewing_is_not_a_lost_key():
    server = Server(getThing=[ENDED], refreshSession=[(503, {})])

    with pytest.raises(NetworkError) as refused:
        account(server, kept()).ask("x.getThing")

    assert (refused.value.code, refused.value.what_next) == ("network_trouble", "try_again")


def document(address):
    return {
        "service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": address}]
    }


HOSTS = [
    (document("https://pds7.bsky.test"), "pds7.bsky.test"),
    (document("https://bsky.test/"), "bsky.test"),
    (document("http://localhost:2583"), "bsky.test"),
    (document("https://127.0.0.1"), "bsky.test"),
    (document("ftp://x"), "bsky.test"),
    ({"service": [5, {"id": "#other"}]}, "bsky.test"),
    ("junk", "bsky.test"),
    (None, "bsky.test"),
]


@pytest.mark.parametrize(("given", "host"), HOSTS)
def test_records_are_asked_for_at_the_accounts_own_server(given, host):
    server = Server(createSession=[(200, TOKENS | {"didDoc": given})], getThing=[(200, {})])

    account(server).ask("x.getThing")

    assert [asked[:2] for asked in server.asked] == [("bsky.test", SIGN_IN), (host, "x.getThing")]


def test_a_session_is_renewed_where_it_was_made():
    server = Server(getThing=[ENDED, (200, {})], refreshSession=[(200, TOKENS)])

    account(server, kept(host="https://pds7.bsky.test")).ask("x.getThing")

    assert [asked[:2] for asked in server.asked] == [
        ("pds7.bsky.test", "x.getThing"),
        ("bsky.test", RENEW),
        ("bsky.test", "x.getThing"),
    ]


@pytest.mark.parametrize("text", ["", "junk", "[]", "{}", '{"did": 1, "other": 2}', "null"])
def test_a_session_that_cannot_be_read_is_none(text):
    assert Session.read(text) is None


def test_tokens_are_not_shown():
    assert "access-0" not in repr(Session.read(kept()))
