"""Connecting YouTube channels through the operator's application at Google; see `google.signing_in`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from schoolgate.networks.google import account, signing_in
from schoolgate.networks.known import Choice
from schoolgate.networks.youtube import reading

RIGHTS = ("https://www.googleapis.com/auth/youtube.force-ssl",)
"""What the person is asked to allow: films, captions and comments of the channel. No narrower one has
captions and comments."""

has_application, renewed = signing_in.has_application, signing_in.renewed


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at Google where the person says yes or no, and which channel it is."""
    return signing_in.dialog_for(RIGHTS, state=state, back=back)


def choices(network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
    """Return the channels of the person who gave this code. Raises NetworkError (`too_few_rights`) where not
    all was allowed that was asked for."""
    keys = signing_in.keys_of(code, RIGHTS, back=back, at=at)
    api = reading.Api(
        signing_in.transport(reading.API), keys, application=signing_in.application(), tokens=account.TOKENS
    )
    found = []
    for channel in reading.channels(api):
        profile = reading.profile_of(channel)
        session = replace(api.known, id=profile.id, name=profile.display).to_text()
        credential = replace(keys, handle=profile.handle, service=reading.API, session=session)
        found.append(Choice(profile.id, profile.display or profile.handle, profile.handle, credential))
    return found
