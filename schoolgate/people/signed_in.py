"""Where a person is signed in, and with what second steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from schoolgate.people.models import Person


def sessions_of(person: Person) -> list[UserSession]:
    """Return a person's sessions, the last used first."""
    return list(UserSession.objects.filter(user=person.user_id).order_by("-last_seen_at", "-pk"))


def seen_since(people: Iterable[Person], at: datetime) -> bool:
    """Return whether one of these people has used Schoolgate since then."""
    users = [one.user_id for one in people]
    return bool(UserSession.objects.filter(user__in=users, last_seen_at__gte=at).exists())


def second_steps_of(person: Person) -> list[Authenticator]:
    """Return a person's app and passkeys; recovery codes are left out."""
    codes = Authenticator.Type.RECOVERY_CODES
    return list(Authenticator.objects.filter(user=person.user_id).exclude(type=codes))
