"""Calls to the YouTube Data API as one channel, and what its errors mean."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from schoolgate.core.clock import now
from schoolgate.networks.known import Known
from schoolgate.networks.port import Credential, NetworkError, WhatNext
from schoolgate.networks.transport import Answer, Transport, redacted, refusal

API = "https://www.googleapis.com"
TOKENS = "https://oauth2.googleapis.com"
WHERE = "/youtube/v3"
UPLOADS = "/upload/youtube/v3"
PAGE = 50
THREADS = 100
PAGES = 20
PACIFIC = ZoneInfo("America/Los_Angeles")
SPARE = 60
"""Seconds before its end at which a key for an hour is replaced."""
LATER = 6 * 3600.0
"""Seconds to wait where a channel has uploaded too much: YouTube tells no time."""
_QUOTA = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_REASONS: Mapping[str, tuple[str, WhatNext]] = {
    **dict.fromkeys(("rateLimitExceeded", "userRateLimitExceeded"), ("too_fast", "try_again")),
    **dict.fromkeys(("uploadLimitExceeded", "uploadRateLimitExceeded"), ("too_fast", "try_again")),
    **dict.fromkeys(_QUOTA, ("too_fast", "try_again")),
    "authError": ("sign_in", "reconnect"),
    "insufficientPermissions": ("too_few_rights", "reconnect"),
    "commentsDisabled": ("closed", "give_up"),
    **dict.fromkeys(("channelClosed", "channelSuspended"), ("blocked_for_now", "give_up")),
    "backendError": ("network_trouble", "try_again"),
}


class Api:
    """The way to the API as one channel. The account's own key only makes keys for an hour; `known` has the
    present one. `application`: the id and the secret of the operator's application."""

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
        return self._data("GET", f"{WHERE}/{what}", changes=False, params=params)

    def ask_all(self, what: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Read a list page by page. Raises NetworkError, also where it does not end."""
        token = ""
        for _ in range(PAGES):
            told = self.ask(what, **params, **({"pageToken": token} if token else {}))
            items = rows(told)
            yield from items
            token = str(told.get("nextPageToken") or "")
            if not token or not items:
                return
        raise NetworkError("not_offered", what_next="give_up", detail="too many")

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
        return self._data(method, f"{WHERE}/{what}", changes=seen, params=params, body=body)

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
        return meaning(answer, changes=changes, secrets=(self._secret, self.known.access), at=now())

    def _data(self, method: str, path: str, *, changes: bool, **how: Any) -> dict[str, Any]:
        answer = self._exchange(method, path, changes=changes, **how)
        if answer.ok and "error" not in answer.data:
            return answer.data
        raise self.meaning(answer, changes=changes)

    def _exchange(self, method: str, path: str, *, changes: bool, **how: Any) -> Answer:
        headers = dict(how.pop("headers", None) or {})
        for again in (False, True):
            signed = {**headers, "Authorization": f"Bearer {self._access(renew=again)}"}
            answer = self._transport.exchange(method, path, changes=changes, headers=signed, **how)
            if answer.status != 401:
                break  # a key for an hour may end earlier than was told
        return answer

    def _access(self, *, renew: bool) -> str:
        if renew or not self.known.access or self.known.access_until < time.time() + SPARE:
            given = {"grant_type": "refresh_token", "refresh_token": self._secret}
            told = token(self._transport.to(self._tokens), self._application, given)
            self.known = with_access(self.known, told, at=now())
        return self.known.access


def token(transport: Transport, application: tuple[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    """Exchange something for a key. By POST, so that no secret is part of an address. Raises NetworkError:
    `sign_in` where the person's permission ended, `not_allowed` where the application's does not count."""
    client, secret = application
    whole = {"client_id": client, "client_secret": secret, **given}
    answer = transport.exchange(
        "POST", "/token", changes=False, content=urlencode(whole).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    if answer.ok and answer.said("access_token"):
        return answer.data
    if answer.ok:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key")
    if answer.status < 500 and answer.status != 429:
        code = "sign_in" if answer.name == "invalid_grant" else "not_allowed"
        detail = _without(f"{answer.name} {answer.said('error_description')}", (secret, *given.values()))
        raise NetworkError(code, what_next="reconnect", detail=detail, status=answer.status)
    raise refusal(answer, changes=False)


def with_access(known: Known, told: Mapping[str, Any], *, at: datetime) -> Known:
    """What is known with the key for an hour that was told, and with the end of the account's own key where
    that has one."""
    access, run_out = _end(told.get("expires_in"), at), _end(told.get("refresh_token_expires_in"), at)
    return replace(
        known, access=str(told["access_token"]), access_until=access, run_out_at=run_out or known.run_out_at
    )


def _end(seconds: object, at: datetime) -> int:
    return int(at.timestamp()) + seconds if isinstance(seconds, int) and 0 < seconds < 10**9 else 0


def meaning(answer: Answer, *, changes: bool, secrets: Sequence[str], at: datetime) -> NetworkError:
    """The error for an answer that is no yes, by YouTube's own reasons where it gives one."""
    said = table(answer.data.get("error"))
    told = said.get("errors")
    reasons = [str(table(one).get("reason") or "") for one in (told if isinstance(told, list) else ())]
    detail = _without(f"{'/'.join(filter(None, reasons))} {said.get('message') or ''}".strip(), secrets)
    error = refusal(answer, changes=changes)
    error.detail = detail
    known = next((_REASONS[one] for one in reasons if one in _REASONS), None)
    if known is None or answer.status >= 500:
        return error
    code, what_next = known
    wait = error.retry_after
    if _QUOTA & set(reasons):
        wait = until_midnight(at)
    elif {"uploadLimitExceeded", "uploadRateLimitExceeded"} & set(reasons):
        wait = LATER
    return NetworkError(
        code, what_next=what_next, outcome_unknown=changes and code == "network_trouble", detail=detail,
        status=answer.status, retry_after=wait if what_next == "try_again" else None,
    )  # fmt: skip


def until_midnight(at: datetime) -> float:
    """Seconds until the application's quota begins again: at midnight, Pacific time."""
    there = at.astimezone(PACIFIC)
    midnight = datetime.combine(there.date() + timedelta(days=1), datetime.min.time(), PACIFIC)
    return midnight.timestamp() - at.timestamp()


def _without(text: str, secrets: Sequence[str]) -> str:
    for secret in filter(None, secrets):
        text = text.replace(secret, "[...]")
    return redacted(text)


def table(value: Any) -> dict[str, Any]:
    """A JSON object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def rows(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The objects of a list."""
    found = told.get("items")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
