"""The one way out to networks over HTTP: time-outs, a limit on answers, secrets taken out, errors sorted by
class.

What an error means follows from where it happened. Before the network can have had the whole request, nothing
was done there. After that, and for every answer that does not say clearly "no", the outcome of a change is
unknown.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from schoolgate.core.outside.answers import ACCEPT_ENCODING, NotTaken, body_of
from schoolgate.core.outside.jsons import read_json
from schoolgate.core.outside.places import Resolve, addresses_of, is_public
from schoolgate.networks.port import NetworkError, WhatNext

CONNECT_SECONDS = 5.0
SECONDS_OF_SILENCE = 20.0
LARGEST_ANSWER = 8_000_000
LONGEST_DETAIL = 300

# Client Error: (code, what next). Anything else that begins with 4 is "refused", and sending it again will
# not help.
_REFUSALS: dict[int, tuple[str, WhatNext]] = {
    401: ("sign_in", "reconnect"),
    403: ("not_allowed", "reconnect"),
    404: ("not_found", "give_up"),
    408: ("timed_out", "try_again"),
    410: ("not_found", "give_up"),
    425: ("too_fast", "try_again"),
    429: ("too_fast", "try_again"),
}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_TOKENS = re.compile(r"eyJ[\w-]{10,}(?:\.[\w-]+)*|(?i:bearer|dpop|basic)\s+[\w.~+/=-]{8,}")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `data` is its JSON (an empty dict where there was none or, for an error, none that is
    JSON)."""

    status: int
    headers: Mapping[str, str]
    data: dict[str, Any] = field(repr=False)

    @property
    def ok(self) -> bool:
        """Did the network say yes?"""
        return 200 <= self.status < 300

    @property
    def name(self) -> str:
        """The network's own short name of an error, where it gives one."""
        return self.said("error")

    def said(self, key: str) -> str:
        """Return a text of the answer, or empty if it is none: other values are not text."""
        told = self.data.get(key)
        return told if isinstance(told, str) else ""


@cache
def shared_client() -> httpx.Client:
    """One pool of connections a process. Redirects are never followed: they could carry a token elsewhere."""
    pause = httpx.Timeout(SECONDS_OF_SILENCE, connect=CONNECT_SECONDS)
    return httpx.Client(timeout=pause, follow_redirects=False, headers={"User-Agent": "Schoolgate"})


