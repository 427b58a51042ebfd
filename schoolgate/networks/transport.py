"""Calls to networks over HTTP: a limit on answers, secrets taken out, errors sorted by class.

What an error means follows from where it happened. Before the network can have had the whole request, nothing
was done there. After that, and for every answer that does not say clearly "no", the outcome of a change is
unknown.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from schoolgate.core import work
from schoolgate.core.days import instant_in, instant_in_header
from schoolgate.core.outside.client import Client, NotTaken, Reply, is_inside, is_named, shared
from schoolgate.core.outside.texts import read_json
from schoolgate.core.surroundings import parts_of
from schoolgate.networks.port import NetworkError, WhatNext

log = structlog.get_logger(__name__)
LARGEST_ANSWER = 8_000_000
LONGEST_DETAIL = 300
LONGEST_TIME = 100

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
_TOKENS = re.compile(r"eyJ[\w-]{10,}(?:\.[\w-]+)*|(?i:bearer|dpop|basic)\s+[\w.~+/=-]{8,}")


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


def check_service(address: str) -> str:
    """Normalise a server's typed address to its origin, without a trailing slash.

    Only https; plain http only for servers that the operator named. Where the name leads is looked at with
    each call. Raises NetworkError `bad_address`.
    """
    parts = parts_of(address.strip())
    host, port = parts.hostname or "", parts.port
    named = is_named(host, port or {"http": 80}.get(parts.scheme, 443))
    allowed = named if parts.scheme == "http" else parts.scheme == "https" and (named or not is_inside(host))
    plain = not (parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"))
    if not host or not allowed or not plain:
        raise NetworkError("bad_address", what_next="give_up", detail=f"{parts.scheme}://{host}")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}{f':{port}' if port else ''}"


class Transport:
    """Calls to one server. `client` is given by tests; `time_out` in seconds is for a whole call."""

    def __init__(self, origin: str, *, time_out: float, client: Client | None = None) -> None:
        self.origin = origin
        self.time_out = time_out
        self._client = client or shared()
        self.host = parts_of(origin).hostname or "-"

    def to(self, origin: str) -> Transport:
        """The same way out, to another server."""
        return Transport(origin, time_out=self.time_out, client=self._client)

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
        begun = time.monotonic()
        ends = begun + (self.time_out if time_out is None else time_out)
        try:
            with work.span("network", method=method, host=self.host):
                reply = self._client.ask(
                    method, self.origin + path, until=ends, most=LARGEST_ANSWER, headers=headers, json=body,
                    params=params, content=content, data=form, files=dict([file]) if file else None,
                )  # fmt: skip
        except NotTaken as error:
            log.info("network", method=method, host=self.host, status=error.why, ms=_since(begun))
            raise _without_answer(error, changes) from None
        log.info("network", method=method, host=self.host, status=reply.status, ms=_since(begun))
        return _answer(reply, changes=changes, listed=listed)


def _since(begun: float) -> int:
    """Milliseconds."""
    return round((time.monotonic() - begun) * 1000)


def _without_answer(error: NotTaken, changes: bool) -> NetworkError:
    detail = error.detail or error.why
    if error.why in ("bad_address", "not_public"):
        return NetworkError("bad_address", what_next="give_up", detail=detail)
    if error.before:
        return NetworkError("unreachable", what_next="try_again", detail=detail)
    return _lost("timed_out" if error.why == "too_slow" else "unreadable_answer", changes, detail)


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


def _answer(reply: Reply, *, changes: bool, listed: bool) -> Answer:
    yes = 200 <= reply.status < 300
    try:
        data = read_json(reply.body) if reply.body.strip() else {}
    except ValueError:
        data = None
    if listed and yes:
        data = {"items": data} if isinstance(data, list) else None
    said: dict[str, list[str]] = {}
    for name, value in reply.headers:
        said.setdefault(name.lower(), []).append(value)
    headers = {name: ", ".join(values) for name, values in said.items()}
    if not isinstance(data, dict):
        if yes:
            raise _lost("unreadable_answer", changes, "not JSON", status=reply.status)
        data = {}
    return Answer(reply.status, headers, data)


def _lost(code: str, changes: bool, detail: str, status: int | None = None) -> NetworkError:
    return NetworkError(code, what_next="try_again", outcome_unknown=changes, detail=detail, status=status)


def _retry_after(answer: Answer, at: float | None) -> float | None:
    """Seconds to wait: Retry-After as seconds or as a date, or when the limit ends as Bluesky
    (ratelimit-reset, seconds since 1970) or Mastodon (x-ratelimit-reset, an instant) tell it; at most a
    day."""
    now = time.time() if at is None else at
    given = answer.headers.get("retry-after", "").strip()[:LONGEST_TIME]
    reset = answer.headers.get("ratelimit-reset", "").strip()
    instant = answer.headers.get("x-ratelimit-reset", "").strip()[:LONGEST_TIME]
    wait: float | None = None
    if given.isdigit() and given.isascii():
        wait = float(given[:9])
    elif given:
        try:
            wait = instant_in_header(given).timestamp() - now
        except ValueError:
            wait = None
    elif reset.isdigit() and reset.isascii():
        wait = float(reset[:12]) - now
    elif instant:
        try:
            wait = instant_in(instant).timestamp() - now
        except (ValueError, OverflowError):
            wait = None
    return None if wait is None else min(max(wait, 0.0), 86_400.0)
