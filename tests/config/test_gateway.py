"""The gateway: whole requests reach a thread, slow ones don't, and an answer holds none while it is read."""

import asyncio
import io
import os
import socket
import threading
from pathlib import Path

import pytest

from schoolgate.config.gateway import requests, serving
from schoolgate.config.gateway.serving import HELD_BACK, Gateway
from tests.web.addresses import ALL

pytestmark = pytest.mark.usefixtures("own_server")

PATIENCE = 0.3


def page(seen: list) -> object:
    """A page that notes what it was asked, and answers what its body was."""

    def application(environ, start_response):
        content = environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") else b""
        seen.append((environ, content, threading.current_thread().name))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [content or b"nothing"]

    return application


def gateway(application, tmp_path, *, threads=2, usual=1000, most=lambda _environ: 10_000_000) -> Gateway:
    return Gateway(
        application, threads=threads, patience=PATIENCE, usual=usual, most=most, folder=lambda: tmp_path
    )


def scope(path="/posts", method="POST", headers=(), length=None):
    told = [(b"content-length", str(length).encode())] if length is not None else []
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"a=1",
        "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", "8000"), "client": ("10.0.0.7", "5"),
        "headers": [(b"host", b"localhost"), *told, *headers],
    }  # fmt: skip


class Wire:
    """The web server's side of one request. As the real one, it tells an empty body where there is none."""

    def __init__(self, *pieces: bytes, gap: float = 0.0, ends: bool = True, takes: int = 10_000) -> None:
        self.pieces, self.gap, self.ends, self.takes = list(pieces or [b""]), gap, ends, takes
        self.sent: list[dict] = []
        self.left = asyncio.Event()

    async def receive(self):
        if self.pieces:
            await asyncio.sleep(self.gap)
            piece = self.pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or not self.ends}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if len(self.sent) > self.takes:
            await asyncio.sleep(60)
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        return self.sent[0]["status"] if self.sent else None

    @property
    def content(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


def ask(front: Gateway, wire: Wire, asked: dict) -> Wire:
    async def run() -> Wire:
        async with asyncio.timeout(10):
            await front(asked, wire.receive, wire.send)
        return wire

    return asyncio.run(run())


def test_a_body_is_handed_over_whole_with_its_size(tmp_path):
    seen = []
    wire = ask(gateway(page(seen), tmp_path), Wire(b"one ", b"two"), scope(length=7))
    assert (wire.status, wire.content) == (200, b"one two")
    assert seen[0][0]["CONTENT_LENGTH"] == "7"


def test_a_body_in_chunks_without_a_length_is_handed_over_too(tmp_path):
    seen = []
    chunked = scope(headers=[(b"transfer-encoding", b"chunked")])
    assert ask(gateway(page(seen), tmp_path), Wire(b"abc", b"def"), chunked).content == b"abcdef"
    assert "HTTP_TRANSFER_ENCODING" not in seen[0][0]


def test_a_large_body_lies_sealed_on_the_disk_and_is_read_as_it_came(tmp_path, monkeypatch):
    written = []
    add = serving.Sealed.add
    monkeypatch.setattr(
        serving.Sealed, "add", lambda self, piece: (add(self, piece), written.append(self))[0]
    )
    content = os.urandom(1_000_003)
    pieces = [content[at : at + 70_000] for at in range(0, len(content), 70_000)]
    on_disk = []

    def application(environ, start_response):
        body = environ["wsgi.input"]
        first = body.read(10)
        file = written[0]._file
        here = file.tell()
        file.seek(0)
        on_disk.append(file.read())
        file.seek(here)
        start_response("200 OK", [])
        return [first + body.read()]

    front = gateway(application, tmp_path)
    wire = ask(front, Wire(*pieces), scope(length=len(content)))
    assert wire.content == content
    assert len(on_disk[0]) == len(content)
    assert content[:1000] not in on_disk[0]
    assert (list(tmp_path.iterdir()), front.bodies.on_disk) == ([], 0)


@pytest.mark.parametrize("told", [20, None], ids=["announced", "in chunks"])
def test_a_body_that_comes_too_slowly_never_reaches_a_thread_that_would_wait_for_it(tmp_path, told):
    seen = []
    headers = [] if told else [(b"transfer-encoding", b"chunked")]
    wire = ask(
        gateway(page(seen), tmp_path),
        Wire(*[b"x"] * 20, gap=PATIENCE / 4),
        scope(length=told, headers=headers),
    )
    assert [(asked[requests.UNREADABLE], content) for asked, content, _thread in seen] == [(408, b"")]
    assert (b"connection", b"close") in wire.sent[0]["headers"]


def test_a_body_above_the_lowest_rate_may_take_longer(tmp_path):
    seen = []
    pieces = [b"x" * 600] * 8
    wire = ask(gateway(page(seen), tmp_path, usual=9000), Wire(*pieces, gap=PATIENCE / 2), scope(length=4800))
    assert (wire.status, len(wire.content)) == (200, 4800)


def test_who_goes_away_before_the_body_is_whole_is_not_answered(tmp_path):
    seen = []
    front = gateway(page(seen), tmp_path)
    wire = Wire(b"x", ends=False)
    wire.left.set()
    assert (ask(front, wire, scope(length=20)).sent, seen) == ([], [])
    assert ask(front, Wire(b"x"), scope(length=20)).sent == []
    assert front.bodies.now.total() == 0


def test_too_large_a_body_is_refused_by_what_it_announces_and_by_what_comes(tmp_path):
    seen = []
    front = gateway(page(seen), tmp_path, most=lambda asked: 2000 if asked["PATH_INFO"] == "/films" else 0)
    ask(front, Wire(b"x" * 1001), scope(length=1001))
    ask(front, Wire(b"x" * 600, b"x" * 600), scope(headers=[(b"transfer-encoding", b"chunked")]))
    assert [asked[requests.UNREADABLE] for asked, _content, _thread in seen] == [413, 413]
    assert ask(front, Wire(b"x" * 1001), scope("/films", length=1001)).status == 200


def test_bodies_are_counted_for_each_sender_and_altogether(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "MOST_OF_ONE_ADDRESS", 3)
    seen = []
    front = gateway(page(seen), tmp_path)

    async def run() -> None:
        slow = [Wire(*[b"x"] * 20, gap=PATIENCE / 4) for _ in range(3)]
        waiting = [asyncio.ensure_future(front(scope(length=20), one.receive, one.send)) for one in slow]
        await asyncio.sleep(PATIENCE / 3)
        more = Wire(b"x")
        await front(scope(length=1), more.receive, more.send)
        other = Wire(b"x")
        await front(scope(length=1) | {"client": ("10.0.0.8", "1")}, other.receive, other.send)
        assert [asked.get(requests.UNREADABLE) for asked, *_ in seen] == [503, None]
        await asyncio.gather(*waiting)

    asyncio.run(run())
    assert front.bodies.now.total() == 0


def test_what_is_urgent_has_threads_of_its_own_while_all_others_are_busy(tmp_path):
    release = threading.Event()

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/posts":
            release.wait(5)
        start_response("200 OK", [])
        return [b"ok"]

    front = gateway(application, tmp_path, threads=2)

    async def run() -> None:
        busy = [Wire() for _ in range(6)]
        waiting = [asyncio.ensure_future(front(scope(method="GET"), w.receive, w.send)) for w in busy]
        await asyncio.sleep(0.05)
        for path in ("/healthz", "/stop", "/wildground/something-is-wrong"):
            wire = Wire()
            async with asyncio.timeout(1):
                await front(scope(path, method="GET"), wire.receive, wire.send)
            assert wire.status == 200
        assert [w.status for w in busy] == [None] * 6
        release.set()
        await asyncio.gather(*waiting)

    asyncio.run(run())


def test_too_many_that_wait_are_told_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "MOST_WAITING", 1)
    release = threading.Event()

    def application(_environ, start_response):
        release.wait(5)
        start_response("200 OK", [])
        return [b"ok"]

    front = gateway(application, tmp_path, threads=1)
    front.lane = serving.Lane("few", 1, most_waiting=1)

    async def run() -> None:
        taken = [Wire() for _ in range(2)]
        waiting = [asyncio.ensure_future(front(scope(method="GET"), w.receive, w.send)) for w in taken]
        await asyncio.sleep(0.05)
        third = Wire()
        await front(scope(method="GET"), third.receive, third.send)
        assert third.status == 503
        assert set(HELD_BACK) <= set(third.sent[0]["headers"])
        release.set()
        await asyncio.gather(*waiting)
        assert [w.status for w in taken] == [200, 200]
        fourth = Wire()
        await front(scope(method="GET"), fourth.receive, fourth.send)
        assert fourth.status == 200

    asyncio.run(run())


