"""The form of a review of the policy: its outcome, and what the policy wants a review to look into."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.reviewing import LOOKED, looked_asked
from schoolgate.policy.states import ReviewOutcome
from schoolgate.rulebook import Book
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm


class ReviewForm(SchoolForm):
    """The outcome of the review."""

    policy_help = {name: (at("policy.review", point),) for name, point in LOOKED.items()}

    on = DayField(label=_("Date of review"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    next_due = DayField(
        label=_("Next review"),
        help_text=_("Leave blank to follow the policy’s own review schedule"),
        required=False,
    )
    law = forms.CharField(
        label=_("Does the policy meet the law? What did you check?"),
        widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
    )  # fmt: skip
    compared_with = forms.CharField(
        label=_("What did you compare it with?"), help_text=_("One on each line"),
        widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
    )  # fmt: skip
    new_tools = forms.CharField(
        label=_("New networks and tools since the last review"),
        help_text=_("One on each line, with what the review says about it after a colon. Blank if none."),
        widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False,
    )  # fmt: skip
    set_by = forms.MultipleChoiceField(
        label=_("Extra review: who asked for it?"),
        help_text=_("Leave blank for a scheduled review"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=_("Reason for the extra review"), max_length=400, required=False)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Reviewed by"), choices=[(role.name, role.name) for role in book.roles]
        )
        named = book.roles_at("policy.review", "review_by_need")
        cast("forms.MultipleChoiceField", self.fields["set_by"]).choices = [(one, one) for one in named]
        asked = looked_asked(book)
        for name in set(LOOKED) - set(asked):
            del self.fields[name]
        self.order_fields(["on", "role", "outcome", "words", *asked, "next_due"])

    def looked(self) -> dict[str, Any]:
        """Return what the review looked into, by the names of LOOKED."""
        said = self.cleaned_data
        lines = {
            name: [line.strip() for line in said.get(name, "").splitlines() if line.strip()]
            for name in ("compared_with", "new_tools")
        }
        tools = [line.partition(":") for line in lines["new_tools"]]
        return {
            "law": said.get("law", "").strip(),
            "compared_with": lines["compared_with"],
            "new_tools": {name.strip(): words.strip() for name, _colon, words in tools},
            "set_by": said.get("set_by", []),
            "reason": said.get("reason", "").strip(),
        }
