"""The one way out: which trouble means what, what is never written down, and where a key is never sent."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.outside.client import Client, Reach
from schoolgate.networks.bluesky.client import Bluesky, Session
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.transport import LARGEST_ANSWER, Answer, Transport, check_service, redacted, refusal
from tests.slow_server import answering

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC).timestamp()


def through(handler, time_out=5.0):
    return Transport(
        "https://pds.test", time_out=time_out, client=Client(transport=httpx.MockTransport(handler))
    )


def raising(error):
    def handler(request):
        raise error

    return handler


LOST = [
    (httpx.ConnectError("x"), ("unreachable", "try_again", False)),
    (httpx.ConnectTimeout("x"), ("unreachable", "try_again", False)),
    (httpx.PoolTimeout("x"), ("unreachable", "try_again", False)),
    (httpx.ReadTimeout("x"), ("timed_out", "try_again", True)),
    (httpx.WriteTimeout("x"), ("timed_out", "try_again", True)),
    (httpx.RemoteProtocolError("x"), ("unreadable_answer", "try_again", True)),
    (httpx.ReadError("x"), ("unreadable_answer", "try_again", True)),
    (httpx.WriteError("x"), ("unreadable_answer", "try_again", True)),
]


@pytest.mark.parametrize(("error", "told"), LOST, ids=[type(error).__name__ for error, _ in LOST])
@pytest.mark.parametrize("changes", [True, False])
def test_a_lost_answer_leaves_the_outcome_open_only_where_something_changes(error, told, changes):
    with pytest.raises(NetworkError) as raised:
        through(raising(error)).exchange("POST", "/x", changes=changes)

    found = raised.value
    code, what_next, unknown = told
    assert (found.code, found.what_next, found.outcome_unknown) == (code, what_next, unknown and changes)


UNREADABLE = [b"<html>", b'{"uri": "at://d', b"[1, 2]", b"null", b"\xff\xfe", b"[" * 100_000]


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_yes_that_cannot_be_read_leaves_the_outcome_open(body):
    with pytest.raises(NetworkError) as raised:
        through(lambda request: httpx.Response(200, content=body)).exchange("POST", "/x", changes=True)

    assert (raised.value.code, raised.value.outcome_unknown) == ("unreadable_answer", True)


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_no_that_cannot_be_read_is_still_a_no(body):
    answer = through(lambda request: httpx.Response(400, content=body)).exchange("POST", "/x", changes=True)

    assert (answer.ok, answer.status, answer.data) == (False, 400, {})


def test_an_empty_yes_is_a_yes():
    answer = through(lambda request: httpx.Response(200)).exchange("POST", "/x", changes=True)

    assert (answer.ok, answer.data) == (True, {})


def test_an_answer_without_end_is_cut():
    def handler(request):
        return httpx.Response(200, content=b"a" * (LARGEST_ANSWER + 1))

    with pytest.raises(NetworkError, match="unreadable_answer"):
        through(handler).exchange("GET", "/x", changes=False)


@pytest.mark.parametrize("changes", [True, False])
def test_an_answer_that_drips_ends_with_the_time(own_server, changes):
    hints = [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"] * 200
    with answering(hints, 0.02) as slow, pytest.raises(NetworkError) as told:
        Transport(slow.origin, time_out=0.5).exchange("POST", "/x", changes=changes)

    assert (told.value.code, told.value.outcome_unknown) == ("timed_out", changes)
    assert slow.sent < len(hints)


DISGUISED = ["2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "10.0.0.1", "192.168.0.1"]


@pytest.mark.parametrize("host", DISGUISED)
def test_this_machine_and_the_network_around_it_are_no_server_of_bluesky(own_server, host):
    given = Credential("oakwood.test", "password", f"https://{host}")
    with pytest.raises(NetworkError) as told:
        Bluesky(all_capabilities()["bluesky"], given).profile()

    assert (told.value.code, told.value.what_next) == ("bad_address", "give_up")


def test_a_server_that_an_accounts_document_names_inside_is_not_asked():
    client = Client(Reach(resolve=lambda host, port: ["10.0.0.5"]))
    session = Session("did:plc:x", "oakwood.test", "access", "refresh", host="https://pds.evil.test")
    given = Credential("oakwood.test", "password", "", session=json.dumps(asdict(session)))
    with pytest.raises(NetworkError, match="bad_address"):
        Bluesky(all_capabilities()["bluesky"], given, client=client).profile()


def test_a_redirect_is_not_followed():
    asked = []

    def handler(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "https://elsewhere.test/"})

    answer = through(handler).exchange(
        "POST", "/x", changes=True, headers={"Authorization": "Bearer secret-token"}
    )

    assert (asked, refusal(answer, changes=True).code) == (["https://pds.test/x"], "refused")


REFUSALS = [
    (302, ("refused", "give_up", False)),
    (400, ("refused", "give_up", False)),
    (401, ("sign_in", "reconnect", False)),
    (403, ("not_allowed", "reconnect", False)),
    (404, ("not_found", "give_up", False)),
    (408, ("timed_out", "try_again", True)),
    (413, ("refused", "give_up", False)),
    (422, ("refused", "give_up", False)),
    (429, ("too_fast", "try_again", False)),
    (500, ("network_trouble", "try_again", True)),
    (501, ("refused", "give_up", False)),
    (502, ("network_trouble", "try_again", True)),
    (503, ("network_trouble", "try_again", True)),
    (504, ("network_trouble", "try_again", True)),
]


@pytest.mark.parametrize(("status", "told"), REFUSALS)
def test_each_status_has_its_class(status, told):
    error = refusal(Answer(status, {}, {}), changes=True)

    assert (error.code, error.what_next, error.outcome_unknown) == told


WAITS = [
    ({"retry-after": "30"}, 30.0),
    ({"retry-after": "Mon, 01 Mar 2027 09:02:00 GMT"}, 120.0),
    ({"retry-after": "Mon, 01 Mar 2027 08:00:00 GMT"}, 0.0),
    ({"retry-after": "99999999999999999999"}, 86_400.0),
    ({"retry-after": "soon"}, None),
    ({"retry-after": "-5"}, None),
    ({"retry-after": "²"}, None),
    ({"ratelimit-reset": str(int(NOW) + 60)}, 60.0),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_how_long_the_network_asks_us_to_wait(headers, seconds):
    assert refusal(Answer(429, headers, {}), changes=True, at=NOW).retry_after == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_read_without_harm(text):
    wait = refusal(Answer(429, {"retry-after": text}, {}), changes=True, at=NOW).retry_after

    assert wait is None or 0.0 <= wait <= 86_400.0


SECRETS = [
    "Bearer abcdefgh12345678",
    "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6ImNvbS5hdHByb3RvLmFwcFBhc3MifQ.sig-na_ture",
    "token=eyJ0eXAiOiJhdCtqd3Qi.half",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_token_stays_in_an_errors_detail(secret):
    error = refusal(Answer(400, {}, {"error": "Bad", "message": f"You sent {secret} to us"}), changes=True)

    assert ("eyJ" in error.detail, "abcdefgh" in error.detail, error.detail[:5]) == (False, False, "Bad: ")


def test_a_detail_is_short():
    assert len(redacted("x" * 5000)) == 300


def test_what_an_error_says_of_itself_holds_nothing_of_the_network():
    error = refusal(Answer(400, {}, {"message": "a pupil's name"}), changes=True)

    assert str(error) == "refused (give_up)"


SERVICES = [
    ("https://bsky.social", "https://bsky.social"),
    (" https://pds.school.test:8443/ ", "https://pds.school.test:8443"),
    ("https://[2606:2800:220::1]", "https://[2606:2800:220::1]"),
]


@pytest.mark.parametrize(("address", "origin"), SERVICES)
def test_a_servers_address_is_taken(address, origin):
    assert check_service(address) == origin


NO_SERVICES = [
    "http://bsky.social", "http://localhost:2583", "http://127.0.0.1:2583/", "http://[::1]:2583",
    "http://2130706433", "https://127.0.0.1:8443", "https://localhost",
    "https://[::1]", "https://10.0.0.1", "ftp://bsky.social", "https://user:secret@bsky.social", "https://bsky.social/path",
    "https://bsky.social?x=1", "https://bsky.social:99999", "bsky.social", "", "https://",
]  # fmt: skip


@pytest.mark.parametrize("address", NO_SERVICES)
def test_a_key_is_never_sent_anywhere_else(address):
    with pytest.raises(NetworkError, match="bad_address"):
        check_service(address)


NAMED = [
    ("http://localhost:2583", "localhost", "http://localhost:2583"),
    ("http://127.0.0.1:2583/", "127.0.0.1:2583", "http://127.0.0.1:2583"),
    ("http://[::1]:2583", "[::1]", "http://[::1]:2583"),
    ("http://PDS.school.lan", "pds.School.lan", "http://pds.school.lan"),
]


@pytest.mark.parametrize(("address", "named", "origin"), NAMED)
def test_plain_http_is_spoken_with_servers_that_the_operator_named(private_hosts, address, named, origin):
    private_hosts(f"other.school.lan, {named}")
    assert check_service(address) == origin
    private_hosts("other.school.lan, localhost:2582")
    with pytest.raises(NetworkError, match="bad_address"):
        check_service(address)


def test_what_is_sent_is_json_and_its_answer_is_read():
    def handler(request):
        return httpx.Response(200, json={"got": json.loads(request.content), "path": request.url.path})

    answer = through(handler).exchange("POST", "/xrpc/x", changes=True, body={"text": "Dŵr"})

    assert answer.data == {"got": {"text": "Dŵr"}, "path": "/xrpc/x"}
