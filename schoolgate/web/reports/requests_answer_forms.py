"""The forms of searching for a request, of reviewing what was found, and of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.sealed_words import LONGEST
from schoolgate.rights.answering import LONGEST_LETTER
from schoolgate.rights.models import Decision, Request, exemptions_for
from schoolgate.web.frame.forms import DayField, SchoolForm, radios

SECRET = {"data-secret": ""}
NONE_OF_THESE = "none"


def _exemptions(request: Request) -> list[tuple[str, Any]]:
    named = [
        (one.key, " · ".join(filter(None, [str(one.name), str(one.source)])))
        for one in exemptions_for(request.kind)
    ]
    return [("", _("Choose")), *named]


class SearchForm(SchoolForm):
    """Whose data is searched for, or which words."""

    lines = forms.CharField(
        label=_("Names and words to search for"), required=False, max_length=LONGEST,
        help_text=_("One on each line: names, usernames, email addresses. A line needs all its words."),
        widget=forms.Textarea(attrs={"rows": 5, **SECRET}),
    )  # fmt: skip
    who = radios(_("Is it one of these?"), [])
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, data: Any, *, people: Sequence[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"who": NONE_OF_THESE, **initial})
        if people:
            self.fields["who"].choices = [*people, (NONE_OF_THESE, _("None of these"))]  # type: ignore[attr-defined]
        else:
            del self.fields["who"]


class SeveralForm(SchoolForm):
    """What the answer does with those that were chosen."""

    decision = radios(
        _("What should happen to the ones you chose?"),
        [(Decision.GIVEN.value, Decision.GIVEN.label), (Decision.LEFT_OUT.value, Decision.LEFT_OUT.label)],
    )
    exemption = forms.ChoiceField(label=_("Why leave them out?"), required=False)

    def __init__(self, request: Request, data: Any = None) -> None:
        super().__init__(data)
        self.fields["exemption"].choices = _exemptions(request)  # type: ignore[attr-defined]


class PieceForm(SchoolForm):
    """What the answer does with one thing, and which words are covered in it."""

    decision = radios(
        _("What should happen to this?"),
        [(one.value, one.label) for one in (Decision.GIVEN, Decision.COVERED, Decision.LEFT_OUT)],
    )
    words = forms.CharField(
        label="", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, **SECRET}),
        help_text=_("The answer contains this text, not what was found."),
    )  # fmt: skip
    cover = forms.MultipleChoiceField(
        label=_("Words to redact"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Other people’s names that we know. Untick what may be read."),
    )  # fmt: skip
    more = forms.CharField(
        label=_("Redact more words"), required=False, max_length=LONGEST,
        help_text=_("One on each line. They are redacted wherever they appear here."),
        widget=forms.Textarea(attrs={"rows": 3, "data-press": _("Redact these words"), **SECRET}),
    )  # fmt: skip
    exemption = forms.ChoiceField(label=_("Why leave it out?"), required=False)

    def __init__(
        self, request: Request, data: Any = None, *, words: Sequence[str], covered: Sequence[str],
        decision: str, exemption: str, own_words: Any = "",
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"decision": decision, "cover": list(covered), "exemption": exemption})
        self.fields["exemption"].choices = _exemptions(request)  # type: ignore[attr-defined]
        if own_words:
            del self.fields["cover"], self.fields["more"]
            self.fields["words"].label = own_words
            decisions = (Decision.GIVEN, Decision.LEFT_OUT)
            self.fields["decision"].choices = [(one.value, one.label) for one in decisions]  # type: ignore[attr-defined]
            return
        del self.fields["words"]
        if words:
            self.fields["cover"].choices = [(one, one) for one in words]  # type: ignore[attr-defined]
        else:
            del self.fields["cover"]

    def covers(self) -> list[str]:
        """Return the words that were ticked or typed."""
        typed = self.cleaned_data.get("more", "").splitlines()
        return [*self.cleaned_data.get("cover", []), *filter(None, map(str.strip, typed))]


class LetterForm(SchoolForm):
    """The letter that goes with the answer."""

    letter = forms.CharField(
        label=_("Letter"), max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 24, **SECRET}),
        help_text=_("Change it as you like. Replace what is in square brackets."),
    )  # fmt: skip
    language = forms.ChoiceField(
        choices=[("en", "English"), ("cy", "Cymraeg")], widget=forms.HiddenInput, required=False
    )
