"""Exchanging something for a key at a company's OAuth address, as all of them but Meta have it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from schoolgate.networks.port import NetworkError
from schoolgate.networks.transport import Transport, redacted, refusal

ENDED = frozenset({"invalid_grant"})
"""The name of the error where what was given counts no longer."""


def exchanged(
    transport: Transport,
    path: str,
    given: Mapping[str, str],
    *,
    secrets: Sequence[str],
    headers: Mapping[str, str] | None = None,
    ended: Collection[str] = ENDED,
) -> dict[str, Any]:
    """Return what came with a key. By POST, so that no secret is part of an address. Raises NetworkError:
    `sign_in` where the person's permission ended, `not_allowed` where the application's does not count."""
    answer = transport.exchange(
        "POST", path, changes=False, content=urlencode(given).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", **(headers or {})},
    )  # fmt: skip
    if answer.ok and answer.said("access_token"):
        return answer.data
    if answer.ok:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key")
    if answer.status < 500 and answer.status != 429:
        code = "sign_in" if answer.name in ended else "not_allowed"
        detail = without(f"{answer.name} {answer.said('error_description')}", (*secrets, *given.values()))
        raise NetworkError(code, what_next="reconnect", detail=detail, status=answer.status)
    raise refusal(answer, changes=False)


def rights_in(told: Mapping[str, Any]) -> frozenset[str]:
    """Return what the person allowed, as it came with a key: companies put blanks or commas between."""
    said = told.get("scope")
    return frozenset((said if isinstance(said, str) else "").replace(",", " ").split())


def end_in(told: Mapping[str, Any], name: str, at: datetime) -> int:
    """Return when a key that was given at this instant ends, in seconds since 1970; 0: not told."""
    seconds = told.get(name)
    return int(at.timestamp()) + seconds if isinstance(seconds, int) and 0 < seconds < 10**9 else 0


def without(text: str, secrets: Sequence[str]) -> str:
    """The words that a company gives, without secrets."""
    for secret in filter(None, secrets):
        text = text.replace(secret, "[...]")
    return redacted(text)
