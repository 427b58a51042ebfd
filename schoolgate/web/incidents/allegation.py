"""A concern about a person who works or helps here: who to ring first, who manages the case, what must wait,
and what the local authority said. And the kind words with which the reporter is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.incidents.allegations import (
    LOCAL_AUTHORITY,
    awaits_authority,
    case_manager,
    last_word,
    means_staff,
    words_for,
)
from schoolgate.incidents.casework import LONGEST_NAME, LONGEST_REFERENCE, LONGEST_TELEPHONE
from schoolgate.incidents.keeping import LONGEST_WORDS
from schoolgate.incidents.models import KindWord, Report, StepKind
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.frame.ring_first import advice
from schoolgate.web.incidents.forms import FoldedForm, said_at


class WordForm(FoldedForm):
    """What the local authority said, when, and what was agreed."""

    word = forms.ChoiceField(label=_("What did they say?"), widget=forms.RadioSelect)
    on = DayField(label=_("Date"), required=False, help_text=_("Leave the date and time empty for now."))
    time = TimeField(label=_("Time"), required=False)
    reference = forms.CharField(
        label=_("Authority’s reference number"), max_length=LONGEST_REFERENCE, required=False
    )
    words = forms.CharField(
        label=_("What was said and agreed? Who said it?"),
        help_text=_("Include who may be told now, and who tells them."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, school: School | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["word"]
        field.choices = [(one.value, one.label) for one in words_for(school)]

    def said(self, now: datetime) -> dict[str, Any]:
        """Return what was typed, with the instant at which it was said."""
        return said_at(self.cleaned_data, now, "said_at")


class KindForm(FoldedForm):
    """Which of Schoolgate's own kind words the reporter reads."""

    word = forms.ChoiceField(label=_("What should they read?"), choices=KindWord, widget=forms.RadioSelect)


class AuthorityForm(SchoolForm):
    """Whom to ring at the local authority."""

    school = forms.ChoiceField(label=_("School"), required=False)
    name = forms.CharField(
        label=_("What the office is called"),
        help_text=_("Such as: Safeguarding team, North Yorkshire Council."),
        max_length=LONGEST_NAME,
    )
    telephone = forms.CharField(label=_("Phone number"), max_length=LONGEST_TELEPHONE)
    out_of_hours = forms.CharField(
        label=_("Phone number at night and at weekends"),
        help_text=_("The council’s emergency duty team."),
        max_length=LONGEST_TELEPHONE,
        required=False,
    )

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.choices = [("", _("All schools")), *((str(one.pk), one.name) for one in schools)]


def allegation_of(report: Report, visit: Visit) -> dict[str, Any]:
    """Return what the page says about a concern that may be about a person here; nothing for another."""
    if not means_staff(report):
        return {}
    manager, word = case_manager(report, on=visit.on), last_word(report)
    told = report.steps.filter(kind=StepKind.BODY_TOLD, body=LOCAL_AUTHORITY).order_by("at", "id").first()
    return {
        "allegation": {
            **advice(report.school, visit),
            "manager": [one.name for one in manager.people], "chair": manager.chair,
            "told_at": told.at if told else None, "word": word.label if word else "",
            "waits": awaits_authority(report),
        }
    }  # fmt: skip


def answers_read(report: Report) -> list[dict[str, Any]]:
    """Return the kind words with which a reporter was answered, oldest first."""
    rows = report.steps.filter(kind=StepKind.ANSWERED).order_by("id").values_list("body", "at")
    return [{"words": KindWord(body).label, "at": at} for body, at in rows if body in KindWord.values]
