"""Forms of proposals, built from the policy in force, with the clauses that ask for a field; the actions
judge what is typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import AccountKind, Proposal
from schoolgate.accounts.papers import OWN_PAGE, WEIGHED_PAGE, FormPage, takes_school_name
from schoolgate.accounts.proposal_form import OWN, WEIGHED, is_asked, weighed_against
from schoolgate.accounts.proposing import HOST_NAME, Filled, hosted_by_school, known_answers, named_by_choice
from schoolgate.core.days import stored_day
from schoolgate.core.models import School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.web.frame.forms import YES_NO, DayField, Drawing, SchoolForm, answer_to, radios, yes_no
from schoolgate.web.frame.shown import day_in_words
from schoolgate.web.frame.wording import RESTATED_IN, plain


@dataclass(frozen=True)
class AskedBy:
    """The clause that asks for a field: as the policy prints it where the federation pasted that, else in our
    words, in `language`."""

    section: str
    words: str
    language: str


def asked_by(page: FormPage, book: Book) -> list[tuple[str, list[AskedBy]]]:
    """Each question of a page with the clauses that ask for it."""
    return [(gettext(point.label), _clauses_of(point, book)) for point in page.points]


def _clauses_of(point: FormPoint, book: Book) -> list[AskedBy]:
    found = (book.clause(one) for one in point.clauses)
    rows = (
        AskedBy(clause.heading, clause.wording or clause.says, "" if clause.wording else RESTATED_IN)
        for clause in found
    )
    return list(dict.fromkeys(rows))


POINT = "point-"
WEIGH = "weighed-"
NAME_NEEDED = _("Enter a name for the account.")
_AGES = re.compile(r"\A\s{0,9}(\d{1,2})\s{0,9}(?:-|–|to|i)\s{0,9}(\d{1,2})\s{0,9}\Z")


@dataclass(frozen=True)
class PersonBox:
    """One of the boxes for choosing several people, one person in each."""

    id: str
    number: int
    chosen: str


@dataclass(frozen=True)
class Part:
    """One field of the form as it is drawn. `asked_if`: for the script, the choices on the same page on which
    it depends (JSON); `hidden`: that choice is not made. `boxes`: of a field for several people."""

    helper: Drawing
    asked_if: str
    hidden: bool
    field: forms.BoundField
    boxes: Sequence[PersonBox] = ()


@dataclass(frozen=True)
class FormSection:
    """A heading of the form with its fields. `printed`: the heading is the policy's own."""

    title: str
    printed: bool
    parts: Sequence[Part]


CONTRIBUTORS, MAY_DO = "contributors", "contributors.what_each_may_do"


class PeopleBoxes(forms.SelectMultiple):
    """Several people, each chosen in a box of their own; boxes left empty say nothing."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The people chosen, in the order of the boxes."""
        return [one for one in super().value_from_datadict(data, files, name) or [] if one]


