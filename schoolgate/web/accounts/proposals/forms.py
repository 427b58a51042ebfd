"""Forms of proposals, built from the policy in force; the actions judge what is typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.answers import is_asked
from schoolgate.accounts.editions import WEIGHED
from schoolgate.accounts.ladders import weighed_against
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.paper import sections, takes_school_name
from schoolgate.accounts.states import AccountKind
from schoolgate.core.models import School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.web.frame.forms import YES_NO, DayField, Drawing, SchoolForm, radios, yes_no
from schoolgate.web.frame.times import day_in_words
from schoolgate.web.frame.wording import RESTATED_IN, plain

POINT = "point-"
WEIGH = "weighed-"
OWN = ("name", "school", "network", "kind", "pupils_in_audience", "youngest_pupil")
_AGES = re.compile(r"\s*(\d{1,2})\s*(?:-|–|to|i)\s*(\d{1,2})\s*")


@dataclass(frozen=True)
class Part:
    """One field of the form as it is drawn. `asked_if`: for the script, the choices on which it depends
    (JSON); `hidden`: it depends on a choice that is not made."""

    helper: Drawing
    asked_if: str
    hidden: bool


@dataclass(frozen=True)
class FormSection:
    """A heading of the form with its fields. `printed`: the heading is the policy's own."""

    title: str
    printed: bool
    parts: Sequence[Part]


