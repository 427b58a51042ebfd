"""The forms of evidence: a question first where something may be copied, then a file, a page, a quotation or
an interview; and a note on a piece."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.incidents.actions.gathering import LONGEST_LINE, LONGEST_SAID
from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.evidence_states import Agreed
from schoolgate.web.frame.forms import DayField, TimeField
from schoolgate.web.incidents.forms import NOON, SHOWS_IT, FoldedForm

SHOWS = _("Does it show a sexual image of someone under 18, or could it?")


def said(label: Any, *, rows: int, longest: int = LONGEST_SAID) -> forms.CharField:
    """Return a field for a longer text."""
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}))


def line(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for a line."""
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST_LINE, required=required)


class ShowsForm(FoldedForm):
    """The question before any file is chosen."""

    shows = forms.ChoiceField(
        label=SHOWS,
        help_text=_("If you’re not sure, choose Yes. Nothing is copied then, and we say who to ring."),
        choices=SHOWS_IT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer this question first")},
    )


class PageForm(ShowsForm):
    """The address of a public page."""

    address = forms.CharField(
        label=_("Web address"),
        help_text=_("Only what everyone can see without signing in is saved."),
        max_length=4 * LONGEST_LINE,
        widget=forms.URLInput,
    )
    what = line(_("What does it show?"), required=False)


class ObtainedForm(FoldedForm):
    """When something was obtained."""

    on = DayField(
        label=_("Date obtained"), required=False, help_text=_("Leave the date and time empty for now.")
    )
    time = TimeField(label=_("Time"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its date."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("time") and not typed.get("on"):
            self.add_error("on", _("Enter the date"))
        return typed

    def obtained(self, now: datetime) -> datetime:
        """Return the instant that was typed; now where it was left empty, noon of a day without a time."""
        on, time = self.cleaned_data["on"], self.cleaned_data["time"]
        if not on:
            return now
        typed = datetime.combine(on, time or NOON, LONDON)
        return typed if time else min(typed, now) if on == now.astimezone(LONDON).date() else typed

    def words(self) -> dict[str, str]:
        """Return what was typed, without the date, the time and the file."""
        typed = self.cleaned_data
        return {name: text for name, text in typed.items() if name not in ("on", "time", "file", "shows")}


class FileForm(ObtainedForm):
    """A file, after the question was answered."""

    shows = forms.CharField(widget=forms.HiddenInput, initial="no")
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Up to 100 MB: a picture, PDF, text, spreadsheet, recording or film. It’s saved as it is, with "
            "the place and device that a camera adds."
        ),
        error_messages={
            "empty": _("This file is empty. Choose the file again."),
            "required": _("Choose a file"),
        },
    )
    what = line(_("What does it show?"))
    source = line(
        _("Where is it from?"), _("For example: a web address, the staff chat, or Ms Evans’s phone.")
    )
    field_order = ("shows", "file", "what", "source", "on", "time")

    def clean_shows(self) -> str:
        """Refuse a file without the answer that it shows no such picture."""
        if self.cleaned_data["shows"] != "no":
            raise forms.ValidationError(_("Answer the question about the picture first."))
        return "no"


class QuotationForm(ObtainedForm):
    """A typed quotation."""

    said = said(_("Exact words"), rows=4)
    source = line(_("Where are they from?"), _("For example: a web address, a letter, or a chat."))
    field_order = ("said", "source", "on", "time")


class InterviewForm(ObtainedForm):
    """What a person said in a talk."""

    who = line(_("Who was interviewed?"), _("By role or name."))
    present = line(_("Who else was present?"), required=False)
    source = line(_("Where?"), required=False)
    said = said(_("What was said?"), rows=6)
    agreed = forms.ChoiceField(
        label=_("Do they agree with what is written here?"),
        choices=Agreed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they agree with what is written here")},
    )
    field_order = ("who", "present", "source", "said", "agreed", "on", "time")


class EvidenceNoteForm(FoldedForm):
    """A note on a piece, such as a mistake in it."""

    words = said(_("What should others know about it?"), rows=2, longest=LONGEST_WORDS)
    agreed = forms.ChoiceField(
        label=_("Do they agree with what is written here?"), choices=Agreed.choices, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, pk: int, interview: bool, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"note-{pk}-%s", **kwargs)
        if not interview:
            del self.fields["agreed"]