class ProposalForm(SchoolForm):
    """Pages of the form: what the program needs to know of any account, or points of the policy.

    Only a name is compulsory here: the form is saved while it is written, and the policy's own answer says
    what is missing. A field that depends on an unmade choice on the same page is included but hidden, so that
    nothing typed is lost; one that depends on another page is included once it is asked.
    """

    def __init__(
        self,
        *args: Any,
        book: Book,
        people: Sequence[tuple[int, str]],
        proposal: Proposal,
        pages: Sequence[FormPage],
        on: date,
        answers: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.points = [point for page in pages for point in page.points]
        known = known_answers(proposal, self.points, book, on=on)
        super().__init__(*args, initial=initial_of(proposal, book, known), **kwargs)
        self.book, self.proposal, self.pages = book, proposal, pages
        self.answers: Mapping[str, Any] = {**known, **(proposal.answers if answers is None else answers)}
        keys = {page.key for page in pages}
        self.weighs = weighed_against(book) if WEIGHED_PAGE in keys else ()
        if OWN_PAGE in keys:
            self._ask_of_any_account()
        school = proposal.school.name if proposal.school else ""
        for point in self.points:
            self.fields[POINT + point.key] = field_for(point, book, people, school=school)
        self._offer_who_contributes()
        for one in self.weighs:
            self.fields[WEIGH + one] = forms.CharField(
                label=weighed_in_words(one),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _offer_who_contributes(self) -> None:
        """Ask what a group may do only of those that contribute, where an earlier page says which."""
        field, chosen = self.fields.get(POINT + MAY_DO), self.answers.get(CONTRIBUTORS)
        if field is not None and chosen and POINT + CONTRIBUTORS not in self.fields:
            field.choices = [each for each in field.choices if each[0] in chosen]  # type: ignore[attr-defined]

    def _ask_of_any_account(self) -> None:
        networks = [(key, found.name) for key, found in all_capabilities().items()]
        self.fields |= {
            "name": forms.CharField(
                label=_("Account name"),
                help_text=_("You can change it until the proposal is decided."),
                max_length=120,
                error_messages={"required": NAME_NEEDED},
            ),
            "school": forms.ModelChoiceField(
                School.objects.order_by("name"),
                label=_("School"),
                required=False,
                empty_label=_("The whole federation"),
            ),
            "network": forms.ChoiceField(
                label=_("Network"), choices=[("", _("Choose")), *networks], required=False
            ),
            "kind": radios(_("What kind of account is it?"), AccountKind.choices),
            "pupils_in_audience": radios(_("Is it meant for pupils?"), YES_NO),
            "youngest_pupil": forms.IntegerField(
                label=_("Age of the youngest pupil it is meant for"),
                required=False,
                min_value=0,
                max_value=25,
            ),
        }

    def sections_of(self, page: FormPage) -> list[FormSection]:
        """The headings of one page with their fields, in the order of the policy's own form."""
        if page.key == OWN_PAGE:
            return [FormSection("", False, [self._own_part(name) for name in OWN])]
        if page.key == WEIGHED_PAGE:
            return [FormSection("", False, [self._part(WEIGH + one) for one in self.weighs])]
        answers = self._answers_now()
        here = {point.key for point in page.points}
        found = []
        for section in page.sections:
            parts = [self._point_part(point, answers, here) for point in section.points]
            title = section.title if section.printed else gettext(section.title)
            found.append(FormSection(title, section.printed, [part for part in parts if part is not None]))
        return [section for section in found if section.parts]

    @property
    def sections(self) -> list[FormSection]:
        """All pages of this form, one after the other."""
        return [section for page in self.pages for section in self.sections_of(page)]

    def given(self) -> Filled:
        """Return what was filled in, as `save_proposal` takes it. An unusable field leaves the saved value
        unchanged, as do questions of other pages; what was typed there stays in the form."""
        typed, wrong = self.cleaned_data, self.errors
        given: dict[str, Any] = {name: typed[name] for name in OWN if name in typed and name not in wrong}
        if "pupils_in_audience" in given:
            given["pupils_in_audience"] = {"yes": True, "no": False}.get(given["pupils_in_audience"])
            given.setdefault("youngest_pupil", self.proposal.youngest_pupil)
        asked = {point.key for point in self.book.proposal_form}
        answers = {key: value for key, value in self.proposal.answers.items() if key in asked}
        for point in self.points:
            if POINT + point.key not in wrong:
                answers[point.key] = _answer(point, typed[POINT + point.key])
        weighs = weighed_against(self.book)
        considered = {key: words for key, words in self.proposal.considered.items() if key in weighs}
        considered |= {one: typed[WEIGH + one] for one in self.weighs if WEIGH + one not in wrong}
        return cast("Filled", {**given, "answers": answers, "considered": considered})

    def _answers_now(self) -> Mapping[str, Any]:
        if self.is_bound and hasattr(self, "cleaned_data"):
            return self.given()["answers"]
        return self.answers

    def _own_part(self, name: str) -> Part:
        if name != "youngest_pupil":
            return self._part(name)
        hidden = self["pupils_in_audience"].value() != "yes" and name not in self.errors
        return self._part(name, json.dumps([{"pupils_in_audience": ["yes"]}]), hidden=hidden)

    def _point_part(self, point: FormPoint, answers: Mapping[str, Any], here: set[str]) -> Part | None:
        name, point = POINT + point.key, named_by_choice(point, self.proposal)
        if point.required or not point.required_if:
            return self._part(name, point=point)
        asked, wrong = is_asked(point, answers), name in self.errors
        on_this_page = [
            {POINT + key: [_typed_as(value) for value in values] for key, values in condition.items()}
            for condition in point.required_if
            if here.issuperset(condition)
        ]
        elsewhere = len(on_this_page) < len(point.required_if)
        if not on_this_page or (elsewhere and asked):
            return self._part(name, point=point) if asked or wrong else None
        return self._part(name, json.dumps(on_this_page), hidden=not asked and not wrong, point=point)

    def _part(
        self, name: str, asked_if: str = "", *, hidden: bool = False, point: FormPoint | None = None
    ) -> Part:
        helper = Drawing(self)
        field = self[name]
        in_a_row = getattr(field.field, "choices", None) == list(YES_NO)
        helper.layout = Layout(Field.radios(name, inline=True) if in_a_row else name)
        boxes = _boxes(field, point.minimum or 1) if point is not None and point.type == "people" else ()
        return Part(helper, asked_if, hidden, field, boxes)


def _boxes(field: forms.BoundField, least: int) -> list[PersonBox]:
    """Return a box for each person chosen and an empty one; at least as many as the policy requires."""
    chosen = [str(one) for one in field.value() or []]
    count = max(least, len(chosen) + 1)
    chosen += [""] * (count - len(chosen))
    return [
        PersonBox(f"{field.id_for_label}_{number}" if number > 1 else field.id_for_label, number, one)
        for number, one in enumerate(chosen, start=1)
    ]


def weighed_in_words(one: str) -> str:
    """Return the label of what the idea is weighed against."""
    words = plain(WEIGHED + one)
    return words[:1].upper() + words[1:]


def options_in_words(point: FormPoint, book: Book, school: str) -> list[tuple[str, str]]:
    """The options of a point; where the policy's own form names the school there, with its name."""
    named: dict[str, str] = {}
    if school and takes_school_name(book):
        if point.type == "groups":
            named = {
                "own_pupils": gettext("Pupils of {school}").format(school=school),
                "own_staff": gettext("Staff of {school}").format(school=school),
            }
        elif point.key == "host":
            named = {"school": school}
    return [(key, named.get(key) or gettext(words)) for key, words in point.options]


def _typed_as(value: str) -> str:
    return {"true": "yes", "false": "no"}.get(value, value)


def field_for(
    point: FormPoint, book: Book, people: Sequence[tuple[int, str]], *, school: str = ""
) -> forms.Field:
    """The form field of one point of the policy."""
    label = gettext(point.label)
    choices = [(str(pk), name) for pk, name in people]
    options = options_in_words(point, book, school)
    match point.type:
        case "long_text":
            return forms.CharField(
                label=label,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=20_000,
            )
        case "choice":
            return radios(label, options)
        case "yes_no":
            return radios(label, YES_NO)
        case "groups":
            return forms.MultipleChoiceField(
                label=label, required=False, choices=options, widget=forms.CheckboxSelectMultiple
            )
        case "people":
            return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=PeopleBoxes)
        case "person":
            return forms.ChoiceField(label=label, required=False, choices=[("", _("Choose")), *choices])
        case "names":
            return forms.CharField(
                label=label,
                help_text=gettext("One name per line."),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        case "date":
            return DayField(label=label, required=False)
        case "number":
            return forms.IntegerField(label=label, required=False, min_value=0, max_value=1_000_000)
        case "ages":
            return forms.RegexField(
                _AGES,
                label=label,
                help_text=gettext("Youngest and oldest, such as 7-11."),
                required=False,
                error_messages={"invalid": _("Enter two ages, such as 7-11")},
            )
        case _:
            return forms.CharField(label=label, required=False, max_length=1000)


def answer_in_words(
    point: FormPoint, value: Any, names: Mapping[int, str], options: Sequence[tuple[str, str]] = ()
) -> str:
    """An answer as a page shows it: options by their labels, persons by name, days written out."""
    labels = dict(options) or {key: gettext(words) for key, words in point.options}
    match point.type:
        case "people":
            return ", ".join(names.get(pk, "–") for pk in value)
        case "person":
            return names.get(int(value), "–")
        case "groups":
            return ", ".join(labels.get(key, key) for key in value)
        case "choice":
            return labels.get(str(value), str(value))
        case "yes_no":
            said = gettext("Yes") if value else gettext("No")
            return str(answer_to(gettext(point.label), said))
        case "names":
            return ", ".join(value)
        case "ages":
            return f"{value[0]}–{value[1]}"
        case "date":
            return capfirst(day_in_words(stored_day(value)))
        case _:
            return str(value)


def initial_of(proposal: Proposal, book: Book, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's initial values from a saved proposal, and what is known before it is answered."""
    initial: dict[str, Any] = {
        "name": proposal.name,
        "school": proposal.school_id,
        "network": proposal.network,
        "kind": proposal.kind,
        "pupils_in_audience": yes_no(proposal.pupils_in_audience),
        "youngest_pupil": proposal.youngest_pupil,
    }
    for point in book.proposal_form:
        value = proposal.answers.get(point.key, known.get(point.key))
        if value is not None:
            initial[POINT + point.key] = _shown(point, value)
    if hosted_by_school(proposal.answers, proposal):
        initial.pop(POINT + HOST_NAME, None)  # so that another host doesn't begin with the school's name
    initial |= {WEIGH + one: words for one, words in proposal.considered.items()}
    return initial


def _shown(point: FormPoint, value: Any) -> Any:
    match point.type:
        case "yes_no":
            return yes_no(value)
        case "people":
            return [str(pk) for pk in value]
        case "names":
            return "\n".join(value)
        case "ages":
            return f"{value[0]}-{value[1]}"
        case "date":
            return stored_day(value)
        case _:
            return value


def _answer(point: FormPoint, typed: Any) -> Any:
    match point.type:
        case "yes_no":
            return {"yes": True, "no": False}.get(typed)
        case "people":
            return [int(pk) for pk in typed]
        case "person":
            return int(typed) if typed else None
        case "names":
            return [line for line in typed.splitlines() if line.strip()]
        case "ages":
            found = _AGES.fullmatch(typed or "")
            return [int(found[1]), int(found[2])] if found else []
        case "date":
            return typed.isoformat() if typed else ""
        case _:
            return typed
