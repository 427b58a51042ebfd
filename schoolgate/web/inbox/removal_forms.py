"""Forms that go with a removal: the notice, the school's own wording of it, an appeal and its decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox.questions import QUESTIONS
from schoolgate.inbox.removal_texts import OWN, PRESCRIBED
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.inbox.forms import LANGUAGES, TRI, YES_NO, notice_parts


class NoticeForm(SchoolForm):
    """Whose words the notice has, its text and language, and what the policy asks about a reply."""

    prefix = "notice"
    policy_help = {
        "wording": (at("item.remove", "removal_notice", "readers_told_why"),),
        "says": (at("item.remove", "notice_says"),),
    }

    wording = forms.ChoiceField(
        label=_("Wording"),
        choices=[(PRESCRIBED, _("The policy’s own notice, unchanged")), (OWN, _("Our own wording"))],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    text = forms.CharField(
        label=_("Our own wording"), required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    says = notice_parts()

    def __init__(self, data: Any = None, *, languages: Sequence[str], prescribed: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not prescribed:
            self.fields["wording"].choices = [(OWN, _("Our own wording"))]  # type: ignore[attr-defined]
        offered = [(key, LANGUAGES[key]) for key in languages if key in LANGUAGES] or [("en", "English")]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the notice"),
            choices=offered,
            initial=offered[0][0],
            widget=forms.RadioSelect,
        )
        for name, question in QUESTIONS.items():
            options = question.options if question.kind == "choice" else YES_NO
            self.fields[f"said-{name}"] = forms.ChoiceField(
                label=str(question.label), choices=list(options), required=False
            )

    def said(self) -> dict[str, Any]:
        """The answers to the questions, by their names; what was not answered is left out."""
        typed = getattr(self, "cleaned_data", {})
        found = {name: typed.get(f"said-{name}") for name in QUESTIONS}
        return {
            name: each if QUESTIONS[name].kind == "choice" else TRI[each]
            for name, each in found.items()
            if each
        }

    def ask_for(self, names: Sequence[str]) -> None:
        """Add an error to each of these questions: not answered yet."""
        for name in names:
            self.add_error(f"said-{name}", str(_("Answer this question")))


class WordingForm(SchoolForm):
    """The school's own wording of the prescribed notice, in a language that the policy doesn't give."""

    prefix = "wording"

    language = forms.CharField(widget=forms.HiddenInput, max_length=5)
    words = forms.CharField(
        label=_("The notice in this language"),
        help_text=_("Written by a person at the school. Schoolgate doesn’t translate it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AppealForm(SchoolForm):
    """Why the comment should be shown."""

    prefix = "appeal"

    words = forms.CharField(
        label=_("Why should the comment be shown?"),
        help_text=_("Up to 3,000 characters. Please don’t name any pupils."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class DecisionForm(SchoolForm):
    """The reasons for a decision on an appeal."""

    prefix = "decision"
    policy_help = {"reasons": (at("comment.admit", "let_through", "never_let_through"),)}

    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The author can read them on the public page. Don’t name anyone."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
