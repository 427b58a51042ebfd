"""Receivers of signals: a person signed in or couldn’t, signed out, or changed how they sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.account.signals import user_logged_in as came_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.people import actions, queries
from schoolgate.people.models import Person, User
from schoolgate.web.frame import sessions, staff_devices
from schoolgate.web.signin import telling


def _note(user: User, change: str, kind: str) -> None:
    """Record it in each federation in which the user has a place: the step guards all of them."""
    at = now()
    for membership in queries.memberships_of(user, on=local_day(at)):
        with scope(membership.federation_id, membership.person_id):
            person = Person.objects.select_related("federation").get(pk=membership.person_id)
            actions.note_factor(by=person, at=at, change=change, kind=kind)


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note how the session began, and so when it ends."""
    sessions.begin(request, user, at=now())


@receiver(came_in)
def on_came_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Tell of a sign-in on the pages: in the log, and by email where the device is new."""
    how = str(sessions.signed_in_with(request, user))
    telling.note("signed_in", request, account=user.email, how=how, directory=sessions.through(request))
    if not staff_devices.knows(request, user):
        telling.write_of_device(request, user, at=now())
    request.came_in = True  # type: ignore[attr-defined]


@receiver(user_login_failed)
def on_not_let_in(credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Note that a password was wrong, or an address unknown: the same line for both."""
    typed = getattr(getattr(request, "user", None), "email", "") or credentials.get("email") or ""
    telling.note("sign_in_failed", request, account=str(typed))


@receiver(authentication_failed)
def on_wrong_code(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Note that a second step was wrong."""
    telling.note("second_step_failed", request, account=user.email, kind=authenticator.type)


@receiver(user_logged_out)
def on_signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    """Note that someone signed out, or was signed out."""
    if user is not None:
        telling.note("signed_out", request, account=user.email)


@receiver(password_changed)
def on_password_changed(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note that a person chose another password."""
    telling.note("password_changed", request, account=user.email)


@receiver(password_reset)
def on_password_by_mail(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Note that the person reads the mailbox that they sign in with."""
    telling.note("password_by_mail", request, account=user.email)
    actions.note_address_proven(user)


@receiver(authenticator_added)
def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """End the user's other sessions: one that knew only the password must not pass now."""
    telling.note("second_step_added", request, account=user.email, kind=authenticator.type)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
    _note(user, "added", authenticator.type)


@receiver(authenticator_removed)
def on_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Note that a step is gone."""
    telling.note("second_step_removed", request, account=user.email, kind=authenticator.type)
    _note(user, "removed", authenticator.type)
