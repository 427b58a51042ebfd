"""Two gates before every page: has the session ended, and is a compulsory second step missing? Where the
program's own keys are missing, pages of the sign-in library say so, and who to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import cast

import structlog
from allauth.mfa.models import Authenticator
from allauth.usersessions import app_settings
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import NotAllowed, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import CannotOpen
from schoolgate.people import queries, rules
from schoolgate.people.models import Person, User
from schoolgate.web.frame import errors, sessions
from schoolgate.web.frame.sessions import mark
from schoolgate.web.signin.backend import FACTORS

SAID = _("Your two-step verification can’t be checked because one of Schoolgate’s own keys is missing.")
NEXT = _(
    "This isn’t your fault. Use a passkey if you have one, or ask two people "
    "who look after people and roles to reset your two-step verification."
)
log = structlog.get_logger(__name__)


class LostKeys:
    """Turns a secret that no key opens into a page. Our own pages never let it come this far."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page with a next step for a secret that cannot be opened; anything else goes its way."""
        if not isinstance(exception, CannotOpen):
            return None
        log.error("second_step_cannot_be_opened")
        return errors.show(request, SchoolgateError(SAID, NEXT))


GetResponse = Callable[[HttpRequest], HttpResponseBase]

OPEN_WITHOUT_SECOND_STEP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_login",
        "account_logout",
        "language",
        "theme",
        "manifest",
        "manifest-of",
        "service-worker",
        "offline",
        "healthz",
        "metrics",
    }
)
"""Names of the pages that set up a second step, and sign-out. Every other page waits for it."""


SETS_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
NOT_FROM_HERE = _(
    "Your school account gives access to only some of your federations, so you can’t set this up here."
)
INSTEAD = _(
    "Sign in with your password. If you don’t have one yet, ask for one by email on the sign-in page."
)


class SessionEnd:
    """Signs out users whose session is over by our rule, and says why on the sign-in page. Notes in the
    user's list of devices where a session is used, at most once a minute."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, or sign out and go to the sign-in page."""
        inside = request.user.is_authenticated
        answer = self._ended(request) if inside else None
        answer = answer or self.get_response(request)
        mark(request, answer, again=getattr(request, "came_in", False))
        if inside and not request.user.is_authenticated:
            answer["Clear-Site-Data"] = '"cache"'  # and what the back button would show
        elif inside:
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def _ended(self, request: HttpRequest) -> HttpResponseBase | None:
        """Sign out and return the way to the sign-in page where the session is over; else note its use."""
        at = now()
        why = _why_over(request, at)
        if why:
            logout(request)
            messages.info(request, why)
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if sessions.seen(request, at=at) and app_settings.TRACK_ACTIVITY:
            UserSession.objects.create_from_request(request)
        return None


def _why_over(request: HttpRequest, at: datetime) -> str:
    """Why this session has ended, in words; empty while it lives."""
    if sessions.is_over(request, at=at):
        return gettext("You were signed out because your session ended. Please sign in again.")
    came_through = sessions.through(request) is not None
    if came_through and not sessions.memberships(request, cast("User", request.user), on=local_day(at)):
        return gettext(
            "You can’t use your school account for Schoolgate any more. Sign in with your password."
        )
    return ""


class SecondStep:
    """Confines people who must have two-step verification and have none to the pages that set it up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: what matters is which page it will be."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Pass on (None), or go to the set-up page."""
        page = request.resolver_match.url_name if request.resolver_match else None
        if not request.user.is_authenticated:
            return None
        if page in SETS_UP and keeps_out(request):
            return errors.show(request, NotAllowed(NOT_FROM_HERE, next_step=INSTEAD))
        user = request.user
        if page in OPEN_WITHOUT_SECOND_STEP or _begins_with_factor(user):
            return None
        if not second_step_is_compulsory(user, on=local_day(now())):
            return None
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("mfa_index")
            return answer
        return redirect("mfa_index")


def keeps_out(request: HttpRequest) -> bool:
    """Return whether this session is barred from changing how its user signs in.

    It came through a school account alone, which opens only some of the user's places. The administrators of
    that school's directory must not be able to give themselves a way into the others.
    """
    user = cast("User", request.user)
    if sessions.through(request) is None or has_second_step(user):
        return False
    on = local_day(now())
    return len(sessions.memberships(request, user, on=on)) < len(queries.memberships_of(user, on=on))


def has_second_step(user: User) -> bool:
    """Return whether the user has an app or a passkey. Recovery codes alone don't count."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def _begins_with_factor(user: User) -> bool:
    """Return what was read with the user as the request began; ask where it wasn't."""
    known = getattr(user, "begins_with_factor", None)
    return has_second_step(user) if known is None else bool(known)


def second_step_is_compulsory(user: User, *, on: date) -> bool:
    """Return whether this user must have a second step: after a reset, or for a role in any of their
    federations.

    The step belongs to the user, so one hat that needs it is enough.
    """
    if user.must_set_factor:
        return True
    for membership in queries.memberships_of(user, on=on):
        with scope(membership.federation_id, membership.person_id):
            person = Person.objects.select_related("federation").get(pk=membership.person_id)
            if rules.factor_is_compulsory(person, on=on):
                return True
    return False
