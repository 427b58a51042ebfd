"""Forms of bringing the accounts that are there already: the file, its columns, leave, what one is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.importing.fields import FOR_ALL, Field, offered
from schoolgate.accounts.importing.here import Here
from schoolgate.accounts.models import Account, AccountMapping
from schoolgate.accounts.states import AccountKind
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, radios, yes_no

NOTHING = "-"
"""What stands in the form for the whole federation."""


class AccountListForm(SchoolForm):
    """The list itself."""

    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "CSV, Excel (xlsx, xls) or OpenDocument file with column headings, up to "
            "500 accounts. You’ll see all changes before anything is imported."
        ),
    )


class AccountColumnsForm(SchoolForm):
    """Which heading stands for what, and what holds for the whole list where there is no such column."""

    def __init__(
        self, *args: Any, headings: Sequence[str], here: Here, kept: AccountMapping | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [heading for heading in headings if heading]
        found = kept.columns if kept else offered(named)
        defaults = kept.defaults if kept else {}
        columns = [("", _("Not in this list")), *((heading, heading) for heading in named)]
        for each in Field:
            self.fields[each.value] = forms.ChoiceField(
                label=each.label, choices=columns, required=False, initial=found.get(each, "")
            )
            if each in FOR_ALL:
                said = defaults.get(each.value)
                self.fields[f"all_{each.value}"] = forms.ChoiceField(
                    label=_ALL[each], choices=_choices(each, here), required=False,
                    initial="" if said is None else said or NOTHING,
                )  # fmt: skip
        self.fields["name_of_mapping"] = forms.CharField(
            label=_("Name for these import settings"),
            help_text=_(
                "For example, Our accounts. The next list with the same headings will be read the same way."
            ),
            max_length=80,
            initial=kept.name if kept else _("Our accounts"),
        )

    @property
    def columns(self) -> dict[str, str]:
        """Field -> heading, where one was chosen."""
        return {each.value: found for each in Field if (found := self.cleaned_data.get(each.value))}

    @property
    def defaults(self) -> dict[str, str]:
        """Field -> what holds for the whole list, where there is no such column."""
        said = {each.value: self.cleaned_data.get(f"all_{each.value}") for each in FOR_ALL}
        return {
            name: "" if value == NOTHING else value
            for name, value in said.items()
            if value and name not in self.columns
        }


_ALL = {
    Field.SCHOOL: _("If there’s no such column, these accounts belong to"),
    Field.KIND: _("If there’s no such column, all accounts have this type"),
}


def _choices(name: Field, here: Here) -> list[tuple[str, Any]]:
    if name == Field.KIND:
        return [("", _("Not known")), *AccountKind.choices]
    schools = [(str(pk), school.name) for pk, school in here.schools.items()]
    return [("", _("Choose")), (NOTHING, _("The whole federation")), *schools]


class GoOnForm(SchoolForm):
    """Leave for an account to go on meanwhile."""

    until = DayField(
        label=_("Until which date?"),
        help_text=_(
            "The last day of permission, within a year from now. You’ll be asked again before it ends."
        ),
    )
    reason = forms.CharField(
        label=_("Why may it continue meanwhile?"),
        help_text=_("It appears on the account’s page and in reports, with your name."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )


class AboutForm(SchoolForm):
    """What an account that was there before is for, and for whom."""

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
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "purpose": typed["purpose"],
            "audience": typed["audience"],
            "kind": typed["kind"],
            "pupils": {"yes": True, "no": False}.get(typed["pupils"]),
            "youngest": typed["youngest"],
            "listed": typed.get("listed", []),
            "readers": typed.get("readers", []),
        }
