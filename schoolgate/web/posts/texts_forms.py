"""The forms of texts that are ready for use: write one, answer what the policy asks, fill in its blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.publishing.author_questions import options_for
from schoolgate.publishing.models import ReadyVersion
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.publishing.ready import BLANKS, CLOSED, LONGEST_VALUE, Value
from schoolgate.rulebook import Book
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField
from schoolgate.web.posts.filled_in import chosen_in, usual
from schoolgate.web.posts.forms import field_for

ALL = "all"
"""The choice "every school" of a text's school."""
TRI: Mapping[str, bool] = {"yes": True, "no": False}


def braces(names: Sequence[str]) -> str:
    """Return these blanks as people write them."""
    return ", ".join(f"{{{name}}}" for name in names)


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class TextForm(SchoolForm):
    """The words of a text. Of an emergency text also where it may be sent, by which people, and how long."""

    title = forms.CharField(label=_("Title"), max_length=80)
    english = forms.CharField(
        label=_("English text"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    welsh = forms.CharField(label=_("Welsh text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        *args: Any,
        schools: Sequence[School | None],
        emergency: bool,
        for_replies: bool = False,
        accounts: Sequence[Account] = (),
        senders: Sequence[Person] = (),
        fixed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.emergency = emergency
        self.kind = "emergency" if emergency else "reply" if for_replies else "reusable"
        self.schools = {str(each.pk) if each else ALL: each for each in schools}
        self.accounts = {str(each.pk): each for each in accounts}
        self.people = {str(each.pk): each for each in senders}
        names = [name for name in BLANKS if not emergency or name in CLOSED]
        self.fields["english"].help_text = format_lazy(
            _("You can leave blanks to fill in: {blanks}."), blanks=braces(names)
        )
        if not fixed and len(self.schools) > 1:
            choices = [(key, each.name if each else _("Every school")) for key, each in self.schools.items()]
            self.fields = {"school": forms.ChoiceField(label=_("For"), choices=choices), **self.fields}
        if emergency:
            self.fields["accounts"] = _several(_("Where may it be sent?"), self.accounts)
            self.fields["senders"] = _several(_("Who may send it?"), self.people)
            self.fields["until"] = DayField(
                label=_("May be sent until"), help_text=_("At most a year ahead. Then it is read again.")
            )

    @property
    def school(self) -> School | None:
        """The school that was chosen, or the only one there is; None is every school."""
        if "school" not in self.fields:
            return next(iter(self.schools.values()))
        return self.schools[self.cleaned_data["school"]]

    def content(self) -> dict[str, Any]:
        """What was typed, as `keep_text` takes it."""
        typed = self.cleaned_data
        content = {name: typed[name] for name in ("title", "english", "welsh")}
        if self.emergency:
            content["accounts"] = [self.accounts[each] for each in typed["accounts"]]
            content["senders"] = [self.people[each] for each in typed["senders"]]
            content["until"] = typed["until"]
        return content


def _several(label: Any, among: Mapping[str, Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(key, _called(each)) for key, each in among.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )


def _called(each: Account | Person) -> str:
    """Return a person's or an account's name; of an account that isn't open, its status too."""
    if isinstance(each, Account) and each.state != AccountState.OPEN:
        return f"{each.name} ({each.get_state_display()})"
    return each.name


def initial_of(version: ReadyVersion) -> dict[str, Any]:
    """Return what the form of a text begins with."""
    return {
        "title": version.title,
        "english": version.english,
        "welsh": version.welsh,
        "accounts": [str(each.pk) for each in version.accounts.all()],
        "senders": [str(each.pk) for each in version.senders.all()],
        "until": version.until,
    }


class AnswersForm(SchoolForm):
    """Its writer's answers to what the policy asks of a post with these words."""

    def __init__(
        self, *args: Any, asked: Sequence[str], book: Book, school: School | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for name in self.asked:
            self.fields[f"answer-{name}"] = field_for(name, options_for(name, book, school))

    def said(self, name: str) -> str:
        """The answer as the form has it: chosen, or confirmed with the others."""
        value = chosen_in(self[f"answer-{name}"])
        typed: Any = self.data
        if not value and typed.get("confirmed") and name in typed.getlist("confirms"):
            return usual(name)
        return str(value)

    def answers(self) -> dict[str, Any]:
        """The answers, as `ask_for_text` takes them."""
        found: dict[str, Any] = {}
        for name in self.asked:
            said = self.said(name)
            if said:
                found[name] = TRI.get(said, said) if QUESTIONS[name].kind in ("attested", "tri") else said
        return found


class BlanksForm(SchoolForm):
    """What fills in the blanks of a text, and for which school. `accounts`: where an emergency text goes."""

    def __init__(
        self,
        *args: Any,
        blanks: Sequence[str],
        schools: Sequence[School],
        accounts: Sequence[Account] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.pk): each for each in schools}
        self.accounts = {str(each.pk): each for each in accounts}
        self.blanks = [name for name in blanks if name != "school"]
        if len(self.schools) > 1:
            self.fields["school"] = forms.ChoiceField(
                label=_("School"), choices=[(key, each.name) for key, each in self.schools.items()]
            )
        for name in self.blanks:
            self.fields[f"blank-{name}"] = _field_of(name)
        if accounts:
            self.fields["accounts"] = _several(_("Where"), self.accounts)

    @property
    def school(self) -> School | None:
        """The school that was chosen, or the only one there is."""
        chosen = self.data.get("school") if self.is_bound else self.initial.get("school")
        return self.schools.get(str(chosen)) if chosen else next(iter(self.schools.values()), None)

    def values(self) -> dict[str, Value]:
        """What was filled in, by blank."""
        return {name: self.cleaned_data[f"blank-{name}"] for name in self.blanks}

    def chosen(self) -> list[Account]:
        """The accounts that were ticked."""
        return [self.accounts[each] for each in self.cleaned_data.get("accounts", ())]


def _field_of(name: str) -> forms.Field:
    blank = BLANKS[name]
    if blank.kind == "day":
        return DayField(label=blank.label)
    if blank.kind == "clock":
        return TimeField(label=blank.label)
    return forms.CharField(label=str(blank.label), max_length=LONGEST_VALUE)
