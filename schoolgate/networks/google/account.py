"""Calls to one of Google's interfaces as one account, whose own key (refresh token) only makes keys for an
hour."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from schoolgate.core.clock import now
from schoolgate.networks.checks import rows
from schoolgate.networks.known import Known
from schoolgate.networks.port import Credential, NetworkError, TooMany
from schoolgate.networks.tokens import end_in, exchanged
from schoolgate.networks.transport import Answer, Transport

TOKENS = "https://oauth2.googleapis.com"
PAGES = 20
SPARE = 60
"""Seconds before its end at which a key for an hour is replaced."""


class GoogleApi:
    """The way to an interface. `known` has the present key for an hour; `application`: the id and the secret
    of the operator's application. An interface says where it is (`WHERE`), and what its errors mean."""

    WHERE: ClassVar[str]

    def __init__(
        self, transport: Transport, credential: Credential, *, application: tuple[str, str], tokens: str
    ) -> None:
        if not credential.secret:
            raise NetworkError("sign_in", what_next="reconnect", detail="no key")
        self.known = Known.read(credential.session)
        self._before = self.known
        self._transport, self._secret = transport, credential.secret
        self._application, self._tokens = application, tokens

    @property
    def origin(self) -> str:
        """The server that is asked."""
        return self._transport.origin

    def session_to_keep(self) -> str | None:
        """The session for the vault, where a new key for an hour was made."""
        return self.known.to_text() if self.known != self._before else None

    def ask(self, what: str, **params: Any) -> dict[str, Any]:
        """Read. Raises NetworkError."""
        return self._data("GET", f"{self.WHERE}/{what}", changes=False, params=params)

    def ask_all(self, what: str, listed: str = "items", /, **params: Any) -> Iterator[dict[str, Any]]:
        """Read a list page by page. Raises NetworkError, also where it does not end."""
        yield from paged(lambda more: self.ask(what, **params, **more), listed)

    def change(
        self,
        method: str,
        what: str,
        body: Mapping[str, Any] | None = None,
        *,
        seen: bool = True,
        **params: Any,
    ) -> dict[str, Any]:
        """Change something; `seen`: others can see it, so that a lost answer leaves the outcome open. Raises
        NetworkError."""
        return self._data(method, f"{self.WHERE}/{what}", changes=seen, params=params, body=body)

    def send(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        time_out: float | None = None,
        **how: Any,
    ) -> Answer:
        """Upload something that no one sees yet; whatever the answer. Raises NetworkError."""
        return self._exchange(method, path, changes=False, content=content, time_out=time_out, **how)

    def meaning(self, answer: Answer, *, changes: bool = False) -> NetworkError:
        """The error for an answer that is no yes."""
        return self._meaning(answer, changes=changes, secrets=(self._secret, self.known.access))

    @abstractmethod
    def _meaning(self, answer: Answer, *, changes: bool, secrets: Sequence[str]) -> NetworkError:
        """The error, by the interface's own names."""

    def _data(self, method: str, path: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        answer = self._exchange(method, path, changes=changes, **how)
        if answer.ok and "error" not in answer.data:
            return answer.data
        raise self.meaning(answer, changes=changes)

    def _exchange(
        self, method: str, path: str, *, changes: bool, through: Transport | None = None, **how: Any
    ) -> Answer:
        headers = dict(how.pop("headers", None) or {})
        for again in (False, True):
            signed = {**headers, "Authorization": f"Bearer {self._access(renew=again)}"}
            answer = (through or self._transport).exchange(
                method, path, changes=changes, headers=signed, **how
            )
            if answer.status != 401:
                break  # a key for an hour may end earlier than was told
        return answer

    def _access(self, *, renew: bool) -> str:
        if renew or not self.known.access or self.known.access_until < time.time() + SPARE:
            given = {"grant_type": "refresh_token", "refresh_token": self._secret}
            told = token(self._transport.to(self._tokens), self._application, given)
            self.known = with_access(self.known, told, at=now())
        return self.known.access


def paged(ask: Callable[[dict[str, str]], dict[str, Any]], listed: str = "items") -> Iterator[dict[str, Any]]:
    """Read a list page by page; `ask` is given what asks for the next page. Raises NetworkError where it does
    not end."""
    following = ""
    for _ in range(PAGES):
        told = ask({"pageToken": following} if following else {})
        items = rows(told, listed)
        yield from items
        following = str(told.get("nextPageToken") or "")
        if not following or not items:
            return
    raise TooMany


def token(transport: Transport, application: tuple[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    """Exchange something for a key; see `tokens.exchanged`."""
    client, secret = application
    whole = {"client_id": client, "client_secret": secret, **given}
    return exchanged(transport, "/token", whole, secrets=(secret,))


def with_access(known: Known, told: Mapping[str, Any], *, at: datetime) -> Known:
    """What is known with the key for an hour that was told, and with the end of the account's own key where
    that has one."""
    access, run_out = end_in(told, "expires_in", at), end_in(told, "refresh_token_expires_in", at)
    return replace(
        known, access=str(told["access_token"]), access_until=access, run_out_at=run_out or known.run_out_at
    )
