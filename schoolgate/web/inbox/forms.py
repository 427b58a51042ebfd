"""Forms of the inbox. They gather what is typed; the actions judge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.leaving import LONGEST
from schoolgate.inbox.models import SAYABLE, CloseReason, Relation, WhyKeptBack
from schoolgate.inbox.reply_facts import QUESTIONS, REMOVAL_QUESTIONS
from schoolgate.web.frame.forms import SchoolForm, at

YES_NO: Sequence[tuple[str, str | Promise]] = (("yes", _("Yes")), ("no", _("No")))
TRI = {"yes": True, "no": False}
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
KINDS = [(kind.value, kind.label) for kind in SAYABLE]


class AnswerForm(SchoolForm):
    """The reply, its language, whether it is more than an acknowledgement, and what the policy asks."""

    policy_help = {
        "text": (
            at(
                "item.answer",
                "tone", "courtesy", "needless_argument", "response_process", "doubt", "commitment",
                "private_to_pupil", "from_personal_account",
            ),
        ),
        "receipt": (at("item.answer", "what_counts"),),
    }  # fmt: skip

    text = forms.CharField(
        label=_("Your reply"),
        help_text=_("Anyone who can see the comment can read your reply."),
        required=False,
        strip=False,
    )
    receipt = forms.BooleanField(label=_("Acknowledgement only"), required=False)

    def __init__(self, data: Any = None, *, languages: Sequence[str], private: bool = False) -> None:
        super().__init__(data)
        if private:
            self.fields["text"].help_text = _("Only the person who wrote to you can read it.")
        offered = [(key, LANGUAGES[key]) for key in languages if key in LANGUAGES] or [
            ("en", LANGUAGES["en"])
        ]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of your reply"), choices=offered, required=False, initial=offered[0][0]
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
        typed = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return str(typed.get("text", "")).replace("\r\n", "\n").replace("\r", "\n")

    @property
    def only_receipt(self) -> bool:
        """Return whether the author marked it as an acknowledgement only."""
        return bool(getattr(self, "cleaned_data", {}).get("receipt"))

    def ask_for(self, names: Sequence[str]) -> None:
        """Add an error to each of these questions: not answered yet."""
        for name in names:
            self.add_error(f"said-{name}", str(_("Answer this question")))


class KindForm(SchoolForm):
    """The type of the item, as far as the policy distinguishes."""

    policy_help = {"kind": (at("item.received", "reply_due"),)}

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)


class CloseForm(SchoolForm):
    """Why no reply is needed."""

    policy_help = {"reason": (at("item.received", "reply_due"),)}

    reason = forms.ChoiceField(
        label=_("Why is no reply needed?"),
        choices=CloseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why no reply is needed.")},
    )


class UnlockForm(SchoolForm):
    """Why a locked comment may be found by everyone who replies again."""

    words = forms.CharField(
        label=_("Why is no child at risk?"),
        help_text=_("Saved as a note with your name. Everyone who replies and moderates can read it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoDangerForm(SchoolForm):
    """Why no one is in danger."""

    words = forms.CharField(
        label=_("Why is no one in danger?"),
        help_text=_("One sentence. It’s saved as a note with your name."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class KeepBackForm(SchoolForm):
    """Why the comment must stay hidden from others."""

    policy_help = {
        "because": (
            at("item.received", "removal_due"),
            at("item.look", "kept_back_for_abuse", "kept_back_for_risk", "abusive_conversation"),
            at("item.remove", "left_standing", "reason_for_removal", "removal_notice", "readers_told_why"),
        )
    }

    because = forms.ChoiceField(
        label=_("Reason for hiding or deleting it"),
        choices=WhyKeptBack.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason for hiding or deleting it.")},
    )
    house_rule = forms.CharField(label=_("House rule"), required=False, max_length=40)
    abuse = forms.BooleanField(
        label=_("It has a picture that may show the abuse of a child"),
        help_text=_("Then no copy is kept: copying it is against the law."),
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name, question in REMOVAL_QUESTIONS.items():
            options = question.options if question.kind == "choice" else YES_NO
            self.fields[f"said-{name}"] = forms.ChoiceField(
                label=str(question.label), choices=list(options), required=False, widget=forms.RadioSelect
            )

    def said(self) -> dict[str, Any]:
        """The answers to the policy's questions, by their names; what was not answered is left out."""
        typed = {name: self.data.get(f"said-{name}") for name in REMOVAL_QUESTIONS}
        found: dict[str, Any] = {name: TRI[each] for name, each in typed.items() if each in TRI}
        if typed["relation"] in Relation.values:
            found["relation"] = typed["relation"]
        return found | ({"may_show_abuse": True} if self.data.get("abuse") else {})

    def ask_for(self, names: Sequence[str]) -> None:
        """Add an error to each of these questions: not answered yet."""
        for name in names:
            self.add_error(f"said-{name}", str(_("Answer this question")))

    @property
    def questions(self) -> list[Any]:
        """Return the questions to show: asked for now, or answered."""
        names = [f"said-{name}" for name in REMOVAL_QUESTIONS]
        return [self[name] for name in names if self.is_bound and (self[name].errors or self[name].value())]


def notice_parts() -> forms.MultipleChoiceField:
    """Return the field for the parts of a notice that the policy speaks of."""
    return forms.MultipleChoiceField(
        label=_("What does our own wording include? The policy asks for all three."),
        choices=PARTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


PARTS = (
    ("reason for removal", _("Why it was removed")),
    ("promise to respond", _("That we’ll reply")),
    ("request for respect", _("A request to respect others’ views")),
)


class FinishForm(SchoolForm):
    """What was done after a removal."""

    policy_help = {
        "notice": (at("item.remove", "removal_notice"),),
        "says": (at("item.remove", "notice_says"),),
    }

    notice = forms.ChoiceField(
        label=_("Whose wording did you use?"),
        choices=[("prescribed", _("The policy’s own notice")), ("own", _("Our own wording"))],
        required=False,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Reference number of your report to the network"), required=False, max_length=100
    )
    says = notice_parts()


class DoneForm(SchoolForm):
    """The address of the reply on the network."""

    address = forms.CharField(
        label=_("Web address of the reply, if there is one"),
        help_text=_("Optional. It makes the reply easier to find later."),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class LookedForm(SchoolForm):
    """What the person saw on the network."""

    there = forms.ChoiceField(
        label=_("Has your reply been posted?"), choices=list(YES_NO), widget=forms.RadioSelect
    )
