"""Forms about keys. What is secret in them is never drawn again: after a mistake it comes back empty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.keys import LONGEST, Particulars
from schoolgate.accounts.models import AccountKey, KeyKind
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm

AGAIN = _("For your security, it won’t be shown again if you need to correct another answer.")


class Unshown(forms.Textarea):
    """A box for several lines that never shows what was typed into it."""

    def __init__(self) -> None:
        super().__init__({"rows": 6, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})

    def format_value(self, value: Any) -> None:
        """Nothing."""


def _hidden() -> forms.PasswordInput:
    return forms.PasswordInput({"autocomplete": "new-password"})


class _KeyForm(SchoolForm):
    """The fields of every key: its purpose, when to change it, and whose account it opens."""

    policy_help = {
        "secret": (at("account.keys", "account_password"),),
        "seed": (at("account.keys", "account_password"),),
        "login": (at("account.keys", "account_details"), at("account.create", "login_address")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = forms.CharField(
            label=_("Purpose"),
            help_text=_(
                "A short description to recognise it by. Don’t include passwords: this isn’t encrypted."
            ),
            max_length=200,
            required=False,
        )
        self.fields["change_by"] = DayField(
            label=_("Change by"),
            help_text=_("Our own choice: the policy sets no date. Leave blank for none."),
            required=False,
        )
        self.fields["own"] = forms.BooleanField(
            label=_("This is for the school’s own account, not anyone’s private account"), required=False
        )

    @property
    def text(self) -> str:
        """Return the text to save as typed, including spaces at its ends."""
        return str(self.cleaned_data["secret"])


class PasswordForm(_KeyForm):
    """The password of an account."""

    secret = forms.CharField(
        label=_("Password"), help_text=AGAIN, widget=_hidden(), max_length=300, strip=False
    )


class TokenForm(PasswordForm):
    """A key with which a program speaks for the account."""

    secret = forms.CharField(
        label=_("Key for a program"), help_text=AGAIN, widget=_hidden(), max_length=LONGEST
    )


class CodesForm(PasswordForm):
    """A list of recovery codes."""

    secret = forms.CharField(
        label=_("Recovery codes"),
        help_text=_(
            "One per line, as given by the network. They won’t be shown again if you "
            "need to correct another answer."
        ),
        widget=Unshown(),
        max_length=LONGEST,
    )


class SeedForm(_KeyForm):
    """The secret from which an app makes codes, proven by one code."""

    seed = forms.CharField(
        label=_("Setup key from the network"),
        help_text=_(
            "Enter the characters shown beside the QR code, or the full address "
            "starting with otpauth://. No one can view it here again: Schoolgate "
            "shows only the current code."
        ),
        widget=_hidden(),
        max_length=1000,
    )
    code = forms.CharField(
        label=_("Code your app shows now"),
        help_text=_("This confirms that the codes made here will be correct."),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class ParticularsForm(_KeyForm):
    """Login name and recovery addresses."""

    login = forms.CharField(label=_("Login name"), max_length=300, required=False)
    recovery_email = forms.CharField(
        label=_("Recovery email address"),
        help_text=_("Use one that belongs to the school, never someone’s private one."),
        max_length=300,
        required=False,
    )
    recovery_phone = forms.CharField(label=_("Recovery phone number"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("login", "recovery_email", "recovery_phone"):
            self.fields[name].widget = forms.TextInput({"autocomplete": "off"})

    @property
    def text(self) -> str:
        """The three as they go into the vault."""
        given = self.cleaned_data
        return Particulars(given["login"], given["recovery_email"], given["recovery_phone"]).to_text()


FORMS: dict[str, type[_KeyForm]] = {
    KeyKind.PASSWORD: PasswordForm,
    KeyKind.TOTP: SeedForm,
    KeyKind.CODES: CodesForm,
    KeyKind.TOKEN: TokenForm,
    KeyKind.PARTICULARS: ParticularsForm,
}


class DayForm(SchoolForm):
    """By when to change a key."""

    change_by = DayField(
        label=_("Change by"),
        help_text=_("Our own choice: the policy sets no date. Leave blank for none."),
        required=False,
    )


class PaperForm(SchoolForm):
    """The contents of a sealed paper."""

    policy_help = {"place": (at("account.keys", "account_password", "account_details"),)}

    keys = forms.MultipleChoiceField(
        label=_("Passwords to include"), widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.CharField(
        label=_("Where it will be stored"),
        help_text=_("For example: the safe in the office. Don’t include combinations or secrets."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, keys: list[AccountKey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keys"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(key.pk), f"{key.get_kind_display()}{': ' + key.note if key.note else ''}") for key in keys
        ]
        field.initial = [str(key.pk) for key in keys]


class OpenedForm(SchoolForm):
    """A sealed paper was opened."""

    opened_by = forms.ChoiceField(label=_("Who opened it?"))
    opened_on = DayField(label=_("Date"))
    why = forms.CharField(
        label=_("Why?"), widget=forms.Textarea({"rows": 3}), max_length=1000,
        help_text=_("One sentence. Don’t repeat anything written on the paper."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["opened_by"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), name) for pk, name in people]


class VoidForm(SchoolForm):
    """Marks a sealed paper as no longer valid."""

    why = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        help_text=_("For example: shredded, password changed."),
    )
