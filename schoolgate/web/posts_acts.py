"""The small forms of a post's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.publishing.actions.approving import LONGEST_REASON
from schoolgate.web.forms import DayField, SchoolForm
from schoolgate.web.posts_words import REASONS


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a POST, even where nothing was filled in; None on a mere look."""
    return request.POST if request.method == "POST" else None


class SendBackForm(SchoolForm):
    """Why a post goes back."""

    reason = forms.CharField(
        label=_("What has to change?"),
        help_text=_("The author reads it. Do not name pupils."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
    )


class TakeDownForm(SchoolForm):
    """Why a post has to go; a short code, because it stands in the record for good."""

    reason = forms.ChoiceField(
        label=_("Why has it to go?"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )


class ConsentListForm(SchoolForm):
    """A person's word that the consent list was checked."""

    list_dated = DayField(
        label=_("Date of the consent list"), help_text=_("The date that stands on the list you looked at.")
    )
    everybody_may = forms.ChoiceField(
        label=_("May everybody who can be seen be shown there?"),
        help_text=_("Nothing written beside a name is a no."),
        choices=[("yes", _("Yes, everybody")), ("no", _("No, or not everybody"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, channels: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "channels": forms.MultipleChoiceField(
                label=_("For which network did you check it?"),
                choices=list(channels),
                initial=[key for key, _name in channels] if len(channels) == 1 else [],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one network")},
            ),
            **self.fields,
        }


class DoneByHandForm(SchoolForm):
    """Where the post stands now."""

    address = forms.CharField(
        label=_("Address of the post"),
        help_text=_("Open the post on the network, copy its address from your browser and paste it here."),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class LookForm(SchoolForm):
    """What somebody saw on the network."""

    there = forms.ChoiceField(
        label=_("Is it there?"),
        choices=[("yes", _("Yes, it is there")), ("no", _("No, it is not there"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, asks_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_address:
            self.fields["address"] = forms.CharField(
                label=_("Address of the post, if it is there"),
                help_text=_(
                    "Open the post on the network, copy its address from your browser and paste it here."
                ),
                max_length=2000,
                required=False,
            )


class StopForm(SchoolForm):
    """What is stopped, why, and until when."""

    school = forms.ModelChoiceField(
        School.objects.none(), label=_("What do you want to stop?"), required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("In a few words, for those who wonder why nothing goes out. Name nobody."),
        max_length=300,
    )
    until_day = DayField(
        label=_("Until the end of"), help_text=_("Leave it empty: until somebody lifts it."), required=False
    )

    def __init__(self, *args: Any, schools: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
        field.required = not whole
        field.empty_label = _("The whole federation") if whole else _("Choose")
