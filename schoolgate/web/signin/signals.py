"""Receivers of signals: a person signed in, a second step was added or removed."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.people import actions, queries
from schoolgate.people.models import Person, User
from schoolgate.web.frame import sessions


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


@receiver(password_reset)
def on_password_by_mail(user: User, **_kwargs: Any) -> None:
    """Note that the person reads the mailbox that they sign in with."""
    actions.note_address_proven(user)


@receiver(authenticator_added)
def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """End the user's other sessions: one that knew only the password must not pass now."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
    _note(user, "added", authenticator.type)


@receiver(authenticator_removed)
def on_removed(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Note that a step is gone."""
    _note(user, "removed", authenticator.type)
