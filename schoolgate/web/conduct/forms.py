"""The forms about people's own conduct: short, and none asks for an account or a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.leaving import LONGEST, LONGEST_LINK, PictureFound
from schoolgate.conduct.wording import Asked
from schoolgate.core.clock import LONDON
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import REQUIRED, YES_NO, DayField, SchoolForm, TimeField, radios


class TalkForm(SchoolForm):
    """The day of a conversation."""

    on = DayField(label=_("When did you talk?"))


WHAT_TO_REMOVE = [
    ("picture", _("A picture that shows pupils, on a page of their own")),
    ("post", _("A post that breaks the policy")),
]
HAVE_NONE = [("none", _("I have none")), ("against", _("I have some"))]


def _word(label: Any, choices: list[Any], help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect)


class WordForm(SchoolForm):
    """A person's word on the topics that their policy asks about: a field for each of `asked`."""

    policy_help = {
        "pupils": (at("contact.accept", "pupil_contact", "student_friend"),),
        "former_pupil": (at("contact.accept", "former_pupil"),),
        "parent": (at("contact.accept", "parent_contact"),),
        "disclaimer": (at("personal.profile", "own_disclaimer", "own_disclaimer_text"),),
    }

    pupils = _word(_("Pupils as contacts"), HAVE_NONE)
    former_pupil = _word(
        _("Former pupils as contacts"), HAVE_NONE, _("Only the ones the policy covers: see below.")
    )
    parent = _word(_("Parents of pupils as contacts"), HAVE_NONE)
    disclaimer = _word(
        _("Your own pages that name the school"),
        [
            ("none", _("I have no such page")),
            ("shown", _("Each has a disclaimer")),
            ("against", _("One has no disclaimer yet")),
        ],
    )

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {str(one.topic): one for one in asked}
        for name in list(self.fields):
            if name not in there:
                del self.fields[name]
            elif (word := there[name].word) is not None and not there[name].open:
                self.initial[name] = word.said


class ReminderForm(SchoolForm):
    """A reminder given outside the program, and the answer to it."""

    given_on = DayField(label=_("When were they reminded?"))
    confirms = forms.ChoiceField(
        label=_("What did they answer?"),
        choices=[("yes", _("They confirmed it")), ("no", _("They refused"))],
        widget=forms.RadioSelect,
    )


class RemoveForm(SchoolForm):
    """Which post or picture a person has to remove, and by when. `kinds`: what the policy has words for."""

    policy_help = {
        "words": (at("posting.withdraw", "told_to_take_down"),),
        "link": (at("image.share", "pupil_pictures", "school_shown", "own_page_school_photo"),),
    }

    what = forms.ChoiceField(label=_("What must be removed?"), choices=[], widget=forms.RadioSelect)
    link = forms.CharField(label=_("Link to the picture of pupils"), max_length=LONGEST_LINK, required=False)
    school_photograph = radios(_("Was it taken at or for the school?"), YES_NO)
    shows_school = radios(_("Does it show which school it is?"), YES_NO)
    words = forms.CharField(
        label=_("Which one, and why?"),
        help_text=_("Only you and this person see it. It’s deleted once the post or picture is gone."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
    )
    day = DayField(label=_("Answer by: day"), help_text=_("Leave blank to set no deadline."), required=False)
    hour = TimeField(label=_("Answer by: time"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (kind, label) for kind, label in WHAT_TO_REMOVE if kind in kinds
        ]
        self.only = kinds[0] if len(kinds) == 1 else ""
        if self.only:
            del self.fields["what"]
        if "picture" not in kinds:
            for name in ("link", "school_photograph", "shows_school"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Put day and time together, as `reply_by`, and the answers about a picture, as `picture`."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["picture"] = None
        if (self.only or said.get("what")) == "picture":
            if not (said.get("link") or "").strip():
                self.add_error("link", str(REQUIRED))
            known = {"yes": True, "no": False}
            said["picture"] = PictureFound(
                said.get("link") or "",
                known.get(said.get("school_photograph") or ""),
                known.get(said.get("shows_school") or ""),
            )
        day, hour = said.get("day"), said.get("hour")
        if hour and not day:
            self.add_error("day", str(_("Enter the day too")))
        said["reply_by"] = datetime.combine(day, hour or time(17), tzinfo=LONDON) if day else None
        return said


class RhythmForm(SchoolForm):
    """How often staff are reminded of one topic."""

    topic = forms.ChoiceField(
        label=_("What should staff check?"),
        choices=[
            ("settings", _("The settings of their own accounts")),
            ("connections", _("Who they’re connected with")),
        ],
        widget=forms.RadioSelect,
    )
    often = forms.ChoiceField(
        label=_("How often?"),
        choices=[("term", _("As each term begins")), ("days", _("Every set number of days"))],
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=366, required=False)


class NumberForm(SchoolForm):
    """A number for staff who are targeted."""

    name = forms.CharField(label=_("Name"), help_text=_("For example a union."), max_length=60)
    telephone = forms.CharField(
        label=_("Telephone"), help_text=_("Leave blank to remove this number."), max_length=20, required=False
    )
