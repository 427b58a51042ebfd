"""Forms for imported accounts: permission to continue, and the purpose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountKind
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, radios, yes_no


class GoOnForm(SchoolForm):
    """Permission for an account to continue meanwhile."""

    until = DayField(
        label=_("Until which date?"),
        help_text=_(
            "The last day of permission, within a year from now. You’ll be asked again before it ends."
        ),
    )
    reason = forms.CharField(
        label=_("Why may it continue meanwhile?"),
        help_text=_("Your reason appears on the account’s page and in reports, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )


class AboutForm(SchoolForm):
    """Purpose and audience of an account where no proposal says them."""

    policy_help = {
        "purpose": (at("account.propose", "aim", "purpose"), at("account.purpose", "school_purpose")),
        "audience": (at("account.propose", "intended_audience", "audience"),),
    }

    purpose = forms.CharField(
        label=_("Purpose"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    audience = forms.CharField(
        label=_("Audience"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000, required=False
    )

    def __init__(
        self, *args: Any, account: Account, listed: Sequence[str], readers: Sequence[str], **kwargs: Any
    ) -> None:
        initial = {
            "purpose": account.purpose,
            "audience": account.audience,
            "kind": account.kind,
            "pupils": yes_no(account.pupils_in_audience),
            "youngest": account.youngest_pupil,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for key, label, words in (
            ("listed", _("Which of the policy’s purposes does it have?"), listed),
            ("readers", _("Which of the policy’s audiences does it write for?"), readers),
        ):
            if words:
                self.fields[key] = forms.MultipleChoiceField(
                    label=label, choices=[(one, one) for one in words], required=False,
                    widget=forms.CheckboxSelectMultiple, help_text=_("The policy’s answer has been saved."),
                )  # fmt: skip
        if account.proposal_id is not None:  # its proposal says the rest
            return
        self.fields["kind"] = radios(_("Account type"), AccountKind.choices)
        self.fields["pupils"] = forms.ChoiceField(
            label=_("Does its audience include pupils?"),
            choices=YES_NO,
            required=False,
            widget=forms.RadioSelect,
            help_text=_("This is compared with the network’s minimum age."),
        )
        self.fields["youngest"] = forms.IntegerField(
            label=_("Age of the youngest pupil"), min_value=0, max_value=25, required=False
        )

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "purpose": typed["purpose"],
            "audience": typed["audience"],
            "kind": typed.get("kind", ""),
            "pupils": {"yes": True, "no": False}.get(typed.get("pupils", "")),
            "youngest": typed.get("youngest"),
            "listed": typed.get("listed", []),
            "readers": typed.get("readers", []),
        }
