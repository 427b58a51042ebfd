"""One deadline for a whole call, and public addresses only: whoever asks, and whatever the other end does."""

import contextlib
import socket
import threading
import time

import pytest

from schoolgate.core.outside.client import Client, NotTaken, Reach
from tests.slow_server import HEAD, answering, one_by_one

ANSWER = HEAD + b"{}"
PAUSE, DEADLINE = 0.02, 0.5
"""An answer in a hundred pieces takes two seconds, and comes whole where nobody looks at the deadline."""


def asked(origin: str, *, seconds: float = DEADLINE, most: int = 1000, reach: Reach | None = None, **more):
    with Client(reach or Reach()) as client:
        return client.ask("GET", f"{origin}/", until=time.monotonic() + seconds, most=most, **more)


def why(origin: str, **how) -> NotTaken:
    with pytest.raises(NotTaken) as told:
        asked(origin, **how)
    return told.value


def test_all_clients_of_a_process_share_the_certificates_that_they_read():
    with Client() as one, Client() as other:
        assert one._transport._pool._ssl_context is other._transport._pool._ssl_context


# --- The deadline


@pytest.mark.parametrize(
    "pieces",
    [
        one_by_one(ANSWER) * 2,
        [b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"] * 90 + [ANSWER],
        [b"HTTP/1.1 100 Continue\r\n\r\n"] * 90 + [ANSWER],
        [HEAD, *[b""] * 90, b"{}"],
        [HEAD[:-4], *[b"\r\nX-More: %d" % number for number in range(90)], b"\r\n\r\n{}"],
    ],
    ids=["head byte by byte", "early hints", "continue", "no body", "headers"],
)
def test_an_answer_that_comes_in_pieces_is_given_up_at_the_deadline(own_server, pieces):
    with answering(pieces, PAUSE) as slow:
        told = why(slow.origin)
    assert (told.why, told.before) == ("too_slow", False)
    assert slow.sent < len(pieces), "given up while the answer still came"


def test_the_same_answer_is_read_where_there_is_time(own_server):
    with answering(one_by_one(ANSWER), PAUSE / 10) as slow:
        found = asked(slow.origin, seconds=30)
    assert (found.status, found.body, found.ip) == (200, b"{}", "127.0.0.1")


def test_interim_answers_without_end_are_given_up_by_their_size(own_server):
    with answering([b"HTTP/1.1 103 Early Hints\r\nLink: <%s>\r\n\r\n" % (b"x" * 60_000)] * 500, 0) as slow:
        assert why(slow.origin, seconds=60).why == "too_large"


def test_a_name_that_is_looked_up_without_end_is_given_up(own_server):
    """Nothing was sent, and what comes later is thrown away."""
    end = threading.Event()
    reach = Reach(resolve=lambda host, port: [str(end.wait(60))])
    began = time.monotonic()
    try:
        told = why("https://slow.example", reach=reach)
        waited = time.monotonic() - began
    finally:
        end.set()
    assert (told.why, told.before) == ("too_slow", True)
    assert waited < 5


def test_a_server_that_does_not_answer_the_handshake_is_given_up(own_server):
    with answering([b"\x16\x03\x03\x40\x00", *[b"\x02"] * 200], PAUSE) as slow:
        told = why(slow.origin.replace("http:", "https:"))
    assert (told.why, told.before) == ("too_slow", True)


def test_what_is_sent_to_a_server_that_does_not_read_is_given_up(own_server):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        told = why(origin, content=b"x" * 60_000_000)
    assert (told.why, told.before) == ("too_slow", False)


def test_a_deadline_that_is_over_asks_nobody(own_server):
    with answering([ANSWER], 0) as slow:
        told = why(slow.origin, seconds=-1)
    assert (told.why, told.before) == ("too_slow", True)


# --- Where it goes

INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254",
    "0.0.0.0", "100.64.0.1",
    "::1", "::", "fe80::1", "fc00::1", "fec0::1", "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:0::1", "ff02::1", "255.255.255.255",
]  # fmt: skip
DISGUISED = [
    "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::1]", "[::]", "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.0.0.1.",
]  # fmt: skip