class Film:
    """An answer in pieces, as Django's streaming ones are."""

    streaming = True

    def __init__(self) -> None:
        self.asked, self.closed = 0, False

    def __iter__(self):
        for _ in range(50):
            self.asked += 1
            yield b"x" * 100_000

    def close(self) -> None:
        self.closed = True


def streamed(tmp_path, wire: Wire) -> tuple[Film, Wire]:
    film = Film()

    def application(_environ, start_response):
        start_response("200 OK", [("Content-Length", "5000000")])
        return film

    front = gateway(application, tmp_path, threads=1)
    return film, ask(front, wire, scope(method="GET"))


def test_a_film_is_sent_piece_by_piece(tmp_path):
    film, wire = streamed(tmp_path, Wire())
    assert (len(wire.content), film.closed) == (5_000_000, True)
    assert wire.sent[-1] == {"type": "http.response.body", "body": b""}


def test_a_reader_who_takes_nothing_holds_no_thread_and_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("schoolgate.config.gateway.serving.SLOWEST", 10_000_000)
    film, wire = streamed(tmp_path, Wire(takes=3))
    assert (film.asked < 5, film.closed) == (True, True)
    assert wire.sent[-1].get("more_body"), "seen to be broken off"


def test_a_reader_who_has_gone_stops_the_work(tmp_path):
    wire = Wire()
    wire.left.set()
    film, wire = streamed(tmp_path, wire)
    assert (film.asked < 3, film.closed) == (True, True)


