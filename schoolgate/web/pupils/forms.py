"""The forms of pupils and consents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.reasons import LONGEST as LONGEST_REASON
from schoolgate.pupils.answering import LONGEST_NAME, LONGEST_WHY
from schoolgate.pupils.consents import channels_here
from schoolgate.pupils.grouping import LONGEST_NAME as LONGEST_GROUP
from schoolgate.pupils.keeping_off import LONGEST
from schoolgate.pupils.models import ANSWERING, ENTERED, Answer, PupilGroup, Use
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.forms import DayField, SchoolForm, radios

SAYS = {
    Answer.GIVEN: _("Yes"),
    Answer.REFUSED: _("No"),
    Answer.NOT_ASKED: _("Withdraws the answer"),
}


class AnswerForm(SchoolForm):
    """An answer that reached the school."""

    uses = forms.MultipleChoiceField(
        label=_("What is it about?"), choices=Use.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = radios(_("What is the answer?"), list(SAYS.items()))
    giver = radios(_("Who answered?"), list(ANSWERING.items()))
    who = forms.CharField(
        label=_("Parent’s name"),
        help_text=_("This tells two parents’ answers apart."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form = radios(_("How?"), list(ENTERED.items()))
    until = DayField(label=_("Last day of a yes"), help_text=_("Leave empty if it has none."), required=False)
    scan = forms.FileField(
        label=_("Copy of the paper"), help_text=_("PDF or picture (optional)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = [("", _("All official accounts")), *((key, network_name(key)) for key in channels_here())]
        self.fields["channel"] = forms.ChoiceField(label=_("Where?"), choices=where, required=False)


class SettleForm(SchoolForm):
    """Which of two answers holds, once those who gave them were asked."""

    uses = forms.MultipleChoiceField(
        label=_("What is it about?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = radios(
        _("Which answer counts?"),
        [(Answer.REFUSED, _("The refusal counts")), (Answer.GIVEN, _("The consent counts"))],
    )
    form = radios(_("How did you find out?"), list(ENTERED.items()))
    why = forms.CharField(
        label=_("What did you find out?"),
        help_text=_("For example: both parents came in, and agree."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, disputed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["uses"]
        field.choices = [each for each in Use.choices if each[0] in disputed]
        self.initial["uses"] = list(disputed)


class GroupForm(SchoolForm):
    """The pupils ticked as a group: a new one, or one more of theirs. Ticks and name are checked together."""

    to = forms.ChoiceField(label=_("Add the ticked pupils to"), required=False)
    name = forms.CharField(
        label=_("Name of the group"), required=False, max_length=LONGEST_GROUP,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, groups: Sequence[PupilGroup], group: PupilGroup | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if group is not None or not groups:
            del self.fields["to"]
            self.initial["name"] = group.name if group is not None else ""
        else:
            field: Any = self.fields["to"]
            field.choices = [("", _("A new group")), *((str(each.pk), each.name) for each in groups)]


class KeepOffForm(SchoolForm):
    """Why a pupil is on the do-not-publish list."""

    why = forms.CharField(
        label=_("Reason"),
        help_text=_("Encrypted. Only the safeguarding lead and deputies read it. You needn’t give one."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "data-secret": ""}),
    )


class ReasonForm(SchoolForm):
    """A safeguarding lead's reason."""

    why = forms.CharField(
        label=_("Reason"),
        help_text=_("A few words. Encrypted: only safeguarding leads read it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "data-secret": ""}),
    )


class HoursForm(SchoolForm):
    """Within how many hours posts are taken down once consent is withdrawn."""

    hours = forms.IntegerField(label=_("Hours"), help_text=_("From 1 to 168."), min_value=1, max_value=168)


class LeaversForm(SchoolForm):
    """For how many years the names of pupils who left are looked for."""

    years = forms.IntegerField(label=_("Years"), help_text=_("From 1 to 14."), min_value=1, max_value=14)


class OwnYesForm(SchoolForm):
    """From which age the pupil's own yes is needed."""

    age = forms.IntegerField(
        label=_("Age"),
        help_text=_("From 5 to 18. Leave empty if parents’ answers are enough until 18."),
        min_value=5,
        max_value=18,
        required=False,
    )
