"""Stays signed in with as few sign-ins as possible: stores and refreshes the session, and makes a new one
only if it must.

Bluesky allows 300 `createSession` a day and account (see `sign_ins_per_day` in capabilities.yaml).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.transport import Answer, Transport, check_service, refusal

_STALE = frozenset({"ExpiredToken", "InvalidToken"})
_NOT_FOUND = frozenset({"RecordNotFound", "NotFound", "HandleNotFound", "RepoNotFound", "AccountNotFound"})
_CLOSED = frozenset(
    {"AccountTakedown", "AccountSuspended", "AccountDeactivated", "RepoTakendown", "RepoSuspended"}
)


@dataclass(frozen=True, slots=True)
class Session:
    """What the server gave us: our identity, a token for two hours and one for ninety days.

    `host` is the server that hosts the account if that differs from the one that signs in (bsky.social has
    many): only there is a record that is not found proven absent. Empty: the same.
    """

    did: str
    handle: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    host: str = ""

    @classmethod
    def read(cls, text: str) -> Session | None:
        """From the vault; None for one that is not there or not ours."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


class SignedIn:
    """Calls as one account. Signs in at the first call that needs it."""

    def __init__(self, transport: Transport, credential: Credential) -> None:
        self._transport = transport
        self._credential = credential
        self._session = Session.read(credential.session)
        self._kept = credential.session

    @property
    def origin(self) -> str:
        """The server's address."""
        return self._transport.origin

    def session(self) -> Session:
        """The session in use; signs in where there is none. Raises NetworkError."""
        if self._session is None:
            self._session = self._sign_in()
        return self._session

    def to_keep(self) -> str | None:
        """The session for the vault, once, when it is another than was given."""
        now = json.dumps(asdict(self._session), sort_keys=True) if self._session else ""
        if now == self._kept:
            return None
        self._kept = now
        return now

    def ask(self, name: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A query. Raises NetworkError."""
        return self._call("GET", name, changes=False, params=params)

    def change(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """A procedure that changes something others can see. Raises NetworkError."""
        return self._call("POST", name, changes=True, body=body)

    def upload(self, data: bytes, media_type: str, *, time_out: float | None = None) -> dict[str, Any]:
        """Upload bytes, which stay invisible until a record names them: uploading them again does no harm.
        `time_out`: instead of the network's own."""
        return self._call(
            "POST", "com.atproto.repo.uploadBlob", changes=False, content=data,
            headers={"Content-Type": media_type}, time_out=time_out,
        )  # fmt: skip

    def _call(self, method: str, name: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        answer = self._exchange(method, name, self.session().access, changes=changes, **how)
        if answer.name in _STALE:
            # The server checks the token before it does anything: the first try changed nothing.
            self._session = self._renew()
            answer = self._exchange(method, name, self._session.access, changes=changes, **how)
        return _checked(answer, changes=changes)

    def _exchange(self, method: str, name: str, token: str, *, changes: bool, **how: Any) -> Answer:
        headers = {**how.pop("headers", {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        session = self._session
        away = session.host if session and not name.startswith("com.atproto.server.") else ""
        transport = self._transport.to(away) if away else self._transport
        return transport.exchange(method, f"/xrpc/{name}", changes=changes, headers=headers, **how)

    def _renew(self) -> Session:
        """A new access token by the refresh token; a fresh sign-in where that one has ended too."""
        assert self._session is not None
        answer = self._exchange(
            "POST", "com.atproto.server.refreshSession", self._session.refresh, changes=False
        )
        if answer.ok:
            return _session(answer, self.origin)
        if answer.name in _STALE or answer.status == 401:
            return self._sign_in()
        raise refusal(answer, changes=False)

    def _sign_in(self) -> Session:
        body = {"identifier": self._credential.handle, "password": self._credential.secret}
        answer = self._exchange("POST", "com.atproto.server.createSession", "", changes=False, body=body)
        if answer.ok:
            return _session(answer, self.origin)
        if answer.status in (400, 401, 403):
            raise NetworkError("sign_in", what_next="reconnect", status=answer.status, detail=answer.name)
        raise refusal(answer, changes=False)


def _session(answer: Answer, origin: str) -> Session:
    try:
        data = answer.data
        host = _host(data.get("didDoc"), origin)
        return Session(data["did"], data["handle"], data["accessJwt"], data["refreshJwt"], host)
    except KeyError:
        raise NetworkError("unreadable_answer", what_next="try_again", status=answer.status) from None


def _host(document: Any, origin: str) -> str:
    """Return the account's own server by its DID document; empty if it is the one we know, or no address fit
    for a key.

    A server of plain http is on this machine, and is its own host.
    """
    services = document.get("service") if isinstance(document, dict) else None
    for one in services if isinstance(services, list) and origin.startswith("https:") else ():
        if isinstance(one, dict) and str(one.get("id", "")).endswith("#atproto_pds"):
            try:
                found = check_service(str(one.get("serviceEndpoint")))
            except NetworkError:
                return ""
            return "" if found == origin else found
    return ""


def _checked(answer: Answer, *, changes: bool) -> dict[str, Any]:
    """The answer's data, or the error. Bluesky says 400 to nearly everything and means it by the error's
    name."""
    if answer.ok:
        return answer.data
    error = refusal(answer, changes=changes)
    if answer.status == 400 and answer.name in _NOT_FOUND:
        raise NetworkError("not_found", what_next="give_up", status=400, detail=error.detail)
    if answer.name in _CLOSED or answer.name in _STALE:
        raise NetworkError("sign_in", what_next="reconnect", status=answer.status, detail=error.detail)
    if answer.name == "InvalidSwap":
        raise NetworkError(
            "network_trouble", what_next="try_again", status=answer.status, detail=error.detail
        )
    raise error