def test_a_head_has_no_content(tmp_path):
    seen = []
    assert ask(gateway(page(seen), tmp_path), Wire(), scope(method="HEAD")).content == b""


def test_a_page_that_breaks_outside_django_is_a_500_and_no_traceback(tmp_path, caplog):
    def application(_environ, _start_response):
        raise ValueError("secret")

    answered = ask(gateway(application, tmp_path), Wire(), scope(method="GET"))
    assert answered.status == 500
    assert set(HELD_BACK) <= set(answered.sent[0]["headers"])


def test_headers_are_told_as_wsgi_tells_them():
    told = requests.as_wsgi(
        scope("/caf%C3%A9", headers=[
            (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-one", b"1"), (b"X-One", b"2"),
            (b"x_forwarded_for", b"9.9.9.9"), (b"content-type", b"text/plain"),
            (b"connection", b"keep-alive"),
        ])
    )  # fmt: skip
    assert told["PATH_INFO"].encode("latin-1").decode() == "/café"
    assert (told["HTTP_COOKIE"], told["HTTP_X_ONE"]) == ("a=1; b=2", "1,2")
    assert (told["CONTENT_TYPE"], told["REMOTE_ADDR"], told["QUERY_STRING"]) == (
        "text/plain",
        "10.0.0.7",
        "a=1",
    )
    assert "HTTP_X_FORWARDED_FOR" not in told, "a proxy writes it with hyphens, and only that counts"


@pytest.mark.parametrize(
    ("proxies", "said", "sender"),
    [
        (0, "1.1.1.1", "10.0.0.7"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.7"),
    ],
)
def test_a_sender_is_who_our_own_proxies_say(proxies, said, sender):
    told = requests.as_wsgi(scope(headers=[(b"x-forwarded-for", said.encode())]))
    assert requests.sender_of(told, proxies) == sender


def test_the_health_check_the_stop_and_what_is_wrong_are_urgent_whatever_their_addresses_become():
    urgent = {each.name for each in ALL if serving.is_urgent("/" + each.route)}
    assert urgent >= {"healthz", "stop", "wrong-public", "wrong-school", "wrong", "wrong-start"}


def test_a_body_is_read_by_lines_too(tmp_path):
    sealed = serving.Sealed(tmp_path)
    sealed.add(b"one\ntwo\n")
    sealed.rewind()
    assert list(io.BufferedReader(sealed)) == [b"one\n", b"two\n"]


def test_the_kernel_lets_go_of_readers_on_what_this_process_listens_on_and_no_file_stays_open(tmp_path):
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    with socket.create_server(("127.0.0.1", 0)) as listening, (tmp_path / "a").open("w"):
        before = len(list(Path("/proc/self/fd").iterdir())) if option else 0
        serving._let_go_of_readers_who_read_nothing(PATIENCE)
        assert option is None or listening.getsockopt(socket.IPPROTO_TCP, option) == PATIENCE * 2000
        assert not option or len(list(Path("/proc/self/fd").iterdir())) == before
