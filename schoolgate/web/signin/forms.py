"""The sign-in library's forms in our own words and our own drawing; what they check stays theirs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import structlog
from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.vault import CannotOpen
from schoolgate.web.frame.forms import REQUIRED, Drawing

Words = Mapping[str, Any]
"""A text, or one that is translated when it is shown."""
CODE = _("6-digit code from your app")
CODE_OR_RECOVERY = _("6-digit code from your app, or a recovery code")
CANNOT_CHECK = _(
    "Schoolgate can’t check your sign-in codes any more because one of its "
    "own keys is lost. It isn’t your fault. Use a passkey if you have one. "
    "Otherwise, ask two people who look after people and roles to reset your "
    "two-step verification."
)
log = structlog.get_logger(__name__)


class Drawn(forms.Form):
    """Gives a form of the library our labels and hints, and draws it as all our forms are drawn."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label or "")
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = REQUIRED

    @cached_property
    def helper(self) -> Drawing:
        """Built when the form is drawn."""
        return Drawing(self)


class LoginForm(Drawn, account.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    labels = {"login": _("Email address"), "password": _("Password")}


class ReauthenticateForm(Drawn, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    labels = {"password": _("Password")}


class ChangePasswordForm(Drawn, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one, twice."""

    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("Confirm new password"),
    }
    hints = {"password1": _("At least 12 characters. Three random words work well.")}


class ResetPasswordForm(Drawn, account.ResetPasswordForm):  # type: ignore[misc]
    """The address for the link to a new password."""

    labels = {"email": _("Email address")}


class ResetPasswordKeyForm(Drawn, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, twice."""

    labels = {"password1": _("New password"), "password2": _("Confirm new password")}
    hints = ChangePasswordForm.hints


class ByCode(Drawn):
    """A code from an app, or a recovery code; both are checked with secrets that may be lost."""

    labels = {"code": _("Code")}
    hints = {"code": CODE_OR_RECOVERY}

    def clean_code(self) -> str:
        """The code, where it is right. Raises ValidationError; also where no key opens what checks it."""
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except CannotOpen:
            log.error("second_step_cannot_be_opened")
            raise forms.ValidationError(CANNOT_CHECK) from None


class AuthenticateForm(ByCode, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step by code, at sign-in."""


class ReauthenticateByCodeForm(ByCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second step by code, before something that matters."""


class ActivateAppForm(Drawn, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, which shows that it works."""

    labels = {"code": _("Code")}
    hints = {"code": CODE}


class RemoveAppForm(Drawn, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Nothing to fill in; says why the app cannot go, where it cannot."""


class NewCodesForm(Drawn, codes.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Nothing to fill in."""


class AddPasskeyForm(Drawn, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A name for the passkey; the device's answer is put in by the page's script."""

    labels = {"name": _("Passkey name")}
    hints = {"name": _("So you can recognise it, for example: my phone")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"] = forms.BooleanField(
            widget=forms.HiddenInput, initial=True, required=False
        )


class RenamePasskeyForm(Drawn, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels = AddPasskeyForm.labels
    hints = AddPasskeyForm.hints
