"""What is told of a sign-in: a line in the log for whatever happens to it, and an email about a device on
which its user hasn't signed in before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from schoolgate.notices import sign_in
from schoolgate.notices.kinds import address
from schoolgate.people.models import User
from schoolgate.web.frame.limits import sender_of
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.signin.devices import device_in_words

_LONG = 16
log = structlog.get_logger("schoolgate.sign_in")


def note(happened: str, request: HttpRequest | None, *, account: str, **facts: Any) -> None:
    """Write a line: what happened, to which sign-in and from where, by keyed digests that say only whether
    two lines are about the same one. Also where no one has that address."""
    digest = salted_hmac("schoolgate.sign_in", account.casefold(), algorithm="sha256")
    log.info(
        happened,
        account=digest.hexdigest()[:_LONG],
        sender=sender_of(request)[:_LONG] if request is not None else "",
        **facts,
    )


def write_of_device(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Tell the user by email that someone signed in as them, when, and with what kind of device."""
    where = device_in_words(request.META.get("HTTP_USER_AGENT", ""))
    body = "\n\n".join(
        [
            _("Your sign-in was used on a device that we haven’t seen in the last month:"),
            f"{where}, {instant_in_words(at)}",
            _("If it was you, you don’t need to do anything."),
            _("If it wasn’t, end that session and change your password here, and tell the school at once:"),
            address("me"),
        ]
    )
    sign_in.write(to=user.email, subject=_("Schoolgate: new sign-in"), body=body, at=at)
