"""The one HTTP client: public addresses only, and one deadline from looking up the name to the last byte.

People type addresses, and the program then goes there from inside the school's network. So the name is
looked up once, every address behind it must be public, and the connection is made to one of these very
addresses. Redirects are never followed: they could carry a key elsewhere. Cookies and the surroundings'
proxies are not used.

A library's time-outs begin anew with each byte that arrives: a server that sends one every few seconds,
or interim answers without end, is waited for all the time. Here each step gets what is left of the
call's own time, and each byte counts.

An HTTP client decompresses each chunk as a whole: a few kilobytes of zstd or brotli become gigabytes
before anything can count them. So the client's own decompression is not used. We offer gzip, which can
be decompressed step by step, and refuse every other encoding: a server may send one that was not
requested.

Fetch a page or a picture from the open web. No rows, no scope: network work.

A person says where it is, and this program then goes there from inside the school's network. So it goes
to public https addresses only, whatever servers the operator named for networks. Each redirect is a step of
its own, and all of them have one deadline.
"""

from __future__ import annotations

import ipaddress
import re
import select
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any, Final, Literal
from urllib.parse import urljoin

import httpcore
import httpx

from schoolgate.core.env import env
from schoolgate.core.surroundings import parts_of

ACCEPT_ENCODING: Final = {"Accept-Encoding": "gzip"}
"""The header of every client that reads with `body_of`."""
_STEP = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_LONGEST_TYPE = 200

Why = Literal[
    "too_large", "too_slow", "encoding", "damaged", "broken", "unreachable", "no_such_host", "not_public",
    "bad_address",
]  # fmt: skip


class NotTaken(Exception):
    """There is no answer that is used. `why`: a short code; `before`: nothing was sent; `detail`: of the
    library's error."""

    def __init__(self, why: Why, *, before: bool = False, detail: str = "") -> None:
        super().__init__(why)
        self.why: Why = why
        self.before, self.detail = before, detail


def charset_of(content_type: str) -> str:
    """Return the encoding that a content type names, empty where it names none. The library's reader of
    parameters takes quadratic time."""
    found = _CHARSET.search(content_type[:_LONGEST_TYPE])
    return found[1] if found else ""


def body_of(answer: httpx.Response, *, most: int, until: float) -> bytes:
    """Return the body of an answer that was opened as a stream.

    Args:
        most: bytes, packed and unpacked alike.
        until: the reading of `time.monotonic` at which to give up.

    Raises NotTaken and whatever the client raises while it reads.
    """
    encodings = [one.strip().lower() for one in answer.headers.get("content-encoding", "").split(",")]
    encodings = [one for one in encodings if one not in ("", "identity")]
    pieces = _arriving(answer, most, until)
    if not encodings:
        return b"".join(pieces)
    if encodings not in (["gzip"], ["x-gzip"]):
        raise NotTaken("encoding")
    return _unpacked(pieces, most)


def _arriving(answer: httpx.Response, most: int, until: float) -> Iterator[bytes]:
    assert isinstance(answer.stream, httpx.SyncByteStream)
    size = 0
    for piece in answer.stream:
        size += len(piece)
        if size > most:
            raise NotTaken("too_large")
        if time.monotonic() > until:
            raise NotTaken("too_slow")
        yield piece


def _unpacked(pieces: Iterator[bytes], most: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    whole = bytearray()
    begun = False
    for piece in pieces:
        begun, left = True, piece
        while left:
            if unpacker.eof:
                raise NotTaken("damaged")
            try:
                whole += unpacker.decompress(left, min(_STEP, most + 1 - len(whole)))
            except zlib.error as error:
                raise NotTaken("damaged") from error
            if len(whole) > most:
                raise NotTaken("too_large")
            left = unpacker.unconsumed_tail or unpacker.unused_data
    if begun and not unpacker.eof:
        raise NotTaken("damaged")
    return bytes(whole)


Resolve = Callable[[str, int], list[str]]

_IN_DISGUISE = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32"))
"""Addresses of the new kind that lead to one of the old kind inside them."""

_INSIDE: Final = (".localhost", ".local", ".internal", ".home.arpa")
_OF_NUMBERS: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}")


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the open internet, and not to this machine or a network around
    it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.is_site_local or any(found in net for net in _IN_DISGUISE):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_inside(host: str, may: Callable[[str], bool] = is_public) -> bool:
    """Return whether a host says by itself that it leads inside: an address in any of its spellings, or a
    name that is only ever a local one. Others are known once they are looked up."""
    name = host.strip("[]").lower().rstrip(".")
    ip = "127.0.0.1" if f".{name}".endswith(_INSIDE) else _spelt_out(name)
    return ip is not None and not may(ip)


