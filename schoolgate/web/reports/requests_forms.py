"""The forms of requests about data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.core.sealed_words import LONGEST
from schoolgate.people.models import Person
from schoolgate.people.queries import schools
from schoolgate.rights.answering import outcome_of, outcomes_for
from schoolgate.rights.models import (
    CHECKED,
    MAY_WAIT,
    MENDS,
    Because,
    Identity,
    Kind,
    Request,
    StepKind,
    Thing,
    Waits,
)
from schoolgate.web.frame.forms import DayField, SchoolForm, radios

LONGEST_LINE = 200


def _line(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"data-secret": ""}),
    )  # fmt: skip


def _words(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-secret": ""}),
    )  # fmt: skip


class RequestForm(SchoolForm):
    """What the office enters about a request."""

    kind = radios(_("What do they ask for?"), Kind.choices)
    received_on = DayField(label=_("Day it came in"), help_text=_("To anyone at the school, in any form."))
    name = _line(_("Who asks?"))
    contact = _line(_("Where does the answer go?"), _("An email or postal address."))
    about = _words(
        _("Whose data?"),
        _("Their names and usernames, one on each line. Empty for freedom of information."),
        required=False,
    )
    wants = _words(_("What do they want?"))
    identity = radios(
        _("How did you check who is asking?"),
        [(one.value, one.label) for one in (*CHECKED, Identity.NOT_YET)],
        _("Not needed for freedom of information."),  # type: ignore[arg-type]
    )
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("School that was asked"),
        required=False,
        empty_label=_("No particular school"),
    )
    lead = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who deals with it?"), required=False, empty_label=_("Choose")
    )

    def __init__(self, data: Any, *, may: list[Person], by: Person) -> None:
        super().__init__(data, initial={"lead": by.pk})
        self.fields["school"].queryset = schools()  # type: ignore[attr-defined]
        people = Person.objects.filter(pk__in=[one.pk for one in may]).order_by("name", "pk")
        self.fields["lead"].queryset = people  # type: ignore[attr-defined]


class StopForm(SchoolForm):
    """What the person was asked, and when."""

    waits = radios(_("What did you ask for?"), Waits.choices)
    on = DayField(label=_("Day you asked"))

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, auto_id="id_stop_%s")
        may = [(one.value, one.label) for one in Waits if one in MAY_WAIT[request.kind]]
        self.fields["waits"].choices = may  # type: ignore[attr-defined]


class RestartForm(SchoolForm):
    """When the person replied, and how they were checked where that was waited for."""

    on = DayField(label=_("Day they replied"))
    identity = radios(
        _("How did you check who is asking?"), [(one.value, one.label) for one in CHECKED]
    )  # fmt: skip

    def __init__(self, waits: Waits, data: Any = None) -> None:
        super().__init__(data, auto_id="id_restart_%s")
        if waits != Waits.IDENTITY:
            del self.fields["identity"]


class ExtendForm(SchoolForm):
    """Why two more months are needed, and when the person was told."""

    because = radios(_("Why do you need longer?"), Because.choices)
    on = DayField(label=_("Day you told them why"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_extend_%s")


class NoteForm(SchoolForm):
    """What was searched, found or agreed."""

    words = _words(_("Note"), _("For example, where you looked. Don’t copy what you found."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_note_%s")


class MendForm(SchoolForm):
    """What was done about one thing that a request is about."""

    thing = radios(_("What is it about?"), Thing.choices)
    number = forms.IntegerField(
        label=_("Number"), help_text=_("The item’s own page shows it. Leave empty if you have none."),
        required=False, min_value=1, max_value=2**63 - 1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    did = radios(_("What did you do?"), [])
    words = _words(_("What you did, or why not"))

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, auto_id="id_mend_%s")
        may = (MENDS[request.kind], StepKind.LEFT)
        self.fields["did"].choices = [(one.value, one.label) for one in may]  # type: ignore[attr-defined]


class CloseForm(SchoolForm):
    """How a request ended."""

    outcome = radios(_("How did it end?"), [])
    on = DayField(label=_("Day you replied or the request ended"))
    words = _words(
        _("Exemption or reason"), _("Required if you refused it or withheld something."), required=False
    )

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data, auto_id="id_close_%s", initial={"outcome": outcome_of(request)})
        may = [(one.value, one.label) for one in outcomes_for(request)]
        self.fields["outcome"].choices = may  # type: ignore[attr-defined]
