"""Recording whether a post meets the conditions of its accounts' approval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Condition, ConditionType, ConditionWord
from schoolgate.publishing.rules import Said
from schoolgate.web.frame.forms import SchoolForm

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
ANSWER = {"yes": True, "no": False}
WORD = {True: "yes", False: "no", None: ""}


class ConditionsForm(SchoolForm):
    """For each condition: does it speak of this post, and is what it asks for there."""

    def __init__(
        self, *args: Any, conditions: Sequence[Condition], said: dict[int, ConditionWord], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        for row in conditions:
            word = said.get(row.pk)
            self.fields[f"touched-{row.pk}"] = _question(
                _("Does this condition apply to the post?"), row, WORD[word.touched if word else None]
            )
            if row.type == ConditionType.REQUIREMENT:
                self.fields[f"fulfilled-{row.pk}"] = _question(
                    _("If so, does the post include what the condition asks for?"),
                    row,
                    WORD[word.fulfilled if word else None],
                )

    def said(self) -> dict[int, Said]:
        """Return what was chosen, as the action takes it."""
        typed = self.cleaned_data
        return {
            row.pk: (ANSWER.get(typed[f"touched-{row.pk}"]), ANSWER.get(typed.get(f"fulfilled-{row.pk}", "")))
            for row in self.conditions
        }


def _question(label: Any, row: Condition, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=YES_NO, required=False, widget=forms.RadioSelect, initial=initial,
        help_text=f"{row.pk}. {ConditionType(row.type).label}: {row.words}",
    )  # fmt: skip
