"""Forms of the account pages; the actions judge what is typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.web.frame.forms import SchoolForm


class ConnectForm(SchoolForm):
    """The account's own sign-in at its network. Never a password of anybody's private account."""

    handle = forms.CharField(label=_("Handle"), max_length=253)
    secret = forms.CharField(
        label=_("App password"),
        help_text=_("Made for this program in the account's own settings; never its main password."),
        widget=forms.PasswordInput,
        max_length=300,
    )
    service = forms.URLField(
        label=_("Server"),
        help_text=_("Leave it as it is unless your account lives on another server."),
        assume_scheme="https",
        required=False,
    )
