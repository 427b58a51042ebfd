"""The mark of a device on which a member of staff signed in: what is answered there is no parent's yes, and
who signs in where they didn't before is told by email."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "schoolgate_staff"
"""A cookie that says that someone signed in here, and to the program alone who."""
LASTS = timedelta(days=30)
MOST = 12
"""People a device is remembered for: those who came last."""


def is_device_of_staff(request: HttpRequest) -> bool:
    """Return whether someone is signed in on this device, or was within the last month."""
    return request.user.is_authenticated or COOKIE in request.COOKIES


def knows(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Return whether this user signed in on this device within the last month."""
    return _mark_of(user) in _marks(request)


def mark(request: HttpRequest, answer: HttpResponseBase, *, again: bool) -> None:
    """Mark the device of someone who is signed in: once, and `again` for another month."""
    if not request.user.is_authenticated or not hasattr(answer, "set_cookie"):
        return
    marks, mine = _marks(request), _mark_of(request.user)
    if mine in marks and not again:
        return
    kept = [one for one in marks if one != mine][1 - MOST :]
    answer.set_cookie(
        COOKIE, ".".join([*kept, mine]), max_age=int(LASTS.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _marks(request: HttpRequest) -> list[str]:
    return [one for one in request.COOKIES.get(COOKIE, "").split(".") if one]


def _mark_of(user: AbstractBaseUser) -> str:
    return salted_hmac(COOKIE, str(user.pk), algorithm="sha256").hexdigest()[:16]