def check_service(address: str, *, loopback: bool) -> str:
    """Normalise a server's typed address to its origin, without a trailing slash.

    Only https; plain http only for this machine itself and only if `loopback` (a program closed to the
    outside). Raises NetworkError `bad_address`.
    """
    parts = urlsplit(address.strip())
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    here = host in _LOOPBACK
    allowed = parts.scheme == "https" or (parts.scheme == "http" and here)
    plain = not (parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"))
    if not host or not allowed or not plain or (here and not loopback):
        raise NetworkError("bad_address", what_next="give_up", detail=f"{parts.scheme}://{host}")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{f':{port}' if port else ''}"


class Transport:
    """Calls to one server. `client` is given by tests; `time_out` in seconds is for a whole call.

    `public_only`: a person typed the server's name, so all that is behind it must be the open internet, and
    each call goes to the very address that was looked at.
    """

    def __init__(
        self, origin: str, *, time_out: float, client: httpx.Client | None = None, public_only: bool = False,
        resolve: Resolve = addresses_of,
    ) -> None:  # fmt: skip
        self.origin = origin
        self.time_out = time_out
        self.public_only = public_only
        self._resolve = resolve
        self._client = client or shared_client()

    def to(self, origin: str) -> Transport:
        """The same way out, to another server."""
        return Transport(
            origin,
            time_out=self.time_out,
            client=self._client,
            public_only=self.public_only,
            resolve=self._resolve,
        )

    def exchange(
        self,
        method: str,
        path: str,
        *,
        changes: bool,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
        file: tuple[str, tuple[str, bytes, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        listed: bool = False,
        time_out: float | None = None,
    ) -> Answer:
        """Ask and read the whole answer, whatever its status.

        `changes`: the call would change something on the network, so that a lost answer leaves the outcome
        open. `form` and `file` (field, (name, bytes, type)) are sent as a form with a file. `listed`: a "yes"
        is a JSON list, which is in `data["items"]`. `time_out`: instead of the transport's own. Raises
        NetworkError where there is no whole answer, or a "yes" that cannot be read.
        """
        ends = time.monotonic() + (self.time_out if time_out is None else time_out)
        try:
            url, host, extensions = self._where(path)
            with self._client.stream(
                method, url, params=params, json=body, content=content, data=form,
                files=dict([file]) if file else None, headers={**ACCEPT_ENCODING, **host, **(headers or {})},
                extensions=extensions,
            ) as response:  # fmt: skip
                raw = body_of(response, most=LARGEST_ANSWER, until=ends)
                return _answer(response, raw, changes=changes, listed=listed)
        except NotTaken as error:
            code = "timed_out" if error.why == "too_slow" else "unreadable_answer"
            raise _lost(code, changes, error.why) from None
        except _NOT_SENT as error:
            raise NetworkError("unreachable", what_next="try_again", detail=type(error).__name__) from None
        except httpx.TimeoutException as error:
            raise _lost("timed_out", changes, type(error).__name__) from None
        except httpx.TransportError as error:
            raise _lost("unreadable_answer", changes, type(error).__name__) from None
        except (httpx.InvalidURL, UnicodeError) as error:
            raise NetworkError("bad_address", what_next="give_up", detail=type(error).__name__) from None

    def _where(self, path: str) -> tuple[httpx.URL, dict[str, str], dict[str, Any]]:
        """Return the address to connect to, with the name to ask for there. Raises NetworkError."""
        url = httpx.URL(self.origin + path)
        if not self.public_only:
            return url, {}, {}
        name = url.raw_host.decode("ascii")
        behind = self._resolve(name, url.port or 443)
        if not behind:
            raise NetworkError("unreachable", what_next="try_again", detail="no such host")
        if not all(is_public(ip) for ip in behind):
            raise NetworkError("bad_address", what_next="give_up", detail="not public")
        return url.copy_with(host=behind[0]), {"Host": url.netloc.decode("ascii")}, {"sni_hostname": name}


def refusal(answer: Answer, *, changes: bool, at: float | None = None) -> NetworkError:
    """The error for an answer that is not a yes; `at` (seconds since 1970) is only for reading a Retry-After
    date."""
    detail = redacted(": ".join(said for key in ("error", "message") if (said := answer.said(key))))
    status = answer.status
    if status >= 500 and status != 501:
        return NetworkError("network_trouble", what_next="try_again", outcome_unknown=changes, detail=detail,
                            status=status, retry_after=_retry_after(answer, at))  # fmt: skip
    code, what_next = _REFUSALS.get(status, ("refused", "give_up"))
    wait = _retry_after(answer, at) if what_next == "try_again" else None
    unknown = changes and status == 408
    return NetworkError(
        code, what_next=what_next, outcome_unknown=unknown, detail=detail, status=status, retry_after=wait
    )


def redacted(text: str) -> str:
    """A network's own words without tokens and at a length for a record."""
    return _TOKENS.sub("[...]", text)[:LONGEST_DETAIL]


def _answer(response: httpx.Response, raw: bytes, *, changes: bool, listed: bool) -> Answer:
    try:
        data = read_json(raw) if raw.strip() else {}
    except ValueError:
        data = None
    if listed and 200 <= response.status_code < 300:
        data = {"items": data} if isinstance(data, list) else None
    headers = {name.lower(): value for name, value in response.headers.items()}
    if not isinstance(data, dict):
        if 200 <= response.status_code < 300:
            raise _lost("unreadable_answer", changes, "not JSON", status=response.status_code)
        data = {}
    return Answer(response.status_code, headers, data)


def _lost(code: str, changes: bool, detail: str, status: int | None = None) -> NetworkError:
    return NetworkError(code, what_next="try_again", outcome_unknown=changes, detail=detail, status=status)


def _retry_after(answer: Answer, at: float | None) -> float | None:
    """Seconds to wait: Retry-After as seconds or as a date, or when the limit ends as Bluesky
    (ratelimit-reset, seconds since 1970) or Mastodon (x-ratelimit-reset, an instant) tell it; at most a
    day."""
    now = time.time() if at is None else at
    given = answer.headers.get("retry-after", "").strip()
    reset = answer.headers.get("ratelimit-reset", "").strip()
    instant = answer.headers.get("x-ratelimit-reset", "").strip()
    wait: float | None = None
    if given.isdigit() and given.isascii():
        wait = float(given[:9])
    elif given:
        try:
            wait = parsedate_to_datetime(given).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            wait = None
    elif reset.isdigit() and reset.isascii():
        wait = float(reset[:12]) - now
    elif instant:
        try:
            wait = datetime.fromisoformat(instant).timestamp() - now
        except (ValueError, OverflowError):
            wait = None
    return None if wait is None else min(max(wait, 0.0), 86_400.0)
