"""Forms of the account pages; the actions judge what is typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.web.frame.forms import SchoolForm


class ConnectForm(SchoolForm):
    """The account's own sign-in at its network. Never a password of a private account."""

    handle = forms.CharField(label=_("Handle"), max_length=253)
    secret = forms.CharField(
        label=_("App password"),
        help_text=_("Create one for Schoolgate in the account’s own settings. Never use its main password."),
        widget=forms.PasswordInput,
        max_length=300,
    )
    service = forms.URLField(
        label=_("Server"),
        help_text=_("Leave this unless your account is on another server."),
        assume_scheme="https",
        required=False,
    )
