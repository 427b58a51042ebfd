"""Is it really this person? Asked again before a key is shown: by passkey, or by password and code.

The sign-in itself does not count: a screen left open is what this is for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

SURE_FOR = timedelta(minutes=5)
"""How long a confirmation counts: enough for a password and the code that goes with it."""


def is_sure(request: HttpRequest, *, at: datetime) -> bool:
    """Return whether the person confirmed their identity within the last minutes."""
    fresh = _fresh(request, at)
    return "passkey" in fresh or fresh >= {"password", "code"}


def next_step(request: HttpRequest, *, at: datetime, back: str) -> str:
    """Return the address of the next step of confirming, which leads back to `back`.

    People without two-step verification set it up first. A passkey is asked for where there is one; its page
    offers the other ways.
    """
    return f"{reverse(_next_page(request, at))}?{urlencode({'next': back})}"


def has_way(request: HttpRequest) -> bool:
    """Return whether there is a way to confirm: a passkey, or a password with an app."""
    kinds = _second_steps(request)
    return Authenticator.Type.WEBAUTHN in kinds or (
        Authenticator.Type.TOTP in kinds and _user(request).has_usable_password()
    )


def _next_page(request: HttpRequest, at: datetime) -> str:
    if not has_way(request):
        return "mfa_index"
    fresh, kinds = _fresh(request, at), _second_steps(request)
    if "password" in fresh and Authenticator.Type.TOTP in kinds:
        return "mfa_reauthenticate"
    if "code" in fresh and _user(request).has_usable_password():
        return "account_reauthenticate"
    return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in kinds else "account_reauthenticate"


def _fresh(request: HttpRequest, at: datetime) -> set[str]:
    """Return the ways in which the person has confirmed within the last minutes."""
    found = set()
    for one in get_authentication_records(request, request.user):
        age = at.timestamp() - one.get("at", 0)
        # The clocks of two machines differ a little, so what is a moment ahead is fresh as well.
        if one.get("reauthenticated") and -60 <= age < SURE_FOR.total_seconds():
            found.add(_way(one))
    return found


def _way(one: dict[str, Any]) -> str:
    if one.get("method") != "mfa":
        return str(one.get("method"))
    return "passkey" if one.get("type") == Authenticator.Type.WEBAUTHN else "code"


def _second_steps(request: HttpRequest) -> set[str]:
    return set(Authenticator.objects.filter(user=_user(request)).values_list("type", flat=True))


def _user(request: HttpRequest) -> Any:
    return request.user
