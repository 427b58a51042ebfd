"""What follows a sign-in, a refused one, a sign-out or a change of how someone signs in: a line in the log,
and an email about a device on which its user hasn't signed in before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from allauth.account.signals import password_changed, password_reset
from allauth.account.signals import user_logged_in as came_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.notices import sign_in
from schoolgate.notices.kinds import address
from schoolgate.people import persons, queries
from schoolgate.people.models import Person, User
from schoolgate.people.sessions import note_factor
from schoolgate.web.frame import sessions
from schoolgate.web.frame.errors import sender_of
from schoolgate.web.frame.sessions import knows
from schoolgate.web.frame.shown import instant_in_words

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
"""What the text contains, and its name. The first match counts, so specific names come first."""


def device_in_words(user_agent: str) -> str:
    """Return the browser and the system ("Chrome, Android"), or a sentence where neither is known.

    Never the text itself: clients may send anything in it.
    """
    names = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(name for name in names if name) or _("Unknown device")


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in marks if mark in text), "")


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


def _note(user: User, change: str, kind: str) -> None:
    """Record it in each federation in which the user has a place: the step guards all of them."""
    at = now()
    for membership in queries.memberships_of(user, on=local_day(at)):
        with scope(membership.federation_id, membership.person_id):
            person = Person.objects.select_related("federation").get(pk=membership.person_id)
            note_factor(by=person, at=at, change=change, kind=kind)


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note how the session began, and so when it ends."""
    sessions.begin(request, user, at=now())


@receiver(came_in)
def on_came_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Tell of a sign-in on the pages: in the log, and by email where the device is new."""
    how = str(sessions.signed_in_with(request, user))
    note("signed_in", request, account=user.email, how=how, directory=sessions.through(request))
    if not knows(request, user):
        write_of_device(request, user, at=now())
    request.came_in = True  # type: ignore[attr-defined]


@receiver(user_login_failed)
def on_not_let_in(credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Note that a password was wrong, or an address unknown: the same line for both."""
    typed = getattr(getattr(request, "user", None), "email", "") or credentials.get("email") or ""
    note("sign_in_failed", request, account=str(typed))


@receiver(authentication_failed)
def on_wrong_code(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Note that a second step was wrong."""
    note("second_step_failed", request, account=user.email, kind=authenticator.type)


@receiver(user_logged_out)
def on_signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    """Note that someone signed out, or was signed out."""
    if user is not None:
        note("signed_out", request, account=user.email)


@receiver(password_changed)
def on_password_changed(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note that a person chose another password."""
    note("password_changed", request, account=user.email)


@receiver(password_reset)
def on_password_by_mail(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note that the person reads the mailbox that they sign in with."""
    note("password_by_mail", request, account=user.email)
    persons.note_address_proven(user)


@receiver(authenticator_added)
def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """End the user's other sessions: one that knew only the password must not pass now."""
    note("second_step_added", request, account=user.email, kind=authenticator.type)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
    _note(user, "added", authenticator.type)


@receiver(authenticator_removed)
def on_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Note that a step is gone."""
    note("second_step_removed", request, account=user.email, kind=authenticator.type)
    _note(user, "removed", authenticator.type)
