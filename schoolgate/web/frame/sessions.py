"""How a session began and when it ends, stored in the session itself; and the mark of a device on which a
member of staff signed in: what is answered there is no parent's yes, and who signs in where they didn't
before is told by email.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import cast

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.tenancy import scope
from schoolgate.people import queries
from schoolgate.people.models import Membership, Person, SignedInWith, User, session_ends_at, session_is_over

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


_KEY = "signed_in"
MEMBERSHIP_KEY = "membership"
"""Session key for the hat that the person chose."""
INVITATION_KEY = "invitation"
"""Session key for the token of an invitation that is being accepted."""
LANGUAGE_KEY = "language"
"""Session key for the language of the page that began it, for people who never chose one."""
SCHOOL_ACCOUNT = "school_account"
"""The sign-in library's notes on how the user signed in."""
_WRITE_AFTER = timedelta(minutes=1)


def signed_in_with(request: HttpRequest, user: AbstractBaseUser) -> SignedInWith:
    """Return how this session began, from allauth's own notes."""
    records = get_authentication_records(request, user)
    if any(record.get("passwordless") for record in records):
        return SignedInWith.PASSKEY
    if any(record.get("method") == "mfa" for record in records):
        return SignedInWith.TWO_STEPS
    return SignedInWith.PASSWORD


def began_through(request: HttpRequest, user: AbstractBaseUser) -> int | None:
    """Return the directory whose school account began this session; None after a password or a passkey.

    If several ways were tried in this browser, the last one counts.
    """
    for record in reversed(get_authentication_records(request, user)):
        if record.get("reauthenticated"):
            continue
        if record.get("method") == SCHOOL_ACCOUNT:
            return int(record["directory"])
        if record.get("method") == "password" or record.get("passwordless"):
            return None
    return None


def begin(request: HttpRequest, user: AbstractBaseUser, *, at: datetime) -> None:
    """Note how and when the session began."""
    request.session[_KEY] = {
        "with": str(signed_in_with(request, user)),
        "ends": session_ends_at(at).isoformat(),
        "seen": at.isoformat(),
        "through": began_through(request, user),
    }
    _keep_language(request, user, on=local_day(at))


def _keep_language(request: HttpRequest, user: AbstractBaseUser, *, on: date) -> None:
    """Keep the language in which someone signed in, unless they have chosen one in their own settings."""
    request.session.pop(LANGUAGE_KEY, None)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    if language == settings.LANGUAGE_CODE:
        return
    for membership in queries.memberships_of(cast("User", user), on=on):
        with scope(membership.federation_id, membership.person_id):
            if queries.chose_language(membership.person_id):
                return
    request.session[LANGUAGE_KEY] = language


def language_of(request: HttpRequest, person: Person) -> str:
    """Return the language to speak with a person: their own, or that of the page on which they signed in
    where theirs is only assumed."""
    if person.language != settings.LANGUAGE_CODE:
        return person.language
    return str(request.session.get(LANGUAGE_KEY, person.language))


def through(request: HttpRequest) -> int | None:
    """Return the directory that began this session, or None. It opens only what that directory admits."""
    noted = request.session.get(_KEY)
    return noted.get("through") if noted else None


def memberships(request: HttpRequest, user: User, *, on: date) -> list[Membership]:
    """Return the hats that this session opens: all of the user's, which were read with the user as the
    request began, or those that its directory admits. At most one query per request."""
    known = getattr(request, "memberships_known", None)
    if known is None or known[0] != (user.pk, on, through(request)):
        found = _begun_with(request, user, on) or queries.memberships_of(
            user, on=on, through=through(request)
        )
        known = request.memberships_known = ((user.pk, on, through(request)), found)  # type: ignore[attr-defined]
    return list(known[1])


def _begun_with(request: HttpRequest, user: User, on: date) -> list[Membership]:
    """Return what was read with the user of this request, who came in by themselves; nothing for others."""
    if through(request) is not None or user.pk != getattr(request.user, "pk", None):
        return []
    day, hats = getattr(request.user, "begins_with_hats", (None, []))
    return list(hats) if day == on else []


def current_membership(request: HttpRequest, user: User, *, on: date) -> Membership | None:
    """The hat that this session acts in, or None where it opens none."""
    return queries.membership_among(memberships(request, user, on=on), request.session.get(MEMBERSHIP_KEY))


def is_fresh(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Return whether the user signed in, or confirmed their identity, within the last ten minutes."""
    latest = max((record.get("at", 0) for record in get_authentication_records(request, user)), default=0)
    return bool(time.time() - latest < account_settings.REAUTHENTICATION_TIMEOUT)


def must_confirm(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Return whether the user has to confirm their identity first. Who has no way to do so needn’t."""
    return bool(get_reauthentication_flows(user)) and not is_fresh(request, user)


def is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Return whether the session has ended. A session that did not begin on the sign-in page has."""
    noted = request.session.get(_KEY)
    if noted is None:
        return True
    return session_is_over(
        signed_in_with=noted["with"],
        ends_at=stored_instant(noted["ends"]),
        seen_at=stored_instant(noted["seen"]),
        at=at,
    )


def with_second_step(request: HttpRequest) -> bool:
    """Return whether this session began with a passkey, or with a second step after the password."""
    noted = request.session.get(_KEY)
    return noted is not None and noted["with"] in (SignedInWith.PASSKEY, SignedInWith.TWO_STEPS)


def seen(request: HttpRequest, *, at: datetime) -> bool:
    """Note that the session was used, at most once a minute; returns whether it was noted now."""
    noted = request.session[_KEY]
    key = request.session.session_key
    if noted.get("key") == key and at - stored_instant(noted["seen"]) < _WRITE_AFTER:
        return False
    request.session[_KEY] = {**noted, "seen": at.isoformat(), "key": key}
    return True
