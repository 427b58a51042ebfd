"""Forms of the account pages.

The proposal's is built from the policy in force; the actions judge what is typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.opening import Question
from schoolgate.accounts.states import AccountKind
from schoolgate.core.models import School
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.rulebook import Book
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.web.forms import DayField, SchoolForm
from schoolgate.web.times import day_in_words
from schoolgate.web.wording import RESTATED_IN

POINT = "point-"
MOST_PEOPLE = 300
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
_AGES = re.compile(r"\s*(\d{1,2})\s*(?:-|–|to|i)\s*(\d{1,2})\s*")


def _radios(
    label: Any, options: Sequence[tuple[str, str | Promise]], help_text: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(options), required=False, widget=forms.RadioSelect, help_text=help_text
    )


class ProposalForm(SchoolForm):
    """What the program needs to know of any account, then every point of the policy, each with its clause.

    Nothing is compulsory here: it is saved as it is written. What is missing is said by the policy's own
    answer.
    """

    name = forms.CharField(label=_("Name of the account"), max_length=120, required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("The whole federation")
    )

    def __init__(
        self, *args: Any, book: Book, people: Sequence[tuple[int, str]], proposal: Proposal, **kwargs: Any
    ) -> None:
        initial = initial_of(proposal, book)
        super().__init__(*args, initial=initial, **kwargs)
        self.points = book.proposal_form
        self.fields["school"].queryset = School.objects.order_by("name")  # type: ignore[attr-defined]
        networks = [(key, gettext(found.name)) for key, found in all_capabilities().items()]
        self.fields["network"] = forms.ChoiceField(
            label=_("Network"), choices=[("", _("Choose")), *networks], required=False
        )
        self.fields["kind"] = _radios(_("What kind of account is it?"), AccountKind.choices)
        self.fields["pupils_in_audience"] = _radios(_("Is it meant for pupils?"), YES_NO)
        self.fields["youngest_pupil"] = forms.IntegerField(
            label=_("Age of the youngest pupil whom it is meant for"),
            required=False,
            min_value=0,
            max_value=25,
        )
        for point in self.points:
            self.fields[POINT + point.key] = field_for(point, book, people)

    def given(self) -> dict[str, Any]:
        """What was filled in, as `save_proposal` takes it."""
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "school": typed["school"],
            "network": typed["network"],
            "kind": typed["kind"],
            "pupils_in_audience": {"yes": True, "no": False}.get(typed["pupils_in_audience"]),
            "youngest_pupil": typed["youngest_pupil"],
            "answers": {point.key: _answer(point, typed[POINT + point.key]) for point in self.points},
        }


def field_for(point: FormPoint, book: Book, people: Sequence[tuple[int, str]]) -> forms.Field:
    """The form field of one point of the policy, its clause as help."""
    label = gettext(point.label)
    clause = book.clause(point.clauses[0])
    help_text = format_html(
        '<span lang="{}" data-quoted>{}: {}</span>', RESTATED_IN, clause.section, clause.says
    )
    choices = [(str(pk), name) for pk, name in people]
    options = [(key, gettext(words)) for key, words in point.options]
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
            return _radios(label, options, help_text)
        case "yes_no":
            return _radios(label, YES_NO, help_text)
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
            words = gettext("One name on each line.")
            return forms.CharField(
                label=label,
                help_text=format_html("{} {}", help_text, words),
                required=False,
                widget=forms.Textarea,
            )
        case "date":
            return DayField(label=label, help_text=help_text, required=False)
        case "number":
            return forms.IntegerField(
                label=label, help_text=help_text, required=False, min_value=0, max_value=1_000_000
            )
        case "ages":
            words = gettext("The youngest and the oldest, such as 7-11.")
            return forms.RegexField(
                _AGES,
                label=label,
                help_text=format_html("{} {}", help_text, words),
                required=False,
                error_messages={"invalid": _("Write two ages, such as 7-11")},
            )
        case _:
            return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000)


def answer_in_words(point: FormPoint, value: Any, names: Mapping[int, str]) -> str:
    """An answer as a page shows it: options by their labels, persons by name, days written out."""
    labels = {key: gettext(words) for key, words in point.options}
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
        "pupils_in_audience": _yes_no(proposal.pupils_in_audience),
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
            return _yes_no(value)
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


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


class SetupForm(SchoolForm):
    """Where the account is, and what somebody saw on its page."""

    handle = forms.CharField(
        label=_("Handle"), help_text=_("As others find it, such as @year4."), max_length=253, required=False
    )
    address = forms.URLField(
        label=_("Address"),
        help_text=_("The whole address of its page."),
        required=False,
        assume_scheme="https",
    )
    contact = forms.CharField(
        label=_("Whom to turn to"),
        help_text=_("Stands on the public register: an office, not a person's own number."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, account: Account, questions: Sequence[Question], **kwargs: Any) -> None:
        setup: Mapping[str, Any] = account.setup
        initial: dict[str, Any] = {
            "handle": account.handle,
            "address": account.address,
            "contact": account.contact,
        }
        for question in questions:
            value = setup.get(question.key)
            initial[question.key] = _yes_no(value) if question.type == "yes_no" else value
        super().__init__(*args, initial=initial, **kwargs)
        self.questions = questions
        for question in questions:
            label: Any = question.label
            if question.type == "text":
                self.fields[question.key] = forms.CharField(label=label, max_length=300, required=False)
            else:
                options = YES_NO if question.type == "yes_no" else question.options
                self.fields[question.key] = _radios(question.label, list(options))

    def answers(self) -> dict[str, Any]:
        """The answers, as `save_setup` takes them."""
        typed = self.cleaned_data
        return {
            question.key: {"yes": True, "no": False}.get(typed[question.key])
            if question.type == "yes_no"
            else typed[question.key]
            for question in self.questions
        }


class DecideForm(SchoolForm):
    """Yes or no to a proposal, and why not."""

    answer = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Yes, the account may be set up")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason for a no"),
        help_text=_("The applicant reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args: Any, asks_for_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_for_reason:
            self.fields["strong"] = _radios(
                _("Is there a strong reason for this account, as the policy asks?"), YES_NO
            )

    def strong(self) -> bool | None:
        """The decider's word on the reason; None where it was not asked or not said."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("strong", ""))


class NoticeForm(SchoolForm):
    """The address and identity of an account, made known to somebody."""

    to = forms.ChoiceField(label=_("Whom you tell"))
    address = forms.URLField(label=_("Address"), assume_scheme="https")
    identity = forms.CharField(label=_("Name or handle under which it can be found"), max_length=253)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(pk), name) for pk, name in people]  # type: ignore[attr-defined]


class ConnectForm(SchoolForm):
    """The account's own sign-in at its network. Never a password of anybody's private account."""

    handle = forms.CharField(label=_("Handle"), max_length=253)
    secret = forms.CharField(
        label=_("App password"),
        help_text=_("Made for this program in the account's own settings; never its main password."),
        widget=forms.PasswordInput,
        max_length=300,
    )
    service = forms.URLField(
        label=_("Server"),
        help_text=_("Leave it as it is unless your account lives on another server."),
        assume_scheme="https",
        required=False,
    )
