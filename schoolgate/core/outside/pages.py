"""Fetch a page or a picture from the open web. No rows, no scope: network work.

A person says where it is, and this program then goes there from inside the school's network. So it goes
to public https addresses only: it resolves each name itself, every address behind it must be public, and the
connection is made to that very address, so that a name can't point elsewhere a moment later. Each redirect is
a step of its own. What is read is limited in size and time.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from schoolgate.core.outside.answers import ACCEPT_ENCODING, NotTaken, body_of
from schoolgate.core.outside.places import Resolve, addresses_of, is_public

MOST_BYTES = 1_000_000
MOST_SECONDS = 10.0
MOST_REDIRECTS = 3
HTML = ("text/html", "application/xhtml+xml")
_CHARSETS = re.compile(
    r"utf-8|utf-16(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|shift_jis|euc_\w+|gb\w+|big5"
)
"""What pages are written in. Python knows others, some of which take quadratic time (punycode)."""
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


def resolve(host: str, port: int) -> list[str]:
    """Return every IP address behind a name. Raises CannotRead."""
    found = addresses_of(host, port)
    if not found:
        raise CannotRead("no_such_host")
    return found


@dataclass(frozen=True)
class Opener:
    """How pages are reached. Tests pass one that may connect to a local server. `kinds`: how the media types
    that are taken begin."""

    schemes: tuple[str, ...] = ("https",)
    ports: tuple[int, ...] = (443,)
    resolve: Resolve = resolve
    may: Callable[[str], bool] = is_public
    most_bytes: int = MOST_BYTES
    most_seconds: float = MOST_SECONDS
    most_redirects: int = MOST_REDIRECTS
    any_status: bool = False
    """Whether a page that says "not there" is taken too."""
    kinds: tuple[str, ...] = HTML
    agent: str = "Schoolgate"
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    def fetch(self, address: str) -> list[Answer]:
        """Return what each address answered on the way to the page, which is the last. Raises CannotRead."""
        ends = time.monotonic() + self.most_seconds
        way: list[Answer] = []
        with httpx.Client(
            transport=self.transport,
            timeout=httpx.Timeout(self.most_seconds / 2),
            follow_redirects=False,
            trust_env=False,  # a proxy would connect to whatever the name means there
            verify=httpx.create_ssl_context(),  # but a school filter's certificate is taken: SSL_CERT_FILE
            headers={"User-Agent": self.agent, "Accept": ", ".join(self.kinds), **ACCEPT_ENCODING},
        ) as client:
            for _hop in range(self.most_redirects + 1):
                way.append(self._step(client, address, ends))
                if not way[-1].to:
                    return way
                address = way[-1].to
        raise CannotRead("too_many_redirects")

    def _step(self, client: httpx.Client, address: str, ends: float) -> Answer:
        """Return the page, or where it sends us."""
        url, host, ip = self.where(address)
        try:
            with client.stream(
                "GET",
                url.copy_with(host=ip),
                headers={"Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": host},
            ) as answer:
                headers = tuple(answer.headers.multi_items())
                if answer.is_redirect:
                    to = str(urljoin(address, answer.headers.get("location", "")))
                    return Answer(address, ip, answer.status_code, headers, to=to)
                if answer.status_code != 200 and not self.any_status:
                    raise CannotRead("refused" if answer.status_code != 404 else "not_there")
                if not answer.headers.get("content-type", "").lower().startswith(self.kinds):
                    raise CannotRead("no_page")
                whole = body_of(answer, most=self.most_bytes, until=ends)
                return Answer(
                    address,
                    ip,
                    answer.status_code,
                    headers,
                    body=whole,
                    charset=answer.charset_encoding or "",
                )
        except NotTaken as error:
            raise CannotRead("unreadable" if error.why in ("encoding", "damaged") else error.why) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError):
            raise CannotRead("unreachable") from None

    def where(self, address: str) -> tuple[httpx.URL, str, str]:
        """Return the address with its host and the one public IP address to connect to. Raises CannotRead."""
        try:
            parts = urlsplit(address)
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
        behind = self.resolve(host.strip("[]"), port)
        if not behind or not all(self.may(ip) for ip in behind):
            raise CannotRead("not_public")
        return url, host.strip("[]"), behind[0]


def known_charset(charset: str) -> str:
    """Return a page's declared encoding; UTF-8 for one that no page is written in."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _CHARSETS.fullmatch(name) else "utf-8"
