"""Forms of the account pages; the actions judge what is typed."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.networks.mastodon.account import RIGHTS
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


class TokenForm(ConnectForm):
    """The same for a network of many servers, each with access tokens of its own."""

    secret = forms.CharField(
        label=_("Key of the application"),
        help_text=format_lazy(
            _(
                "Create an application called Schoolgate in the account’s own settings, under Development, "
                "with these permissions only: {rights}. Then copy what Mastodon calls “Your access token”."
            ),
            rights=", ".join(RIGHTS),
        ),
        widget=forms.PasswordInput,
        max_length=300,
    )
    service = forms.URLField(
        label=_("Server"),
        help_text=_("The part after the second @ of the account’s handle, such as https://mastodon.example."),
        assume_scheme="https",
    )
