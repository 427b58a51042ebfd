"""Connecting accounts on X through the operator's application: the way to X's own page, the exchange of its
code for keys, and the next ones. Calls the network; no rows.

The access token lives two hours. The refresh token makes the next pair and counts only once: who renews must
be alone (`accounts.connecting`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from schoolgate.core.env import env
from schoolgate.networks.checks import table
from schoolgate.networks.known import Choice, Known
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.tokens import end_in, exchanged, rights_in
from schoolgate.networks.transport import Transport
from schoolgate.networks.x import reading
from schoolgate.networks.x.reading import Api

DIALOG = "https://x.com"
RIGHTS = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
"""What the person is asked to allow; no more than the client uses."""
ENDED = frozenset({"invalid_grant", "invalid_request"})
"""What X calls a code or a key that counts no longer."""


def has_application() -> bool:
    """Return whether the operator entered the keys of an application at X."""
    return bool(env().x_app_id and env().x_app_secret.get_secret_value())


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at X where the person says yes or no."""
    challenge = hashlib.sha256(_verifier(state).encode()).digest()
    asked = {
        "response_type": "code", "client_id": env().x_app_id, "redirect_uri": back, "state": state,
        "scope": " ".join(RIGHTS), "code_challenge": _plain(challenge), "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{DIALOG}/i/oauth2/authorize?{urlencode(asked, quote_via=quote)}"


def choices(network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
    """Return the one account of the person who gave this code. Raises NetworkError (`too_few_rights`) where
    not all was allowed that was asked for."""
    given = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back,
        "code_verifier": _verifier(state),
    }  # fmt: skip
    told = _keys(given)
    if not rights_in(told) >= set(RIGHTS):
        raise NetworkError("too_few_rights", what_next="reconnect")
    keys = _credential(Credential(), Known("unknown"), told, at=at)
    api = Api(_transport(), keys)
    profile = reading.profile_of(table(api.ask("users/me", **{"user.fields": "name,username"}).get("data")))
    known = replace(api.known, id=profile.id, name=profile.display)
    credential = replace(keys, handle=profile.handle, service=reading.API, session=known.to_text())
    return [Choice(profile.id, profile.display or profile.handle, profile.handle, credential)]


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return the next keys of the same account; those before count no longer. Raises NetworkError (`sign_in`,
    reconnect) where the person who connected it may no longer."""
    known = Known.read(credential.session)
    told = _keys({"grant_type": "refresh_token", "refresh_token": known.renews})
    return _credential(credential, known, told, at=at)


def _credential(before: Credential, known: Known, told: dict[str, Any], *, at: datetime) -> Credential:
    renews = told.get("refresh_token")
    if not isinstance(renews, str) or not renews:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key to renew with")
    fresh = replace(known, renews=renews, access_until=end_in(told, "expires_in", at))
    return replace(before, secret=str(told["access_token"]), session=fresh.to_text())


def _verifier(state: str) -> str:
    """What only we can know of this state, so that a code counts in no other browser and no other program."""
    secret = env().x_app_secret.get_secret_value()
    return _plain(hmac.new(secret.encode(), state.encode(), hashlib.sha256).digest())


def _plain(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _keys(given: dict[str, str]) -> dict[str, Any]:
    secret = env().x_app_secret.get_secret_value()
    pair = f"{quote(env().x_app_id, safe='')}:{quote(secret, safe='')}"
    signed = base64.b64encode(pair.encode()).decode()
    return exchanged(
        _transport(), "/2/oauth2/token", given, secrets=(secret, signed), ended=ENDED,
        headers={"Authorization": f"Basic {signed}"},
    )  # fmt: skip


def _transport() -> Transport:
    return Transport(reading.API, time_out=20.0)
