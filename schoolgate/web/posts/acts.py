"""The small forms of a post's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.core.stops import REASONS as STOP_REASONS
from schoolgate.publishing.approving import LONGEST_REASON
from schoolgate.publishing.taking_down import LONGEST_WORDS
from schoolgate.web.frame.forms import DayField, SchoolForm, at
from schoolgate.web.posts.wording import REASONS


def sent(request: HttpRequest) -> QueryDict | None:
    """Return the data of a POST, even where nothing was filled in; None for a GET."""
    return request.POST if request.method == "POST" else None


class SendBackForm(SchoolForm):
    """Why a post goes back."""

    reason = forms.CharField(
        label=_("What needs to change?"),
        help_text=_("The author will see this. Don’t name pupils."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
    )


class TakeDownForm(SchoolForm):
    """Why a post must go: a short code, because the history keeps it for good, and the person's own words if
    wanted.

    The page draws the reasons as buttons: one touch chooses and sends.
    """

    policy_help = {
        "reason": (at("posting.withdraw", "told_to_take_down"), at("post.upkeep", "good_name", "up_to_date"))
    }

    reason = forms.ChoiceField(
        label=_("Why are you taking it down?"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you’re taking the post down.")},
    )
    words = forms.CharField(
        label=_("More details"),
        help_text=_("Optional. Don’t name pupils."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ConsentListForm(SchoolForm):
    """A person's word that the consent list was checked."""

    policy_help = {
        "list_dated": (at("post.publish", "do_not_publish"),),
        "everybody_may": (at("post.publish", "image_permission", "photo_consent", "opt_out"),),
    }

    list_dated = DayField(
        label=_("Date of the consent list"), help_text=_("The date on the list you checked")
    )
    everybody_may = forms.ChoiceField(
        label=_("May everyone in the pictures be shown there?"),
        help_text=_("If nothing is written next to a name, count it as a no."),
        choices=[("yes", _("Yes, everyone")), ("no", _("No, or not everyone"))],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, channels: Sequence[tuple[str, str]], on_paper: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not on_paper:  # the list of today is here
            del self.fields["list_dated"]
        self.fields = {
            "channels": forms.MultipleChoiceField(
                label=_("Which networks did you check it for?"),
                choices=list(channels),
                initial=[key for key, _name in channels] if len(channels) == 1 else [],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one network")},
            ),
            **self.fields,
        }


class StopForm(SchoolForm):
    """What to stop, why, and until when. Everything is prefilled, so that one touch is enough."""

    school = forms.ModelChoiceField(
        School.objects.none(), label=_("What do you want to stop?"), required=False
    )
    why = forms.ChoiceField(
        label=_("Why?"), choices=list(STOP_REASONS.items()), widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=_("Or in your own words"),
        help_text=_("A short reason, for staff who wonder why nothing is going out. Don’t name anyone."),
        max_length=300,
        required=False,
    )
    until_day = DayField(
        label=_("Until the end of"),
        help_text=_("Leave blank to stop posting until someone lifts the stop."),
        required=False,
    )

    def __init__(self, *args: Any, schools: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
        field.required = not whole
        field.empty_label = _("The whole federation") if whole else _("Choose")
        if not whole and len(schools) == 1:
            field.empty_label, field.initial = None, schools[0]
        if not self.is_bound:
            self.initial.setdefault("why", next(iter(STOP_REASONS)))

    def clean(self) -> dict[str, Any]:
        """Prefer the person's own words to the chosen reason; without either, add an error to the words."""
        typed = super().clean() or {}
        said = str(typed.get("reason", "")).strip() or str(typed.get("why", ""))
        if not said and "reason" not in self.errors:
            self.add_error("reason", str(_("Say briefly why posting is stopped.")))
        typed["reason"] = said
        return typed
