"""Forms of enquiries from the press. They gather what is typed; the actions judge it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.models import School
from schoolgate.press.keeping import LONGEST_LINE, LONGEST_WORDS
from schoolgate.press.models import BY_HAND, RELEASED_BY_HAND, Outcome
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField, radios

TRI = {"yes": True, "no": False}
MAYBE = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known yet"))]
WHOLE = "0"


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, strip=True,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _line(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_LINE)


class _OfSchool(SchoolForm):
    """A form that asks for the school where there is more than one."""

    def __init__(self, data: Any = None, *, schools: Sequence[School]) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}-%s")
        self.schools = {str(each.pk): each for each in schools}
        self.fields["school"] = forms.ChoiceField(
            label=_("Which school is it about?"),
            choices=[*((key, each.name) for key, each in self.schools.items()), (WHOLE, _("All schools"))],
            initial=next(iter(self.schools), WHOLE),
        )

    @property
    def school(self) -> School | None:
        """Return the school that was chosen; None for all of them."""
        return self.schools.get(self.cleaned_data.get("school", ""))


class EnquiryForm(_OfSchool):
    """An enquiry by telephone, email, letter or in person."""

    policy_help = {
        "about_posts": (at("media.enquiry", "pass_on", "media_policy"),),
        "asks_for_comment": (at("media.enquiry", "request_for_comment"),),
    }

    how = radios(_("How did they get in touch?"), [(how.value, how.label) for how in BY_HAND])
    wants = _words(_("What do they want to know?"), _("In their words. Don’t name pupils."))
    outlet = _line(_("Newspaper, station or website"))
    journalist = _line(_("Their name"))
    contact = _line(_("How to reach them"), _("Telephone number or email."))
    asks_for_comment = radios(_("Do they want a comment to publish?"), MAYBE)
    about_posts = radios(_("Is it about what was posted?"), MAYBE)
    until_day = DayField(label=_("They need an answer by"), required=False)
    until_time = TimeField(label=_("Time"), required=False)

    def __init__(self, data: Any = None, *, schools: Sequence[School]) -> None:
        super().__init__(data, schools=schools)
        for name in ("asks_for_comment", "about_posts"):
            self.fields[name].required = False
            self.fields[name].initial = ""
        self.fields["wants"].max_length = LONGEST_WORDS  # type: ignore[attr-defined]

    def entered(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        day, time = typed["until_day"], typed["until_time"]
        return {
            **{name: typed[name] for name in ("how", "wants", "outlet", "journalist", "contact")},
            "school": self.school,
            "until": _instant(day, time),
            "about_posts": TRI.get(typed["about_posts"]),
            "asks_for_comment": TRI.get(typed["asks_for_comment"]),
        }


def _instant(day: Any, time: Any) -> datetime | None:
    """Return a day and a time in the UK as one instant; without a time, the end of the school day."""
    if day is None:
        return None
    hour, minute = (time.hour, time.minute) if time else (17, 0)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


class ExpectForm(_OfSchool):
    """Attention of the press that is expected."""

    policy_help = {"about": (at("media.expected", "press_expected"),)}

    about = forms.CharField(label=_("What may they call about?"), max_length=200)
    until = DayField(label=_("Until which day?"))
    line = _words(
        _("What do we say?"), _("Optional. The line that is agreed, word for word."), required=False
    )


class StatementForm(SchoolForm):
    """The words of a statement."""

    policy_help = {"text": (at("media.enquiry", "answer", "request_for_comment"),)}

    text = _words(_("Statement"), _("Exactly as it will be read out, sent or posted."), rows=5)


class ReleaseForm(SchoolForm):
    """How a statement was given and, where the policy asks, whether the media policy was followed."""

    policy_help = {"steps": (at("media.enquiry", "media_policy"),)}

    how = radios(_("How was it given?"), [(how.value, how.label) for how in RELEASED_BY_HAND])
    steps = radios(
        _("Have the steps in the media policy been followed?"), [("yes", _("Yes")), ("no", _("No"))]
    )

    def __init__(self, data: Any = None, *, asks_steps: bool) -> None:
        super().__init__(data)
        if not asks_steps:
            del self.fields["steps"]

    @property
    def steps_taken(self) -> bool | None:
        """Return whether the steps were taken; None where that isn't asked."""
        return TRI.get(self.cleaned_data.get("steps", ""))


class CloseEnquiryForm(SchoolForm):
    """How an enquiry ended."""

    outcome = radios(_("How did it end?"), Outcome.choices)
    words = _words(_("Note"), _("Optional. For example a link to the article."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="close-%s", **kwargs)


class PassedForm(SchoolForm):
    """Who was told where no one has the role."""

    policy_help = {"words": (at("media.enquiry", "pass_on", "request_for_comment"),)}

    words = forms.CharField(label=_("Who did you tell, and how?"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="passed-%s", **kwargs)
