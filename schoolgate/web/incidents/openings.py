"""What the list of concerns shows of opening one by two people: the form, what was asked, what to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.actions.opening import (
    AGREE_WITHIN,
    LONGEST_NUMBER,
    check_may_open,
    people_who_may_open,
)
from schoolgate.incidents.queries import asked_by, asked_of
from schoolgate.incidents.states import OpeningState
from schoolgate.people.rules import can
from schoolgate.web.frame.doors import Visit
from schoolgate.web.incidents.forms import FoldedForm


class OpenForm(FoldedForm):
    """Which concern, why, and with which second person."""

    reference = forms.CharField(
        label=_("Reference of the concern"),
        help_text=_("Such as W-ABC234."),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    words = forms.CharField(
        label=_("Why can’t it wait for a safeguarding lead?"),
        help_text=_("The second person reads this. It stays with the concern."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    second = forms.ChoiceField(label=_("Who decides with you?"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["second"]
        field.choices = [("", _("Choose a person")), *people]


def openings_for(visit: Visit, form: OpenForm | None = None) -> dict[str, Any]:
    """Return what the list of concerns shows of opening one by two; nothing for people who can't ask."""
    if not can(check_may_open, visit.person, on=visit.on):
        return {}
    return {
        "open_form": form or OpenForm(people=people_of(visit)),
        "asked_by_me": [
            {"opening": one, "opens": one.report if one.state == OpeningState.AGREED else None}
            for one in asked_by(visit.person)
        ],
        "asked_of_me": [
            {"opening": one, "words": words}
            for one, words in asked_of(visit.person, since=visit.at - AGREE_WITHIN)
        ],
    }


def people_of(visit: Visit) -> list[tuple[str, str]]:
    """Return who can be asked to open one with this visitor."""
    return [(str(one.pk), one.name) for one in people_who_may_open(visit.person, at=visit.at)]
