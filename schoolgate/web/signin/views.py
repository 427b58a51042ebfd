"""The sign-in library's pages where they have to do more than it does."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa_views
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, NotFound, SchoolgateError
from schoolgate.people import directories
from schoolgate.people.directories import accept, find
from schoolgate.people.models import User
from schoolgate.web.frame import errors, sessions, twice
from schoolgate.web.frame.doors import done
from schoolgate.web.frame.errors import coded
from schoolgate.web.signin import signals
from schoolgate.web.signin.middleware import has_second_step, second_step_is_compulsory


class _Confirming:
    """Confirming one's identity gives the session another key: someone who copied the old one hasn't
    confirmed."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on under the new key, in the person's list of devices too."""
        old = self.request.session.session_key
        self.request.session.cycle_key()
        UserSession.objects.filter(session_key=old).update(session_key=self.request.session.session_key)
        signals.note("confirmed", self.request, account=cast("User", self.request.user).email)
        return cast("HttpResponse", super().form_valid(form))  # type: ignore[misc]


class ConfirmView(_Confirming, account_views.ReauthenticateView):  # type: ignore[misc]
    """By password."""


class ConfirmByCodeView(_Confirming, mfa_views.ReauthenticateView):  # type: ignore[misc]
    """By a code from an app, or a recovery code."""


class ConfirmByPasskeyView(_Confirming, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """By a passkey."""


class SecondStepView(IndexView):  # type: ignore[misc]
    """Shows which second steps are set up, and what is missing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether this person's roles need one."""
        user = cast("User", self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["has_second_step"] = has_second_step(user)
        context["compulsory"] = second_step_is_compulsory(user, on=local_day(now()))
        return context


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Always adds a passkey: stored on the device and opened by its own lock, so it is both steps in one
    touch."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the device for a passkey instead of a mere second step."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey goes, unless it is the last second step and one is compulsory."""

    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reason why not, if there is one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            context["why_not"] = adapter.error_messages["cannot_delete_authenticator"]
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            reason = adapter.error_messages["cannot_delete_authenticator"]
            get_account_adapter().add_message(self.request, messages.ERROR, message=reason)
            return HttpResponseRedirect(reverse("mfa_index"))
        return cast("HttpResponse", super().form_valid(form))


class RenamePasskeyView(EditWebAuthnView):  # type: ignore[misc]
    """A passkey gets another name."""

    success_url = reverse_lazy("mfa_index")


class PasswordChangedView(account_views.PasswordChangeView):  # type: ignore[misc]
    """Change the person's own password, then go back to their own page."""

    success_url = reverse_lazy("me")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send people without a password to get one by mail, which proves their mailbox."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))


@never_cache
@require_http_methods(["GET", "HEAD"])
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: the token goes into the session, so that no further address carries it."""
    request.session[sessions.INVITATION_KEY] = token
    return redirect("choose_password")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@coded("invitation")
def choose_password(request: HttpRequest) -> HttpResponseBase:
    """Take up an invitation: choose a password, then sign in with it."""
    return twice.once(request, None, lambda: _choose_password(request))


def _choose_password(request: HttpRequest) -> HttpResponseBase:
    token = request.session.get(sessions.INVITATION_KEY, "")
    at = now()
    try:
        if not token:
            raise NotFound
        invitation = find(token, at=at)
        wrong = _taken_up(request, token) if request.method == "POST" else {}
    except SchoolgateError as error:
        return errors.show(request, error)
    if request.method == "POST" and not wrong:
        del request.session[sessions.INVITATION_KEY]
        return done(request, _("Your password is set. You can now sign in with it."), "account_login")
    context = {
        "wrong": wrong,
        "directories": directories.live().filter(admits__federation=invitation.federation),
    }
    return render(request, "people/choose_password.html", context, status=422 if wrong else 200)


def _taken_up(request: HttpRequest, token: str) -> dict[str, Any]:
    """Set the password; returns what was wrong with it, by field."""
    password = request.POST.get("password1", "")
    if password != request.POST.get("password2", ""):
        return {"password2": _("The two passwords don’t match.")}
    try:
        accept(token=token, password=password, at=now())
    except BadInput as error:
        return {"password1": error.fields["password"]}
    return {}
