"""The one HTTP client: public addresses only, and one deadline from looking up the name to the last byte.

A library's time-outs begin anew with each byte that arrives: a server that sends one every few seconds, or
interim answers without end, is waited for all the time. Here each step gets what is left of the call's own
time, and each byte counts. Redirects are never followed: they could carry a key elsewhere. Cookies and the
surroundings' proxies are not used.
"""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import httpcore
import httpx

from schoolgate.core.outside.answers import ACCEPT_ENCODING, NotTaken, body_of, charset_of
from schoolgate.core.outside.reach import CONNECT_SECONDS, Reach

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
