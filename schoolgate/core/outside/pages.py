"""Fetch a page or a picture from the open web. No rows, no scope: network work.

A person says where it is, and this program then goes there from inside the school's network. So it goes
to public https addresses only, whatever servers the operator named for networks. Each redirect is a step of
its own, and all of them have one deadline.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from schoolgate.core.outside.client import (
    Client,
    NotTaken,
    Reach,
    Reply,
    Resolve,
    addresses_of,
    is_inside,
    is_public,
)
from schoolgate.core.web_address import parts_of

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
