"""What a real server answered, recorded, and played again where that server is not at hand.

`Tape` stands between our client and the server: it passes each request on and keeps it with its answer, or,
without a server, answers from what was kept. Instants are moved to now; who asks is known by name, and no
access token is kept. A request that was not recorded gets no answer, and `unknown` names it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from tests.network.asking import ask
from tests.network.gotosocial import GoToSocial
from tests.networks.mastodon_server import ALL
from tests.networks.own_server import OwnCalls, OwnServer, serving

FILE = Path(__file__).with_name("mastodon_recorded.json.gz")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_KEPT = ("date", "link", "retry-after", "content-type")


@dataclass(frozen=True)
class Person:
    """Who asks, with the token."""

    name: str
    token: str


@dataclass
class Tape(OwnServer):
    """One test's requests. `server`: the real one; without it `calls` are played."""

    server: GoToSocial | None = None
    began: datetime | None = None
    names: list[str] = field(default_factory=list)
    calls: list[list[Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    moved: timedelta = timedelta()
    _at: int = 0

    def join(self, name: str, scopes: str = ALL) -> Person:
        """An account of its own, with a token for these scopes."""
        if self.server is not None:
            self.names.append(self.server.account(name))
        return self.key_of(self.names[len(self.tokens)], scopes)

    def key_of(self, name: str, scopes: str = ALL) -> Person:
        """One more token of an account."""
        said = name if scopes == ALL else f"{name} ({scopes})"
        token = self.server.token(name, scopes) if self.server is not None else f"token of {said}"
        self.tokens[token] = said
        return Person(name, token)

    def answer(self, request: str, how: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        """The server's answer, or what it was."""
        if self.server is not None:
            self.began = self.began or datetime.now(UTC)
            told = ask(url=self.server.origin + how.pop("path"), timeout=60, **how)
            headers = {name: told.headers[name] for name in _KEPT if name in told.headers}
            self.calls.append([request, told.status_code, headers, told.text])
            return told.status_code, told.content, headers
        if not self._at:
            self.moved = datetime.now(UTC) - (self.began or datetime.now(UTC))
        found = self._played(request)
        if found is None:
            self.unknown.append(request)
            return 501, {"error": f"not recorded: {request}"}, {}
        _request, status, headers, body = found
        return status, self._moved(body).encode(), self._dated(headers)

    def _played(self, request: str) -> list[Any] | None:
        """The next answer to this request: what only reads may have been asked less often than before."""
        for at in range(self._at, len(self.calls)):
            if self.calls[at][0] == request:
                self._at = at + 1
                return self.calls[at]
            if not self.calls[at][0].partition(" ")[2].startswith("GET"):
                break
        return None

    def _moved(self, body: str) -> str:
        def later(found: re.Match[str]) -> str:
            at = datetime.fromisoformat(found[0]) + self.moved
            return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

        return _INSTANT.sub(later, body)

    def _dated(self, headers: dict[str, str]) -> dict[str, str]:
        if "date" not in headers:
            return headers
        at = parsedate_to_datetime(headers["date"]) + self.moved
        return headers | {"date": format_datetime(at, usegmt=True)}


class Calls(OwnCalls):
    """Names each request by who asks for what."""

    state: Tape

    def reply_to(self, call: str, parts: SplitResult, raw: bytes) -> tuple[int, Any, dict[str, str]]:
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        who = self.state.tokens.get(token, "nobody")
        asked = f"{who.replace(' ', '_')} {self.command} {self.path} {self._given(raw)}".rstrip()
        sent = ("Authorization", "Content-Type", "Idempotency-Key")
        headers = {name: self.headers[name] for name in sent if name in self.headers}
        how = {"method": self.command, "path": self.path, "content": raw, "headers": headers}
        return self.state.answer(asked, how)

    def _given(self, raw: bytes) -> str:
        """What is sent, without a file's bytes."""
        told = self.headers.get("Content-Type", "")
        if told.startswith("multipart/form-data"):
            whole: Any = message_from_bytes(b"Content-Type: " + told.encode() + b"\r\n\r\n" + raw)
            parts = {
                part.get_param("name", header="content-disposition"): part.get_content_type()
                if part.get_filename()
                else part.get_payload(decode=True).decode()
                for part in whole.get_payload()
            }
            return json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return json.dumps(json.loads(raw), sort_keys=True, ensure_ascii=False) if raw.strip() else ""


@contextmanager
def recording(server: GoToSocial) -> Iterator[Tape]:
    """A tape of a real server, for as long as the block runs."""
    with serving(Tape(server=server), Calls) as tape:
        yield tape


@contextmanager
def playing(kept: dict[str, Any]) -> Iterator[Tape]:
    """A tape that was kept, for as long as the block runs."""
    began = datetime.fromisoformat(kept["began"]) if kept["began"] else None
    with serving(Tape(began=began, names=[*kept["names"]], calls=kept["calls"]), Calls) as tape:
        yield tape


def kept(tape: Tape) -> dict[str, Any]:
    """A tape as the file has it."""
    began = tape.began.isoformat() if tape.began else ""
    return {"began": began, "names": tape.names, "calls": tape.calls}


def read() -> dict[str, Any]:
    """What was recorded: with which server, on which day, and the tape of each test."""
    return dict(json.loads(gzip.decompress(FILE.read_bytes()))) if FILE.exists() else {"tapes": {}}


def write(told: dict[str, Any]) -> None:
    """Keep what was recorded."""
    whole = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    FILE.write_bytes(gzip.compress(whole.encode(), mtime=0))
