"""The forms of retention periods and holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.reasons import LONGEST
from schoolgate.core.retention import Kind
from schoolgate.records.destroying import InForce
from schoolgate.records.models import Because, Why
from schoolgate.records.setting import LONGEST_REASON, MOST_MONTHS
from schoolgate.web.frame.forms import SchoolForm, radios

HOW = [("months", _("For a number of months")), ("keep", _("Until we decide"))]


class PeriodForm(SchoolForm):
    """How long a kind is kept."""

    how = radios(_("How long do you keep them?"), HOW)
    months = forms.IntegerField(
        label=_("Months"), required=False, min_value=1, max_value=MOST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Give a reason unless you use the suggested period."), required=False,
        max_length=LONGEST_REASON,
    )  # fmt: skip

    def __init__(self, now: InForce, data: Any = None) -> None:
        reason = now.setting.reason if now.setting else ""
        initial = {"how": "keep" if now.months is None else "months", "months": now.months, "reason": reason}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Check that a number was given where one was chosen."""
        typed = super().clean() or {}
        if not typed.get("how"):
            self.add_error("how", _("Choose how long you keep them"))
        elif typed["how"] == "months" and typed.get("months") is None and "months" not in self.errors:
            self.add_error("months", _("Enter a number of months between 1 and 1200"))
        return typed


class HoldForm(SchoolForm):
    """What is held, and why."""

    because = forms.ChoiceField(label=_("Why must they be kept?"))
    number = forms.IntegerField(
        label=_("Number"), help_text=_("Leave it empty for all of them."), required=False, min_value=1,
        max_value=2**63 - 1, widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, kind: Kind, data: Any = None) -> None:
        super().__init__(data)
        self.fields["because"].choices = [("", _("Choose")), *Because.choices]  # type: ignore[attr-defined]
        self.fields["number"].label = kind.thing  # type: ignore[assignment]


class NumberForm(SchoolForm):
    """Which one is to be erased."""

    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=2**63 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_erase_%s")  # the form of what must be kept has a number too


class EraseForm(SchoolForm):
    """Why one is erased before its time."""

    because = radios(_("Why is it erased?"), Why.choices)
    words = forms.CharField(
        label=_("Reason"), help_text=_("In a few words. Don’t write a name: this stays."), max_length=LONGEST,
    )  # fmt: skip
