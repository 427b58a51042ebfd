"""Connecting YouTube channels through the operator's application at Google: the way to Google's own page and
the exchange of its code for keys. Calls the network; no rows.

Written from developers.google.com/identity/protocols/oauth2/web-server. The account's own key (refresh token)
has no end unless Google tells one: the person gave access for a time, or the application is being tested.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from schoolgate.core.env import env
from schoolgate.networks.known import Choice, Known
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.transport import Transport
from schoolgate.networks.youtube import reading
from schoolgate.networks.youtube.reading import Api, token, with_access

DIALOG = "https://accounts.google.com"
RIGHTS = ("https://www.googleapis.com/auth/youtube.force-ssl",)
"""What the person is asked to allow: films, captions and comments of the channel. No narrower one has
captions and comments."""
UNKNOWN = "unknown"


def has_application() -> bool:
    """Return whether the operator entered the keys of an application at Google."""
    return all(application())


def application() -> tuple[str, str]:
    """Return the id and the secret of the operator's application."""
    return env().google_app_id, env().google_app_secret.get_secret_value()


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at Google where the person says yes or no, and which channel it is."""
    asked = {
        "client_id": application()[0], "redirect_uri": back, "state": state, "response_type": "code",
        "scope": " ".join(RIGHTS), "access_type": "offline", "prompt": "consent",
    }  # fmt: skip
    return f"{DIALOG}/o/oauth2/v2/auth?{urlencode(asked)}"


def choices(network: str, *, code: str, back: str, at: datetime) -> list[Choice]:
    """Return the channels of the person who gave this code. Raises NetworkError (`too_few_rights`) where not
    all was allowed that was asked for."""
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    told = token(_transport(reading.TOKENS), application(), given)
    if not set(RIGHTS) <= set(str(told.get("scope") or "").split()):
        raise NetworkError("too_few_rights", what_next="reconnect")
    secret = told.get("refresh_token")
    if not isinstance(secret, str) or not secret:
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key")
    known = with_access(Known(UNKNOWN), told, at=at)
    api = _api(Credential(secret=secret, session=known.to_text()))
    found = []
    for channel in reading.channels(api):
        profile = reading.profile_of(channel)
        session = replace(known, id=profile.id, name=profile.display).to_text()
        credential = Credential(handle=profile.handle, secret=secret, service=reading.API, session=session)
        found.append(Choice(profile.id, profile.display or profile.handle, profile.handle, credential))
    return found


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return the same keys with the end that Google tells now; only the person can give them a later one.
    Raises NetworkError (`sign_in`, reconnect) where the person who connected it may no longer."""
    given = {"grant_type": "refresh_token", "refresh_token": credential.secret}
    told = token(_transport(reading.TOKENS), application(), given)
    known = with_access(Known.read(credential.session), told, at=at)
    return replace(credential, session=known.to_text())


def _api(credential: Credential) -> Api:
    return Api(_transport(reading.API), credential, application=application(), tokens=reading.TOKENS)


def _transport(origin: str) -> Transport:
    return Transport(origin, time_out=20.0)
