"""The forms of a breach: to record it, and one for each thing that is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.breaches.cases import (
    LONGEST,
    LONGEST_REFERENCE,
    LONGEST_WORDS,
    MOST_PEOPLE,
    OF_KEY,
    PARTS,
    Part,
)
from schoolgate.breaches.models import NotTold, Risk
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.core.models import School
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField


def written(
    label: Any, *, hint: Any = "", rows: int = 3, required: bool = True, most: int = LONGEST_WORDS
) -> Any:
    """Return a field for a text of several lines."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class TimedForm(SchoolForm):
    """A form with times: each name of `moments` is a date and a time in the UK, and gives an instant in UTC,
    or None where both are left empty."""

    moments: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Put each date and time together; a half of one, and an hour that the clocks skip, is an error."""
        typed = super().clean() or {}
        for name in self.moments:
            day, clock = typed.get(f"{name}_day"), typed.get(f"{name}_time")
            typed[name] = None
            if day and clock:
                local = datetime.combine(day, clock, LONDON)
                typed[name] = local.astimezone(UTC)
                if typed[name].astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
                    self.add_error(
                        f"{name}_time", str(_("The clocks go forward then, so this time doesn’t exist."))
                    )
            elif day and f"{name}_time" not in self.errors:
                self.add_error(f"{name}_time", str(_("Enter the time like this: 15:30")))
            elif clock and f"{name}_day" not in self.errors:
                self.add_error(f"{name}_day", str(_("Enter a date")))
        return typed

    def refuse(self, error: BadInput) -> None:
        """Add what is wrong with a time to its date."""
        named = {f"{name}_day" if name in self.moments else name: said for name, said in error.fields.items()}
        super().refuse(BadInput(named) if named else error)


class RecordForm(TimedForm):
    """What happened, and when it became known: enough to start the clock."""

    moments = ("aware", "happened")

    what = written(OF_KEY["what"].label, hint=OF_KEY["what"].hint, most=LONGEST)
    aware_day = DayField(
        label=_("When did you become aware of it?"),
        help_text=_("The 72 hours start then, not when it happened."),
    )
    aware_time = TimeField(label=_("Time"))
    happened_day = DayField(label=_("When did it happen?"), help_text=_("If you know."), required=False)
    happened_time = TimeField(label=_("Time it happened"), required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("The whole federation")
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if schools is None:  # where it comes from says which school
            del self.fields["school"]
        else:
            field: Any = self.fields["school"]
            field.queryset = schools


def field_of(part: Part) -> forms.Field:
    """Return the field for one part of the description."""
    label: Any = part.label
    hint: Any = part.hint
    if part.kind == "ticks":
        return forms.MultipleChoiceField(
            label=label, help_text=hint, required=False, choices=list((part.among or {}).items()),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    if part.kind == "number":
        return forms.IntegerField(
            label=label, help_text=hint, required=False, min_value=0, max_value=MOST_PEOPLE,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
    field: forms.Field = written(label, hint=hint, required=part.key == "what", most=LONGEST)
    return field


class DetailsForm(SchoolForm):
    """The description, in the order of the ICO's form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({part.key: field_of(part) for part in PARTS})


class RiskForm(SchoolForm):
    """How great the risk is, and why."""

    risk = forms.ChoiceField(
        label=_("Risk to the people affected"), choices=Risk.choices, widget=forms.RadioSelect
    )
    why = written(_("Why?"), hint=_("What could happen to them, how bad it would be, how likely it is."))


class AuthorityForm(TimedForm):
    """When the ICO was told, its reference, and why it was late if it was."""

    moments = ("told",)

    told_day = DayField(label=_("When was the ICO told?"))
    told_time = TimeField(label=_("Time"))
    reference = forms.CharField(label=_("ICO reference"), max_length=LONGEST_REFERENCE, required=False)
    delay = written(
        _("Reasons for the delay"), hint=_("Needed if more than 72 hours had passed."), rows=2, required=False
    )


class PeopleForm(TimedForm):
    """When and how people were told, or why they are not told one by one."""

    moments = ("told",)

    told_day = DayField(label=_("When were they told?"), required=False)
    told_time = TimeField(label=_("Time"), required=False)
    not_told = forms.ChoiceField(
        label=_("Or why you aren’t telling them individually"),
        choices=[("", "–"), *NotTold.choices],
        required=False,
    )
    how = written(
        _("How were they told, or why aren’t they?"),
        hint=_("They need to know what happened, what it may lead to, what you’ve done and who to contact."),
    )


class AwareForm(TimedForm):
    """A correction of when it became known."""

    moments = ("aware",)

    aware_day = DayField(label=_("When did you become aware of it?"))
    aware_time = TimeField(label=_("Time"))
    why = written(_("Why are you changing the time?"), rows=2)


class BringInForm(SchoolForm):
    """A person to deal with it too."""

    person = forms.ChoiceField(label=_("Who else needs to deal with it?"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose a person")), *people]


class NoteForm(SchoolForm):
    """A note."""

    words = written(_("Note"))


class ReopenForm(SchoolForm):
    """Why a closed record is opened again."""

    words = written(_("Why are you reopening it?"), rows=2)
