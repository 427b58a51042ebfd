"""The small forms of planning: move a post, repeat it, and add a good time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput
from schoolgate.publishing.planning import clock_of
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField

EVERY = [("week", _("Every week")), ("month", _("Every month"))]


class MoveForm(SchoolForm):
    """Which post goes to which day. Without a time it keeps its own."""

    post = forms.ChoiceField(label=_("Post"))
    day = DayField(label=_("Move to"), required=False)
    time = TimeField(
        label=_("Time"), help_text=_("UK time. Leave blank to keep the post’s time."), required=False
    )

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("Choose")), *posts]  # type: ignore[attr-defined]

    def instant_for(self, planned_at: datetime | None) -> datetime:
        """Return the instant that was asked for; raise BadInput where something is missing, or the clocks
        skip that hour."""
        day, clock = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if not isinstance(day, date):
            raise BadInput({"day": _("Enter a date")})
        if clock is None and planned_at is not None:
            clock = clock_of(planned_at)
        if not isinstance(clock, time):
            raise BadInput({"time": _("This post has no time yet. Enter one.")})
        found = datetime.combine(day, clock, LONDON).astimezone(UTC)
        if found.astimezone(LONDON).time() != clock:
            raise BadInput(
                {"time": _("The clocks go forward then, so this time doesn’t exist. Choose an hour later.")}
            )
        return found


class SlotForm(SchoolForm):
    """A good time to post on an account."""

    account = forms.ChoiceField(label=_("Account"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    clock = TimeField(label=_("Time"), help_text=_("UK time"))

    def __init__(self, *args: Any, accounts: Sequence[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(each.pk), each.name) for each in accounts]  # type: ignore[attr-defined]


class RepeatForm(SchoolForm):
    """How often a post is repeated, and until when."""

    every = forms.ChoiceField(label=_("How often?"), choices=EVERY, initial="week", widget=forms.RadioSelect)
    until = DayField(label=_("Until"), help_text=_("The last day included. At most 60 drafts."))
