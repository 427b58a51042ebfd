"""The base of every form: GOV.UK Frontend's structure through crispy-forms-gds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day, now
from schoolgate.core.days import FIRST_DAY, check_day, latest_plan
from schoolgate.core.errors import BadInput, ToldLead
from schoolgate.web.frame.field_help import HelpedField, PolicyHelp
from schoolgate.web.frame.times import day_in_words

REQUIRED, CHOOSE = _("Fill in this field"), _("Choose one")
MOST_PEOPLE = 300
LONGEST_TEXT = 100_000
LARGEST = 2**31 - 1
"""Of a whole number: what an integer column takes."""
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


T = TypeVar("T")


@dataclass(frozen=True)
class Saved(Generic[T]):
    """The result of an action that a form carried out."""

    value: T


class Drawing(FormHelper):  # type: ignore[misc]
    """How our forms are drawn. Crispy prints labels and help as they are, so they are escaped here first."""

    form_tag = False
    disable_csrf = True
    field_template = "frame/field.html"

    def render_layout(self, form: forms.BaseForm, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The fields as HTML; takes and gives what crispy's own method does."""
        for field in form.fields.values():
            field.label = conditional_escape(field.label) if field.label else field.label
            field.help_text = conditional_escape(field.help_text) if field.help_text else field.help_text
        # Crispy takes the element around each field from any variable of the page that is called `tag`.
        with context.push(tag="div"):
            return super().render_layout(form, context, *args, **kwargs)


class SchoolForm(forms.Form):
    """A form whose fields are drawn by `{% crispy form %}` inside the page's own `<form class="sg-form">`.

    The page writes the form element, the token and the buttons, and shows errors at the top (`<c-errors
    :form="form" />`). `policy_help`: where a policy may speak of a field (`web/frame/field_help.py`);
    `told_lead`: what was written went to a safeguarding lead instead.
    """

    bound_field_class = HelpedField
    told_lead = False
    policy_help: PolicyHelp = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = CHOOSE if _is_one_of(field) else REQUIRED

    @cached_property
    def helper(self) -> Drawing:
        """Built when the form is drawn, so that fields added by a subclass are in it."""
        return Drawing(self)

    def full_clean(self) -> None:
        """Clean the fields, each within bounds: also those that a page added."""
        for field in self.fields.values():
            _bound(field)
        super().full_clean()

    def save(self, action: Callable[[dict[str, Any]], T]) -> Saved[T] | None:
        """Carry out an action with the cleaned data, if the form was sent and is valid.

        Args:
            action: takes the cleaned fields. Its BadInput goes beside the fields; other errors pass through.

        Returns: the result of the action, or None where the page is shown (again).
        """
        if not self.is_valid():
            return None
        try:
            return Saved(action(self.cleaned_data))
        except BadInput as error:
            self.refuse(error)
            return None

    def refuse(self, error: BadInput) -> None:
        """Add the messages of a BadInput to their fields. Those for fields of other forms go to the top."""
        self.told_lead = isinstance(error, ToldLead)
        for name, sentence in error.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not error.fields:
            self.add_error(None, str(error.message))


def _bound(field: forms.Field) -> None:
    """Hold a field without bounds of its own to what a column of the database takes."""
    if isinstance(field, forms.CharField) and field.max_length is None:
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    if isinstance(field, forms.IntegerField):
        if field.max_value is None:
            field.max_value = LARGEST
            field.validators.append(MaxValueValidator(LARGEST))
        if field.min_value is None:
            field.min_value = -LARGEST
            field.validators.append(MinValueValidator(-LARGEST))


def _is_one_of(field: forms.Field) -> bool:
    """Return whether one thing is chosen from a list."""
    return isinstance(field, forms.ChoiceField) and not isinstance(
        field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField
    )


def form_page(
    request: HttpRequest, template: str, form: SchoolForm, context: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """Return the page with `form`: 422 where something in it was refused, else 200."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


class DayInput(forms.DateInput):
    """The browser's own field for a date: a wheel or a calendar on a phone, three parts to type at a desk."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day within bounds (`core.days`). Gives a `date`, or None when it is optional and empty.

    Browsers send it as 2027-01-19. One without a field for dates shows a line of text: there people type
    19/1/2027 or 19 January 2027.
    """

    widget = DayInput

    def __init__(self, *, label: Any, help_text: Any = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=required, input_formats=DAY_FORMATS)
        self.error_messages["required"] = _("Enter a date")
        self.error_messages["invalid"] = _("Enter a real date")

    def to_python(self, value: Any) -> date | None:
        """The day that was typed; raises ValidationError where there is none such, and out of bounds."""
        if isinstance(value, str) and not (value.isascii() and value.isprintable()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        found = super().to_python(value)
        return None if found is None else self._bounded(found)

    def _bounded(self, day: date) -> date:
        today = local_day(now())
        try:
            return check_day(day, on=today)
        except ValueError:
            first, last = day_in_words(FIRST_DAY), day_in_words(latest_plan(today))
            said = _("Check the year. The earliest date is {first}, the latest {last}.")
            raise forms.ValidationError(str(said).format(first=first, last=last), code="bounds") from None


class TimeField(forms.TimeField):
    """A time of day in the UK, in the browser's own field. Gives a `time`, or None where it is left empty."""

    def __init__(self, *, label: Any, help_text: Any = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": _("Enter the time like this: 15:30")},
        )


def radios(
    label: Any, options: Sequence[tuple[str, str | Promise]], help_text: str = ""
) -> forms.ChoiceField:
    """A question answered by one of these, or not at all."""
    return forms.ChoiceField(
        label=label, choices=list(options), required=False, widget=forms.RadioSelect, help_text=help_text
    )


def yes_no(value: bool | None) -> str:
    """A yes, a no or nothing, as a form's radios have it."""
    return "" if value is None else "yes" if value else "no"