class Dialled(Reach):
    """Notes to which addresses it would connect."""

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        GONE_TO.append((ip, port))
        raise ConnectionRefusedError


GONE_TO: list[tuple[str, int]] = []


@pytest.fixture(autouse=True)
def nowhere_yet():
    GONE_TO.clear()


@pytest.mark.parametrize("also", [[], ["93.184.216.34"]])
@pytest.mark.parametrize("ip", INSIDE)
def test_a_name_that_leads_inside_is_never_connected_to(ip, also):
    told = why("https://inside.example", reach=Dialled(resolve=lambda host, port: [*also, ip]), seconds=20)
    assert (told.why, told.before, GONE_TO) == ("not_public", True, [])


@pytest.mark.parametrize("host", DISGUISED)
def test_this_machine_in_disguise_is_never_connected_to(own_server, private_hosts, host):
    private_hosts("")
    told = why(f"https://{host}", reach=Dialled(), seconds=20)
    assert told.why in ("not_public", "no_such_host", "bad_address")
    assert GONE_TO == []


@pytest.mark.parametrize("address", ["http://example.org", "ftp://example.org", "https://"])
def test_only_https_is_spoken_outside(address):
    assert why(address, reach=Dialled(), seconds=20).why == "bad_address"
    assert GONE_TO == []


def test_the_connection_goes_to_the_very_addresses_that_were_looked_at_one_after_the_other():
    answers = iter([["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"], ["127.0.0.1"]])
    told = why(
        "https://fickle.example:8443", reach=Dialled(resolve=lambda host, port: next(answers)), seconds=20
    )
    assert (told.why, told.before) == ("unreachable", True)
    assert GONE_TO == [("93.184.216.34", 8443), ("2606:2800:220:1:248:1893:25c8:1946", 8443)]


def test_a_server_inside_is_reached_only_where_the_operator_named_it(own_server, private_hosts):
    with answering([ANSWER], 0) as slow:
        port = slow.origin.rpartition(":")[2]
        private_hosts("")
        assert why(slow.origin).why == "bad_address"
        assert why(slow.origin.replace("http:", "https:")).why == "not_public"
        private_hosts("localhost, 127.0.0.1:1")
        assert why(slow.origin).why == "bad_address"
        private_hosts(f"127.0.0.1:{port}")
        assert asked(slow.origin, seconds=20).status == 200


def test_a_name_of_the_operators_opens_no_other_name_for_the_same_address(own_server, private_hosts):
    private_hosts("localhost")
    with answering([ANSWER], 0) as slow:
        assert why(slow.origin.replace("http://127.0.0.1", "https://2130706433")).why == "not_public"


def test_a_redirect_is_told_and_not_followed(own_server):
    with answering(
        [b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"], 0
    ) as slow:
        found = asked(slow.origin, seconds=20)
    assert (found.status, found.header("location")) == (302, "http://127.0.0.1:1/")


def test_no_proxy_of_the_surroundings_is_asked(own_server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with answering([ANSWER], 0) as slow:
        assert asked(slow.origin, seconds=20).status == 200


def test_cookies_of_one_call_are_not_sent_with_the_next(httpserver):
    httpserver.expect_request("/").respond_with_data("{}", headers={"Set-Cookie": "a=1"})
    with Client(Reach()) as client:
        for _again in range(2):
            client.ask("GET", httpserver.url_for("/"), until=time.monotonic() + 20, most=100)
    assert ["Cookie" in request.headers for request, _answer in httpserver.log] == [False, False]


def test_two_calls_share_a_connection_and_a_deadline_each(own_server):
    """The second call's deadline counts, not the first's, on the connection that both use."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            with contextlib.suppress(OSError):
                there, _address = listening.accept()
                with there:
                    there.recv(65536)
                    there.sendall(ANSWER)
                    there.recv(65536)
                    ended.wait(60)

        threading.Thread(target=serve, daemon=True).start()
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with Client(Reach()) as client:
            assert client.ask("GET", origin, until=time.monotonic() + 20, most=100).status == 200
            with pytest.raises(NotTaken, match="too_slow"):
                client.ask("GET", origin, until=time.monotonic() + DEADLINE, most=100)
        ended.set()