def _spelt_out(name: str) -> str | None:
    """Return the IP address that a host is; None for a name. The system dials "127.1" and "0x7f000001"."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(name.partition("%")[0]))
    if not _OF_NUMBERS.fullmatch(name):
        return None
    with suppress(OSError):
        return socket.inet_ntoa(socket.inet_aton(name))
    return None


def addresses_of(host: str, port: int) -> list[str]:
    """Return every IP address behind a name; none where there is no such name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


CONNECT_SECONDS: Final = 5.0
"""For one of the addresses behind a name."""
_LOOKING_UP = threading.BoundedSemaphore(16)
"""The system looks names up for as long as it likes, so that is done beside the caller."""


def is_named(host: str, port: int) -> bool:
    """Return whether the operator named this server as one that may be at a private address."""
    bare = host.strip("[]").lower()
    name = f"[{bare}]" if ":" in bare else bare
    return bool({name, f"{name}:{port}"} & {one.lower() for one in env().private_hosts})


@dataclass(frozen=True)
class Reach:
    """Where calls may go: to public addresses, and to `named` servers. Tests pass one that leads to this
    machine."""

    resolve: Resolve = addresses_of
    may: Callable[[str], bool] = is_public
    named: Callable[[str, int], bool] = is_named

    def connect(self, host: str, port: int, until: float) -> socket.socket:
        """Return a connection to a server. `until`: the reading of `time.monotonic` at which to give up.
        Raises NotTaken: nothing was sent."""
        detail = ""
        for ip in self.addresses(host.strip("[]"), port, until):
            try:
                return self.dial(ip, port, min(CONNECT_SECONDS, _left(until)))
            except OSError as error:
                detail = type(error).__name__
        _left(until)
        raise NotTaken("unreachable", before=True, detail=detail)

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        """Connect to an address that was checked. Raises OSError."""
        found = socket.create_connection((ip, port), timeout=seconds)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def addresses(self, host: str, port: int, until: float) -> list[str]:
        """Return all addresses behind a name, each of which may be connected to. Raises NotTaken."""
        found = self._looked_up(host, port, until)
        if not found:
            raise NotTaken("no_such_host", before=True)
        if not self.named(host, port) and not all(self.may(ip) for ip in found):
            raise NotTaken("not_public", before=True)
        return found

    def _looked_up(self, host: str, port: int, until: float) -> list[str]:
        with suppress(ValueError):
            return [str(ipaddress.ip_address(host))]
        if not _LOOKING_UP.acquire(timeout=_left(until)):
            raise NotTaken("too_slow", before=True)
        told: SimpleQueue[list[str]] = SimpleQueue()

        def look() -> None:
            try:
                told.put(self.resolve(host, port))
            finally:
                _LOOKING_UP.release()
                told.put([])

        threading.Thread(target=look, name="look-up", daemon=True).start()
        try:
            return told.get(timeout=_left(until))
        except Empty:
            raise NotTaken("too_slow", before=True) from None


def _left(until: float) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise NotTaken("too_slow", before=True)
    return seconds


