"""Connecting LinkedIn Pages through the operator's application: the way to LinkedIn's own page, the exchange
of its code for keys, and keys that live longer. Calls the network; no rows.

The access token lives two months. The refresh token, which LinkedIn gives to some applications only, makes a
new one for a year and stays the same; without it a person connects the Page again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from schoolgate.core.env import env
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.known import Choice, Known
from schoolgate.networks.linkedin import reading
from schoolgate.networks.linkedin.reading import Api
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.tokens import end_in, exchanged, rights_in
from schoolgate.networks.transport import Transport

DIALOG = "https://www.linkedin.com"
RIGHTS = ("r_organization_social", "w_organization_social", "rw_organization_admin")
FOR_COMMENTS = ("r_organization_social_feed", "w_organization_social_feed")
"""What the person is asked to allow; no more than the client uses. LinkedIn has none for reading which Pages
a person runs and how often posts were seen that doesn't let these be changed too."""
RUNS = "ADMINISTRATOR"
SOON = 11
"""Months after which a version is to be replaced."""
VERSION = "SCHOOLGATE_LINKEDIN_VERSION"
ENDED = frozenset({"invalid_grant", "invalid_request"})
"""What LinkedIn calls a code or a key that counts no longer."""


def has_application() -> bool:
    """Return whether the operator entered the keys of an application at LinkedIn."""
    return bool(env().linkedin_app_id and env().linkedin_app_secret.get_secret_value())


def rights(network: str) -> tuple[str, ...]:
    """Return what the person is asked to allow."""
    comments = all_capabilities()[network].connected().way("read_replies") is Way.PROGRAM
    return RIGHTS + (FOR_COMMENTS if comments else ())


def ending(at: datetime) -> tuple[str, str] | None:
    """Return the version of the interface and its setting, once LinkedIn soon answers that no longer; it
    promises a year."""
    version = env().linkedin_version
    months = (at.year - int(version[:4])) * 12 + at.month - int(version[4:])
    return (version, VERSION) if months >= SOON else None


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at LinkedIn where the person says yes or no."""
    asked = {
        "response_type": "code", "client_id": env().linkedin_app_id, "redirect_uri": back, "state": state,
        "scope": " ".join(rights(network)),
    }  # fmt: skip
    return f"{DIALOG}/oauth/v2/authorization?{urlencode(asked)}"


def choices(network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
    """Return the Pages that the person who gave this code runs. Raises NetworkError (`too_few_rights`) where
    not all was allowed that was asked for."""
    told = _keys({"grant_type": "authorization_code", "code": code, "redirect_uri": back})
    if not rights_in(told) >= set(rights(network)):
        raise NetworkError("too_few_rights", what_next="reconnect")
    api = Api(_transport(reading.API), _credential(told), version=env().linkedin_version)
    return [_choice(told, page, at=at) for page in _pages(api)]


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return a key of the same Page that lives longer, or the same where LinkedIn gave none to renew it with.
    Raises NetworkError (`sign_in`, reconnect) where the person who connected it may no longer."""
    known = Known.read(credential.session)
    if not known.renews:
        return credential
    told = _keys({"grant_type": "refresh_token", "refresh_token": known.renews})
    fresh = replace(
        known, renews=clean_incoming(told.get("refresh_token")) or known.renews,
        run_out_at=end_in(told, "expires_in", at),
    )  # fmt: skip
    return replace(credential, secret=_credential(told).secret, session=fresh.to_text())


def _pages(api: Api) -> Iterator[dict[str, Any]]:
    given = {"q": "roleAssignee", "role": RUNS, "state": "APPROVED"}
    seen = set[str]()
    for each in api.ask_all("organizationAcls", "FINDER", **given):
        urn = clean_incoming(each.get("organization") or each.get("organizationTarget"))
        number = urn.removeprefix("urn:li:organization:")
        if number.isdigit() and number not in seen:
            seen.add(number)
            yield api.ask(f"organizations/{number}")


def _choice(told: dict[str, Any], page: dict[str, Any], *, at: datetime) -> Choice:
    profile = reading.profile_of(page)
    known = Known(
        profile.id, profile.display, renews=clean_incoming(told.get("refresh_token")),
        run_out_at=end_in(told, "expires_in", at),
    )  # fmt: skip
    credential = replace(
        _credential(told), handle=profile.handle, service=reading.API, session=known.to_text()
    )
    return Choice(profile.id, profile.display or profile.handle, profile.handle, credential)


def _credential(told: dict[str, Any]) -> Credential:
    return Credential(secret=str(told["access_token"]))


def _keys(given: dict[str, str]) -> dict[str, Any]:
    secret = env().linkedin_app_secret.get_secret_value()
    whole = {"client_id": env().linkedin_app_id, "client_secret": secret, **given}
    return exchanged(_transport(DIALOG), "/oauth/v2/accessToken", whole, secrets=(secret,), ended=ENDED)


def _transport(origin: str) -> Transport:
    return Transport(origin, time_out=20.0)
