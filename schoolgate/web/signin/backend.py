"""Who may sign in: a user with a password and a membership whose person has not left."""

from __future__ import annotations

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef

from schoolgate.core.clock import local_day, now
from schoolgate.core.reading_once import A_DAY, A_NUMBER, FixedQuery
from schoolgate.people import queries
from schoolgate.people.models import Membership, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""The kinds of second step. Recovery codes alone don't count."""


class MembershipBackend(AuthenticationBackend):  # type: ignore[misc]
    """Asks at sign-in and again on every page, so that a leaver is out from the first minute of the day."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether the user is active and has a live membership today."""
        return bool(user.is_active) and bool(queries.memberships_of(user, on=local_day(now())))

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The signed-in user, in one query; None (so: signed out) where no membership is left.

        `begins_with_factor` says whether they have a second step as the request begins, `begins_with_hats`
        on which day they were asked for, and which memberships they have then."""
        on = local_day(now())
        hats = _asked().ask({A_NUMBER: int(user_id), A_DAY: on})
        if not hats:
            return None
        user: User = hats[0].user
        user.begins_with_factor = hats[0].begins_with_factor  # type: ignore[attr-defined]
        user.begins_with_hats = (on, hats)  # type: ignore[attr-defined]
        return user


@cache
def _asked() -> FixedQuery[Membership]:
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=FACTORS)
    rows = queries.hats(A_NUMBER, A_DAY).filter(user__is_active=True).select_related("user", "federation")
    return FixedQuery(rows.annotate(begins_with_factor=Exists(factors)))