class ProposalForm(SchoolForm):
    """What the program needs to know of any account, then every point of the policy, each with its clauses.

    Nothing is compulsory here: it is saved as it is written. What is missing is said by the policy's own
    answer. A detail of a choice that is not made is there but hidden, so that nothing typed is lost.
    """

    name = forms.CharField(label=_("Account name"), max_length=120, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("The whole federation")
    )

    def __init__(
        self, *args: Any, book: Book, people: Sequence[tuple[int, str]], proposal: Proposal, **kwargs: Any
    ) -> None:
        initial = initial_of(proposal, book)
        super().__init__(*args, initial=initial, **kwargs)
        self.book, self.proposal = book, proposal
        self.points = book.proposal_form
        self.weighs = weighed_against(book)
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]
        networks = [(key, gettext(found.name)) for key, found in all_capabilities().items()]
        self.fields["network"] = forms.ChoiceField(
            label=_("Network"), choices=[("", _("Choose")), *networks], required=False
        )
        self.fields["kind"] = radios(_("What kind of account is it?"), AccountKind.choices)
        self.fields["pupils_in_audience"] = radios(_("Is it meant for pupils?"), YES_NO)
        self.fields["youngest_pupil"] = forms.IntegerField(
            label=_("Age of the youngest pupil it is meant for"),
            required=False,
            min_value=0,
            max_value=25,
        )
        school = proposal.school.name if proposal.school else ""
        for point in self.points:
            self.fields[POINT + point.key] = field_for(point, book, people, school=school)
        for one in self.weighs:
            self.fields[WEIGH + one] = forms.CharField(
                label=weighed_in_words(one),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def sections(self) -> list[FormSection]:
        """The form in the order of the policy's own, the program's own questions first."""
        answers = self._answers_now()
        found = [FormSection(gettext("Account"), False, [self._part(name) for name in OWN])]
        if self.weighs:
            weigh = [self._part(WEIGH + one) for one in self.weighs]
            found.append(FormSection(gettext("Weighed against"), False, weigh))
        for section in sections(self.book):
            parts = [self._part(POINT + point.key, point, answers) for point in section.points]
            title = section.title if section.printed else gettext(section.title)
            found.append(FormSection(title, section.printed, parts))
        return found

    def given(self) -> dict[str, Any]:
        """What was filled in, as `save_proposal` takes it. A field that cannot be used keeps what was saved
        before; what was typed there stays in the form."""
        typed, wrong = self.cleaned_data, self.errors
        own = {
            "name": typed.get("name"),
            "school": typed.get("school"),
            "network": typed.get("network"),
            "kind": typed.get("kind"),
            "pupils_in_audience": {"yes": True, "no": False}.get(typed.get("pupils_in_audience", "")),
            "youngest_pupil": typed.get("youngest_pupil"),
        }
        given = {name: value for name, value in own.items() if name not in wrong}
        if "youngest_pupil" in wrong:
            given["youngest_pupil"] = self.proposal.youngest_pupil
        answers = {
            point.key: self.proposal.answers.get(point.key)
            if POINT + point.key in wrong
            else _answer(point, typed[POINT + point.key])
            for point in self.points
        }
        considered = {
            one: self.proposal.considered.get(one, "") if WEIGH + one in wrong else typed[WEIGH + one]
            for one in self.weighs
        }
        return {**given, "answers": answers, "considered": considered}

    def _answers_now(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.proposal.answers
        if self.is_bound and hasattr(self, "cleaned_data"):
            found = self.given()["answers"]
        return found

    def _part(
        self, name: str, point: FormPoint | None = None, answers: Mapping[str, Any] | None = None
    ) -> Part:
        helper = Drawing(self)
        helper.layout = Layout(name)
        if point is None or point.required or not point.required_if:
            return Part(helper, "", False)
        asked_if = [
            {POINT + key: [_typed_as(value) for value in values] for key, values in condition.items()}
            for condition in point.required_if
        ]
        hidden = not is_asked(point, answers or {}) and name not in self.errors
        return Part(helper, json.dumps(asked_if), hidden)


def weighed_in_words(one: str) -> str:
    """What the idea is weighed against, as a label."""
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


def _clauses_of(point: FormPoint, book: Book) -> SafeString:
    """The policy's words for this point: as it prints them where the federation pasted that."""
    rows = []
    for clause in (book.clause(one) for one in point.clauses):
        language = "" if clause.wording else RESTATED_IN
        rows.append((language, clause.section, clause.wording or clause.says))
    return format_html_join(
        "", '<span class="sg-clause-line" lang="{}" data-quoted>{}: {}</span> ', dict.fromkeys(rows)
    )


def _typed_as(value: str) -> str:
    return {"true": "yes", "false": "no"}.get(value, value)


def field_for(
    point: FormPoint, book: Book, people: Sequence[tuple[int, str]], *, school: str = ""
) -> forms.Field:
    """The form field of one point of the policy, its clauses as help."""
    label = gettext(point.label)
    help_text = _clauses_of(point, book)
    choices = [(str(pk), name) for pk, name in people]
    options = options_in_words(point, book, school)
    match point.type:
        case "long_text":
            return forms.CharField(
                label=label,
                help_text=help_text,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                max_length=20_000,
            )
        case "choice":
            return radios(label, options, help_text)
        case "yes_no":
            return radios(label, YES_NO, help_text)
        case "groups":
            return forms.MultipleChoiceField(
                label=label,
                help_text=help_text,
                required=False,
                choices=options,
                widget=forms.CheckboxSelectMultiple,
            )
        case "people":
            return forms.MultipleChoiceField(
                label=label,
                help_text=help_text,
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
            )
        case "person":
            return forms.ChoiceField(
                label=label, help_text=help_text, required=False, choices=[("", _("Choose")), *choices]
            )
        case "names":
            words = gettext("One name per line.")
            return forms.CharField(
                label=label,
                help_text=format_html("{} {}", help_text, words),
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        case "date":
            return DayField(label=label, help_text=help_text, required=False)
        case "number":
            return forms.IntegerField(
                label=label, help_text=help_text, required=False, min_value=0, max_value=1_000_000
            )
        case "ages":
            words = gettext("Youngest and oldest, such as 7-11.")
            return forms.RegexField(
                _AGES,
                label=label,
                help_text=format_html("{} {}", help_text, words),
                required=False,
                error_messages={"invalid": _("Enter two ages, such as 7-11")},
            )
        case _:
            return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000)


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
            return gettext("Yes") if value else gettext("No")
        case "names":
            return ", ".join(value)
        case "ages":
            return f"{value[0]}–{value[1]}"
        case "date":
            return day_in_words(date.fromisoformat(value))
        case _:
            return str(value)


def initial_of(proposal: Proposal, book: Book) -> dict[str, Any]:
    """What the form shows of a proposal that was saved before."""
    initial: dict[str, Any] = {
        "name": proposal.name,
        "school": proposal.school_id,
        "network": proposal.network,
        "kind": proposal.kind,
        "pupils_in_audience": yes_no(proposal.pupils_in_audience),
        "youngest_pupil": proposal.youngest_pupil,
    }
    for point in book.proposal_form:
        value = proposal.answers.get(point.key)
        if value is not None:
            initial[POINT + point.key] = _shown(point, value)
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
            return date.fromisoformat(value)
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