SECONDS_OF_SILENCE: Final = 20.0
LONGEST_ADDRESS: Final = 8_000
_LARGEST_HEAD = 256 * 1024
"""Bytes beside the body: headers, interim answers, and how a body in chunks is packed."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `headers`: as they came, in order; `ip`: who gave it; `body`: empty if it wasn't wanted."""

    status: int
    headers: tuple[tuple[str, str], ...]
    ip: str = ""
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """Return the first value of a header, empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def charset(self) -> str:
        """The encoding that its content type names, empty where it names none."""
        return charset_of(self.header("content-type"))


def everything(_head: Reply) -> bool:
    """The default of `wanted`: the body of every answer is read."""
    return True


class Client:
    """Calls, and the connections that they share. `silence`: the longest pause of the other end in seconds.
    `transport` answers instead of a server, in tests."""

    def __init__(
        self, reach: Reach | None = None, *, silence: float = SECONDS_OF_SILENCE,
        transport: httpx.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        self.reach = reach or Reach()
        self._transport = transport or _Connections(self.reach)
        self._pause = {"connect": CONNECT_SECONDS, "read": silence, "write": silence, "pool": silence}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that wait for another call."""
        self._transport.close()

    def ask(
        self,
        method: str,
        address: str,
        *,
        until: float,
        most: int,
        plain: bool = False,
        wanted: Callable[[Reply], bool] = everything,
        headers: Mapping[str, str] | None = None,
        **content: Any,
    ) -> Reply:
        """Ask and return the answer, whatever its status.

        Args:
            until: the reading of `time.monotonic` at which to give up.
            most: bytes of the body, packed and unpacked alike.
            plain: http is spoken too; without it only with servers that the operator named.
            wanted: whether the body is read, by the answer's head.
            content: what is sent, as `httpx.Request` takes it.

        Raises NotTaken.
        """
        given = {"User-Agent": "Schoolgate", "Accept": "*/*", **ACCEPT_ENCODING, **(headers or {})}
        call = _Call(until, 2 * most + _LARGEST_HEAD)
        now = _CALL.set(call)
        try:
            request = httpx.Request(method, self._url(address, plain), headers=given, **content)
            pause = {name: call.left(seconds) for name, seconds in self._pause.items()}
            request.extensions = {"timeout": pause}
            answer = self._transport.handle_request(request)
            try:
                head = Reply(answer.status_code, tuple(answer.headers.multi_items()), _peer(answer))
                body = body_of(answer, most=most, until=until) if wanted(head) else b""
            finally:
                answer.close()
            return Reply(head.status, head.headers, head.ip, body)
        except httpx.TimeoutException as error:
            early = isinstance(error, _NOT_SENT)
            raise NotTaken("too_slow", before=early, detail=type(error).__name__) from None
        except httpx.TransportError as error:
            early = isinstance(error, _NOT_SENT)
            raise NotTaken(
                "unreachable" if early else "broken", before=early, detail=type(error).__name__
            ) from None
        except (httpx.InvalidURL, UnicodeError) as error:
            raise NotTaken("bad_address", before=True, detail=type(error).__name__) from None
        finally:
            _CALL.reset(now)

    def _url(self, address: str, plain: bool) -> httpx.URL:
        if len(address) > LONGEST_ADDRESS:
            raise NotTaken("bad_address", before=True)
        url = httpx.URL(address)
        port = url.port or {"https": 443, "http": 80}.get(url.scheme, 0)
        spoken = url.scheme == "https" or (
            url.scheme == "http" and (plain or self.reach.named(url.raw_host.decode("ascii"), port))
        )
        if not spoken or not url.host:
            raise NotTaken("bad_address", before=True)
        return url


@cache
def shared() -> Client:
    """One client a process."""
    return Client()


class _Call:
    """What is left of the call that this thread is in."""

    def __init__(self, until: float, most: int) -> None:
        self.until, self.most, self.connected = until, most, False

    def left(self, at_most: float | None = None) -> float:
        """Seconds for the next step. Raises NotTaken."""
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise NotTaken("too_slow", before=not self.connected)
        return seconds if at_most is None else min(seconds, at_most)

    def count(self, size: int) -> None:
        """Count bytes that came. Raises NotTaken."""
        self.most -= size
        if self.most < 0:
            raise NotTaken("too_large")


_CALL: ContextVar[_Call] = ContextVar("call")
"""Without one nothing is read and nothing is sent."""


class _Stream(httpcore.NetworkStream):
    """A connection, of which each step counts for the call that it is made in."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        call = _CALL.get()
        call.connected = True
        try:
            self._socket.settimeout(call.left(timeout))
            found = self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        call.count(len(found))
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        call = _CALL.get()
        call.connected = True
        rest = memoryview(buffer)
        try:
            while rest:
                self._socket.settimeout(call.left(timeout))
                rest = rest[self._socket.send(rest) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            # The handshake as a whole ends after this time, whatever arrives meanwhile.
            self._socket.settimeout(_CALL.get().left(timeout))
            return _Stream(ssl_context.wrap_socket(self._socket, server_hostname=server_hostname))
        except BaseException as error:
            self.close()
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout(str(error)) from error
            if isinstance(error, OSError):
                raise httpcore.ConnectError(str(error)) from error
            raise

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
        if info == "server_addr":
            return self._socket.getpeername()
        if info == "is_readable":
            return _is_readable(self._socket)
        return None


class _Backend(httpcore.NetworkBackend):
    """Connects where the reach allows."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        return _Stream(self._reach.connect(host, port, _CALL.get().until))


class _Connections(httpx.HTTPTransport):
    """The library's own, on connections of ours."""

    def __init__(self, reach: Reach) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_believed(ssl.get_default_verify_paths()),
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            network_backend=_Backend(reach),
        )


@cache
def _believed(_named: ssl.DefaultVerifyPaths) -> ssl.SSLContext:
    """Return what makes https connections, with the certificates that are believed; a school filter's is
    taken: SSL_CERT_FILE.

    Reading them takes more than a call does, so all clients of a process share it.
    """
    return httpx.create_ssl_context()


def _is_readable(connection: socket.socket) -> bool:
    """Whether something came that no one asked for, such as the end."""
    if connection.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _peer(answer: httpx.Response) -> str:
    stream = answer.extensions.get("network_stream")
    with suppress(OSError):
        return str(stream.get_extra_info("server_addr")[0]) if stream is not None else ""
    return ""


