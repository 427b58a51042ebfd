"""Connecting accounts through the operator's one application at Google: the way to Google's own page and the
exchange of its code for keys. Calls the network; no rows.

The account's own key has no end unless Google tells one: the person gave access for a time, or the
application is being tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from schoolgate.core.env import env
from schoolgate.networks.google import account
from schoolgate.networks.google.account import token, with_access
from schoolgate.networks.known import Known
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.tokens import rights_in
from schoolgate.networks.transport import Transport

DIALOG = "https://accounts.google.com"
UNKNOWN = "unknown"


def has_application() -> bool:
    """Return whether the operator entered the keys of an application at Google."""
    return all(application())


def application() -> tuple[str, str]:
    """Return the id and the secret of the operator's application."""
    return env().google_app_id, env().google_app_secret.get_secret_value()


def dialog_for(rights: Sequence[str], *, state: str, back: str) -> str:
    """Return the address at Google where the person allows these rights or not, and says for what."""
    asked = {
        "client_id": application()[0], "redirect_uri": back, "state": state, "response_type": "code",
        "scope": " ".join(rights), "access_type": "offline", "prompt": "consent",
    }  # fmt: skip
    return f"{DIALOG}/o/oauth2/v2/auth?{urlencode(asked)}"


def keys_of(code: str, rights: Sequence[str], *, back: str, at: datetime) -> Credential:
    """Return the keys of the person who gave this code, for what isn't yet chosen. Raises NetworkError
    (`too_few_rights`) where not all was allowed that was asked for."""
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    told = token(transport(account.TOKENS), application(), given)
    if not set(rights) <= rights_in(told):
        raise NetworkError("too_few_rights", what_next="reconnect")
    secret = told.get("refresh_token")
    if not isinstance(secret, str) or not secret:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key")
    return Credential(secret=secret, session=with_access(Known(UNKNOWN), told, at=at).to_text())


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return the same keys with the end that Google tells now; only the person can give them a later one.
    Raises NetworkError (`sign_in`, reconnect) where the person who connected it may no longer."""
    given = {"grant_type": "refresh_token", "refresh_token": credential.secret}
    told = token(transport(account.TOKENS), application(), given)
    known = with_access(Known.read(credential.session), told, at=at)
    return replace(credential, session=known.to_text())


def transport(origin: str) -> Transport:
    """The way to one of Google's servers while a person waits."""
    return Transport(origin, time_out=20.0)
