"""The base of every form: GOV.UK Frontend's structure through crispy-forms-gds.

What the policy in force says about a field, folded beside it: its own clauses, never another policy's.
And yes and no in Welsh, which has no one word for either: the answer takes up the verb of the question.

A form names for a field where a policy may speak of it, `{"text": (at("post.publish", "tone"),)}`. Shown
are the clauses behind the rules of the policy in force there; nothing where it has none. The law and
Schoolgate's own rules are left out, because they are not the policy's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day, now
from schoolgate.core.days import FIRST_DAY, check_day, latest_plan
from schoolgate.core.errors import BadInput, ToldLead
from schoolgate.core.tenancy import in_scope
from schoolgate.policy.queries import book_in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Basis
from schoolgate.web.frame.shown import day_in_words
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

PLAIN = ("Ie", "Na")
"""What the catalogue has for "Yes" and "No"."""
VERBS: Mapping[str, tuple[str, str]] = {
    "yw": ("Ydy", "Nac ydy"),
    "ydy": ("Ydy", "Nac ydy"),
    "ydynt": ("Ydyn", "Nac ydyn"),
    "ydyn": ("Ydyn", "Nac ydyn"),
    "ydych": ("Ydw", "Nac ydw"),
    "oes": ("Oes", "Nac oes"),
    "oedd": ("Oedd", "Nac oedd"),
    "fydd": ("Bydd", "Na fydd"),
    "fyddwch": ("Byddaf", "Na fyddaf"),
    "fyddech": ("Byddwn", "Na fyddwn"),
    "fyddai": ("Byddai", "Na fyddai"),
    "all": ("Gall", "Na all"),
    "allai": ("Gallai", "Na allai"),
    "ellir": ("Gellir", "Na ellir"),
    "ellid": ("Gellid", "Na ellid"),
    "gaiff": ("Caiff", "Na chaiff"),
    "ddylai": ("Dylai", "Na ddylai"),
    "ddylid": ("Dylid", "Na ddylid"),
}
ASKING = re.compile(r"(?:a )?(\w+?)(?:['’](?:n|r|ch))?\b", re.IGNORECASE)
PAST = re.compile(r"a (?:\w{3,}(?:odd|wyd|och|aed|aeth|asant)|aeth|wnaethant|wnaeth|wnaed)\b", re.IGNORECASE)
ABOUT_WHICH = re.compile(r"ai\b", re.IGNORECASE)


def yes_and_no(question: str) -> tuple[str, str]:
    """Return the words for yes and no that answer a question asked in Welsh; "Ie" and "Na" where its verb
    isn't known."""
    asked = question.strip()
    if ABOUT_WHICH.match(asked):
        return ("Ie", "Nage")
    if PAST.match(asked):
        return ("Do", "Naddo")
    found = ASKING.match(asked)
    return VERBS.get(found[1].lower(), PLAIN) if found else PLAIN


def answers_to(question: str, choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return the choices of a question with the words for yes and no that answer it; others, and all on a
    page that isn't in Welsh, as they are."""
    return [(value, answer_to(question, label)) for value, label in choices]


def answer_to(question: str, answer: Any) -> Any:
    """Return one answer to a question, as `answers_to` does."""
    if get_language() != "cy" or str(answer) not in PLAIN:
        return answer
    return yes_and_no(question)[PLAIN.index(str(answer))]


CHOOSE_AGAIN = _("Choose the file again. It wasn’t kept, because something in the form needs changing.")
OF_THE_POLICY = (Basis.POLICY, Basis.CHOSEN)


@dataclass(frozen=True)
class At:
    """Where a policy may speak of a field: at these points of a situation."""

    situation: str
    points: tuple[str, ...]


PolicyHelp = Mapping[str, tuple[At, ...]]
"""The name of a field -> where a policy may speak of it. "person-*-named" matches several fields."""


@dataclass(frozen=True)
class ShownWords:
    """One clause: its words and the language they are in, empty for the page's own."""

    says: str
    language: str


@dataclass(frozen=True)
class ShownSection:
    """Clauses of one section. `whose`: whether the words are the policy's own or our restatement."""

    basis: str
    heading: str
    whose: str
    words: tuple[ShownWords, ...]


class HelpedField(forms.BoundField):
    """A field of a form as it is drawn, which knows what the policy says about it, and whose yes and no
    answer its question in Welsh too."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if type(field) is forms.ChoiceField:
            field.choices = answers_to(str(self.label), cast("Iterable[tuple[Any, Any]]", field.choices))

    @property
    def help_text(self) -> Any:
        """The field's own help, and that a file must be chosen again: no browser sends one a second time."""
        help_text = self.field.help_text or ""
        form = self.form
        if not (isinstance(self.field, forms.FileField) and self.html_name in form.files and form.errors):
            return help_text
        return format_html("{} <strong>{}</strong>", help_text, CHOOSE_AGAIN)

    @help_text.setter
    def help_text(self, _given: Any) -> None:
        """Django gives each field that is drawn its own help; it is read from the field each time."""

    @cached_property
    def policy(self) -> list[ShownSection]:
        """Return what the policy in force says about this field; empty where it says nothing, or none is in
        force."""
        where = asked_at(getattr(self.form, "policy_help", {}), self.name)
        found = book_in_force() if where and in_scope() else None
        return sections_of(found, where) if found is not None else []

    @property
    def policy_id(self) -> str:
        """The id of the line that unfolds it; empty where there is none."""
        return f"{self.auto_id}_policy" if self.policy else ""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's own, with the line named among what describes the field. A group of choices has no place
        for it: there the line follows, and names the question."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        if self.policy_id and not drawn.is_hidden and not self.use_fieldset:
            before = built.get("aria-describedby") or drawn.attrs.get("aria-describedby", "")
            built["aria-describedby"] = f"{before} {self.policy_id}".strip()
        return built


def at(situation: str, *points: str) -> At:
    """Return where a policy may speak of a field."""
    return At(situation, points)


def asked_at(helped: PolicyHelp, name: str) -> tuple[At, ...]:
    """Return where a policy may speak of this field of a form; empty where the form names nothing for it."""
    return next((where for given, where in helped.items() if fnmatchcase(name, given)), ())


def clauses_at(book: Book, where: tuple[At, ...]) -> dict[str, Basis]:
    """The policy's own clauses that its rules rest on there, each once, in the order of the points."""
    found: dict[str, Basis] = {}
    for one in where:
        for point in one.points:
            for bound in book.bound(one.situation):
                if bound.point == point and bound.basis in OF_THE_POLICY:
                    found.update((clause, bound.basis) for clause in bound.clauses if clause not in found)
    return found


def sections_of(book: Book, where: tuple[At, ...]) -> list[ShownSection]:
    """These clauses as they are shown, by section; an empty list where the policy says nothing there."""
    federation, quote = federation_of(book.key), quote_from(book)
    heads: dict[tuple[str, str, str], list[ShownWords]] = {}
    for clause, basis in clauses_at(book, where).items():
        shown = clause_shown(clause, basis=basis, federation=federation, quote=quote)
        words = heads.setdefault((shown.basis, shown.heading, shown.whose), [])
        words.append(ShownWords(shown.words, shown.language))
    return [ShownSection(*head, words=tuple(words)) for head, words in heads.items()]


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
    :form="form" />`). `policy_help`: where a policy may speak of a field (`web/frame/forms.py`);
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
