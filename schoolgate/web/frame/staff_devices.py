"""The mark of a device on which a member of staff signed in: what is answered there is no parent's yes."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "schoolgate_staff"
"""A cookie that says that someone signed in here, and not who."""
LASTS = timedelta(days=30)


def is_device_of_staff(request: HttpRequest) -> bool:
    """Return whether someone is signed in on this device, or was within the last month."""
    return request.user.is_authenticated or COOKIE in request.COOKIES


def mark(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Mark the device of someone who is signed in, once."""
    if COOKIE in request.COOKIES or not request.user.is_authenticated or not hasattr(answer, "set_cookie"):
        return
    answer.set_cookie(
        COOKIE, "1", max_age=int(LASTS.total_seconds()), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
