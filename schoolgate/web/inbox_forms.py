"""Forms of the inbox. They gather what is typed; the actions judge it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON
from schoolgate.inbox.questions import QUESTIONS
from schoolgate.inbox.states import SAYABLE, CloseReason, WhyKeptBack
from schoolgate.publishing.models import Delivery
from schoolgate.web.forms import DayField, SchoolForm
from schoolgate.web.inbox_words import snippet

YES_NO: Sequence[tuple[str, str | Promise]] = (("yes", _("Yes")), ("no", _("No")))
TRI = {"yes": True, "no": False}
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
KINDS = [(kind.value, kind.label) for kind in SAYABLE]


class AnswerForm(SchoolForm):
    """What is answered, in which language, whether it is more than a receipt, and what the policy asks."""

    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Everybody who can read the comment can read it."),
        required=False,
        strip=False,
    )
    receipt = forms.BooleanField(label=_("This only confirms that we have seen it"), required=False)

    def __init__(self, data: Any = None, *, languages: Sequence[str], private: bool = False) -> None:
        super().__init__(data)
        if private:
            self.fields["text"].help_text = _("Only the person who wrote to you reads it.")
        offered = [(key, LANGUAGES[key]) for key in languages if key in LANGUAGES] or [
            ("en", LANGUAGES["en"])
        ]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of your answer"), choices=offered, required=False, initial=offered[0][0]
        )
        for name, question in QUESTIONS.items():
            options = question.options if question.kind == "choice" else YES_NO
            self.fields[f"said-{name}"] = forms.ChoiceField(
                label=str(question.label), choices=list(options), required=False
            )

    def said(self) -> dict[str, Any]:
        """The answers to the questions, by their names; what was not answered is left out."""
        found: dict[str, Any] = {}
        for name, question in QUESTIONS.items():
            typed = getattr(self, "cleaned_data", {}).get(f"said-{name}")
            if typed:
                found[name] = typed if question.kind == "choice" else TRI[typed]
        return found

    @property
    def words(self) -> str:
        """The text with one sign for each line end: browsers send two, networks count each."""
        return (
            str(getattr(self, "cleaned_data", {}).get("text", "")).replace("\r\n", "\n").replace("\r", "\n")
        )

    @property
    def only_receipt(self) -> bool:
        """Whether the writer says that this is no full answer."""
        return bool(getattr(self, "cleaned_data", {}).get("receipt"))

    def ask_for(self, names: Sequence[str]) -> None:
        """Say beside each of these questions that it is not answered yet."""
        for name in names:
            self.add_error(f"said-{name}", str(_("Answer this question")))


class KindForm(SchoolForm):
    """What it is, as far as the policy tells things apart."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)


class CloseForm(SchoolForm):
    """Why nobody has to answer."""

    reason = forms.ChoiceField(
        label=_("Why does nobody have to answer?"),
        choices=CloseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why nobody has to answer.")},
    )


class KeepBackForm(SchoolForm):
    """Why nobody else may read it."""

    because = forms.ChoiceField(
        label=_("Why may nobody else read it?"),
        choices=WhyKeptBack.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why nobody else may read it.")},
    )


class DoneForm(SchoolForm):
    """Where the answer stands now."""

    address = forms.CharField(
        label=_("Address of the answer, if the network shows one"),
        help_text=_("It helps whoever looks for it later. You can leave it empty."),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class LookedForm(SchoolForm):
    """What somebody saw on the network."""

    there = forms.ChoiceField(
        label=_("Is your answer there?"), choices=list(YES_NO), widget=forms.RadioSelect
    )


class PasteForm(SchoolForm):
    """A comment or message from a network that no program reads."""

    account = forms.ChoiceField(label=_("Account"))
    post = forms.ChoiceField(label=_("Under which of our posts does it stand?"), required=False)
    text = forms.CharField(
        label=_("What was written"),
        help_text=_("Copy it word for word."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        strip=False,
    )
    author = forms.CharField(
        label=_("Who wrote it, as the network says"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = DayField(label=_("Day on which it appeared"))
    time = forms.TimeField(
        label=_("Time at which it appeared"),
        help_text=_("As clocks show it in the United Kingdom, such as 15:30."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as 15:30")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect, initial="comment"
    )
    private = forms.BooleanField(label=_("It is a private message: only we can read it"), required=False)
    address = forms.CharField(
        label=_("Its address, if the network shows one"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, accounts: Sequence[Account], copies: Sequence[Delivery], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.accounts = {str(account.pk): account for account in accounts}
        self.posts = {str(copy.post_id): copy.post for copy in copies}
        self.fields["account"].choices = [(key, one.name) for key, one in self.accounts.items()]  # type: ignore[attr-defined]
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            ("", _("None of them, or not known")),
            *((str(copy.post_id), f"{copy.account.name}: {snippet(copy.text)}") for copy in copies),
        ]

    def clean(self) -> dict[str, Any]:
        """Day and time together; an hour that the clocks skip is said beside the time."""
        typed = super().clean() or {}
        if typed.get("day") and typed.get("time") and self.appeared_at is None:
            self.add_error("time", str(_("The clocks go forward then: there is no such time on that day.")))
        return typed

    @property
    def appeared_at(self) -> datetime | None:
        """The instant in UTC; None for an hour that the clocks skip."""
        local = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], LONDON)
        back = local.astimezone(UTC).astimezone(LONDON)
        return local.astimezone(UTC) if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None

    def given(self) -> Mapping[str, Any]:
        """What was filled in, as `paste_in` takes it."""
        typed = self.cleaned_data
        return {
            "account": self.accounts[typed["account"]],
            "post": self.posts.get(typed["post"]),
            "text": typed["text"].replace("\r\n", "\n"),
            "author": typed["author"],
            "appeared_at": self.appeared_at,
            "kind": typed["kind"],
            "private": typed["private"],
            "address": typed["address"].strip(),
        }
