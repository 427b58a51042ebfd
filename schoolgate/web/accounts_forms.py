"""Forms of the account pages; the actions judge what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.web.forms import SchoolForm

MOST_PEOPLE = 300
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def radios(
    label: Any, options: Sequence[tuple[str, str | Promise]], help_text: str = ""
) -> forms.ChoiceField:
    """A question answered by one of these, or not at all."""
    return forms.ChoiceField(
        label=label, choices=list(options), required=False, widget=forms.RadioSelect, help_text=help_text
    )


def yes_no(value: bool | None) -> str:
    """A yes, a no or nothing, as a form's radios have it."""
    return "" if value is None else "yes" if value else "no"


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