MOST_BYTES = 1_000_000
MOST_SECONDS = 10.0
MOST_REDIRECTS = 3
HTML = ("text/html", "application/xhtml+xml")
_HOST = re.compile(r"[A-Za-z0-9.:-]+")


class CannotRead(Exception):
    """It could not be read, so its content is not known. `why`: a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Answer:
    """What one address answered: the page, or where it sends us (`to`). `headers`: as they came, in order."""

    address: str
    ip: str
    status: int
    headers: tuple[tuple[str, str], ...]
    to: str = ""
    body: bytes = field(default=b"", repr=False)
    charset: str = ""


@dataclass(frozen=True)
class Opener:
    """How pages are reached. Tests pass one that may connect to a local server. `kinds`: how the media types
    that are taken begin."""

    schemes: tuple[str, ...] = ("https",)
    ports: tuple[int, ...] = (443,)
    resolve: Resolve = addresses_of
    may: Callable[[str], bool] = is_public
    most_bytes: int = MOST_BYTES
    most_seconds: float = MOST_SECONDS
    most_redirects: int = MOST_REDIRECTS
    any_status: bool = False
    """Whether a page that says "not there" is taken too."""
    kinds: tuple[str, ...] = HTML
    agent: str = "Schoolgate"
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    @property
    def reach(self) -> Reach:
        """Where its connections may go."""
        return Reach(resolve=self.resolve, may=self.may, named=lambda _host, _port: False)

    def fetch(self, address: str) -> list[Answer]:
        """Return what each address answered on the way to the page, which is the last. Raises CannotRead."""
        ends = time.monotonic() + self.most_seconds
        way: list[Answer] = []
        with Client(self.reach, silence=self.most_seconds / 2, transport=self.transport) as client:
            for _hop in range(self.most_redirects + 1):
                way.append(self._step(client, address, ends))
                if not way[-1].to:
                    return way
                address = way[-1].to
        raise CannotRead("too_many_redirects")

    def _step(self, client: Client, address: str, ends: float) -> Answer:
        """Return the page, or where it sends us."""
        self.where(address)
        given = {"User-Agent": self.agent, "Accept": ", ".join(self.kinds)}
        try:
            reply = client.ask(
                "GET",
                address,
                until=ends,
                most=self.most_bytes,
                plain=True,
                headers=given,
                wanted=self._is_page,
            )
            to = str(urljoin(address, reply.header("location"))) if _leads_on(reply) else ""
        except NotTaken as error:
            raise _cannot_read(error) from None
        except ValueError:
            raise CannotRead("unreachable") from None
        return Answer(
            address, reply.ip, reply.status, reply.headers, to=to, body=reply.body, charset=reply.charset
        )

    def _is_page(self, head: Reply) -> bool:
        """Return whether this is a page; not where it leads on. Raises CannotRead."""
        if _leads_on(head):
            return False
        if head.status != 200 and not self.any_status:
            raise CannotRead("refused" if head.status != 404 else "not_there")
        if not head.header("content-type").lower().startswith(self.kinds):
            raise CannotRead("no_page")
        return True

    def connect(self, address: str, until: float) -> socket.socket:
        """Return a connection to the server of an address. Raises CannotRead."""
        try:
            return self.reach.connect(*self.where(address), until)
        except NotTaken as error:
            raise _cannot_read(error) from None

    def where(self, address: str) -> tuple[str, int]:
        """Return the server and port of an address that may be gone to. Raises CannotRead."""
        parts = parts_of(address)
        try:
            url = httpx.URL(address)
            host, port = url.raw_host.decode("ascii"), parts.port or {"https": 443, "http": 80}[parts.scheme]
        except (ValueError, KeyError, UnicodeError, httpx.InvalidURL):
            raise CannotRead("bad_address") from None
        if parts.scheme not in self.schemes or parts.username or parts.password:
            raise CannotRead("bad_address")
        if not _HOST.fullmatch(host.strip("[]")):
            raise CannotRead("bad_address")
        if self.ports and port not in self.ports:
            raise CannotRead("bad_address")
        if is_inside(host, self.may):
            raise CannotRead("not_public")
        return host.strip("[]"), port


def _leads_on(head: Reply) -> bool:
    return head.status in (301, 302, 303, 307, 308) and bool(head.header("location"))


def _cannot_read(error: NotTaken) -> CannotRead:
    """The error that is shown: the reader's own words for what they have in common."""
    said = {"encoding": "unreadable", "damaged": "unreadable", "broken": "unreachable"}
    return CannotRead(said.get(error.why, error.why))
