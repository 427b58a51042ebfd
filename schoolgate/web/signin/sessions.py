"""How a session began and when it ends, kept in the session itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from schoolgate.people.states import SignedInWith, session_ends_at, session_is_over

_KEY = "signed_in"
SEAT_KEY = "seat"
"""Where the session keeps the hat that was chosen."""
_WRITE_AFTER = timedelta(minutes=1)


def signed_in_with(request: HttpRequest, user: AbstractBaseUser) -> SignedInWith:
    """The way in which this session began, from allauth's own notes."""
    records = get_authentication_records(request, user)
    if any(record.get("passwordless") for record in records):
        return SignedInWith.PASSKEY
    if any(record.get("method") == "mfa" for record in records):
        return SignedInWith.TWO_STEPS
    return SignedInWith.PASSWORD


def begin(request: HttpRequest, user: AbstractBaseUser, *, at: datetime) -> None:
    """Note how and when the session began."""
    request.session[_KEY] = {
        "with": str(signed_in_with(request, user)),
        "ends": session_ends_at(at).isoformat(),
        "seen": at.isoformat(),
    }


def is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the session has ended; a session that did not begin through the sign-in page has."""
    noted = request.session.get(_KEY)
    if noted is None:
        return True
    return session_is_over(
        signed_in_with=noted["with"],
        ends_at=datetime.fromisoformat(noted["ends"]),
        seen_at=datetime.fromisoformat(noted["seen"]),
        at=at,
    )


def with_second_step(request: HttpRequest) -> bool:
    """Whether this session began with a passkey, or with a second step after the password."""
    noted = request.session.get(_KEY)
    return noted is not None and noted["with"] in (SignedInWith.PASSKEY, SignedInWith.TWO_STEPS)


def seen(request: HttpRequest, *, at: datetime) -> None:
    """Note that the session was used; written at most once a minute."""
    noted = request.session[_KEY]
    if at - datetime.fromisoformat(noted["seen"]) >= _WRITE_AFTER:
        request.session[_KEY] = {**noted, "seen": at.isoformat()}
