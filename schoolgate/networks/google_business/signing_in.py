"""Connecting Google Business profiles through the operator's application at Google; see
`google.signing_in`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from schoolgate.networks.google import account, signing_in
from schoolgate.networks.google_business import reading
from schoolgate.networks.known import Choice

RIGHTS = ("https://www.googleapis.com/auth/business.manage",)
"""What the person is asked to allow. Google has no narrower one."""

has_application, renewed = signing_in.has_application, signing_in.renewed


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at Google where the person says yes or no."""
    return signing_in.dialog_for(RIGHTS, state=state, back=back)


def choices(network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
    """Return the places that the person who gave this code owns or manages. Raises NetworkError
    (`too_few_rights`) where not all was allowed that was asked for."""
    keys = signing_in.keys_of(code, RIGHTS, back=back, at=at)
    api = reading.Api(
        signing_in.transport(reading.API), keys, application=signing_in.application(), tokens=account.TOKENS
    )
    found = []
    for inside, place in reading.places(api, reading.ACCOUNTS, reading.PLACES):
        profile, name = reading.profile_of(place), reading.told_apart(place)
        session = replace(api.known, id=profile.id, name=name, inside=inside).to_text()
        credential = replace(keys, handle=profile.handle, service=reading.API, session=session)
        found.append(Choice(profile.id, name or profile.handle, profile.handle, credential))
    return found
