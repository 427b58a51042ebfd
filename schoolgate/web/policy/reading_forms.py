"""Forms for the owner's interpretation of the policy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from schoolgate.people.rules import ACTS
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.readings import Changes
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.wording import RESTATED_IN
from schoolgate.web.policy.reading_shown import DAYS, Asked, label_of

MOST = 100_000


class ReadingForm(SchoolForm):
    """A field for each thing that is left open. What stays empty stays open."""

    def __init__(self, data: Any, *, asked: list[Asked], changes: Changes, because: str) -> None:
        self.asked = asked
        initial = {one.key: changes.settings.get(one.places[0].binding, {}).get(one.name) for one in asked}
        super().__init__(data, initial={**initial, "because": because})
        for one in asked:
            self.fields[one.key] = self._field(one)
        self.fields["because"] = forms.CharField(
            label=_("Why you read it this way"),
            help_text=_("One or two sentences. Everyone here can see them next to the interpretation."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2000,
            required=False,
        )

    @staticmethod
    def _field(one: Asked) -> forms.Field:
        label, says = label_of(one.name), one.clauses[0]
        language = "" if says.wording else RESTATED_IN
        help_text = format_html(
            '<span lang="{}" data-quoted>{} ({})</span>', language, says.wording or says.says, says.section
        )
        if one.places[0].schema.get("type") == "integer":
            return forms.IntegerField(
                label=label,
                help_text=help_text,
                required=False,
                min_value=1,
                max_value=MOST,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
            )
        choices = [("", _("Not set")), *DAYS.items()]
        return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=choices)

    def changes(self, before: Changes) -> dict[str, Any]:
        """Return the draft's changes to the pack after this form. Roles and printed words are unchanged."""
        settings: dict[str, dict[str, Any]] = {}
        for one in self.asked:
            value = self.cleaned_data[one.key]
            if value in (None, ""):
                continue
            for place in one.places:
                settings.setdefault(place.binding, {})[place.name] = value
        plain: dict[str, Any] = before.model_dump(mode="json")
        return {name: value for name, value in {**plain, "settings": settings}.items() if value}


class WordingForm(SchoolForm):
    """A sentence as the policy prints it."""

    words = forms.CharField(
        label=_("Exact wording in the policy"),
        help_text=_(
            "Copy them exactly. If you leave this blank, our own wording is shown and labelled as ours."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )


class RoleForm(SchoolForm):
    """What the holders of a role may do in this program."""

    capacities = forms.MultipleChoiceField(
        label=_("People in this role may"),
        choices=[(str(one), ACTS[one]) for one in Capacity],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
