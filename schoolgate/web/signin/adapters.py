"""Our adapters for the sign-in library: no sign-up, sealed secrets, and the last second step can't be
removed."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any, cast

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as sign_in_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.clock import local_day, now
from schoolgate.notices import sign_in
from schoolgate.people import queries
from schoolgate.people.models import User
from schoolgate.web.signin.middleware import second_step_is_compulsory


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Who may come in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or password is wrong."),
        "incorrect_code": _("The code is wrong or too old. Enter the newest one."),
        "incorrect_password": _("The password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: people don't sign up, they are added and invited."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Refuse users without a membership today. Called for passwords and passkeys alike."""
        if not queries.memberships_of(user, on=local_day(now())):
            return cast("HttpResponse", self.respond_user_inactive(request, user))
        return cast("HttpResponse | None", super().pre_login(request, user, **kwargs))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within ten minutes of signing in: setting up a second step follows on the sign-in at once."""
        request = sign_in_context.request
        if request is not None and request.user.is_authenticated:
            records = get_authentication_records(request, request.user)
            latest = max((record.get("at", 0) for record in records), default=0)
            if time.time() - latest < account_settings.REAUTHENTICATION_TIMEOUT:
                return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Pass a mail of the sign-in pages to the part of the program that sends all mail, without waiting
        for it."""
        request = sign_in_context.request
        site = get_current_site(request)
        said = {"request": request, "email": email, "current_site": site} | context
        message = self.render_mail(template_prefix, email, said)
        sign_in.write(to=email, subject=message.subject, body=message.body, at=now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the address of the person's own page."""
        return reverse("me")


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second steps: sealed at rest, and the last one stays while a role needs it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role needs two-step verification. Set up another method before you remove this one."
        ),
        "incorrect_code": _("The code is wrong or too old. Enter the newest one."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the keys of the installation, which are outside the database."""
        return vault.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return vault.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether this step may be removed: it is not the last one, or no role needs one."""
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=kinds).exclude(
            pk=authenticator.pk
        )
        if others.exists():
            return True
        user = User.objects.get(pk=authenticator.user_id)
        return not second_step_is_compulsory(user, on=local_day(now()))

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as a separate SVG, shown by an <img>, so that the page needs no inline style."""
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", omitsize=True, light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """The name a new passkey has until the person gives it a better one."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Passkey {number}")).format(number=count + 1)
