"""The form that asks whether a concern is about one of us, and whether one of us was hurt or threatened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.incidents.actions.reporting import LONGEST_CONTACT, LONGEST_PLACE
from schoolgate.incidents.questions import IT_IS
from schoolgate.web.frame.forms import SchoolForm


class AboutForm(SchoolForm):
    """Where it was, and whether it is about one of us: asked in the open, after what happened."""

    where = forms.CharField(
        label=_("Where did it happen, or where did you see it?"),
        help_text=_("For example: on the school’s page, in a chat, or a web address."),
        max_length=LONGEST_PLACE,
        required=False,
    )
    did = forms.ChoiceField(
        label=_("Is it about something one of us did?"),
        help_text=_("“Us” is anyone who works or helps at the school."),
        choices=[*IT_IS.items(), ("", _("I don’t know"))],
        required=False,
        widget=forms.RadioSelect,
    )
    about = forms.MultipleChoiceField(
        label=_("Is it about one of these people?"),
        help_text=_("We won’t tell them. We’ll tell someone else."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    about_who = forms.CharField(
        label=_("Is it about someone who works or helps at the school?"),
        help_text=_(
            "Say who, if you want: a name, or what they do, such as the headteacher. We won’t tell them."
        ),
        max_length=LONGEST_CONTACT,
        required=False,
    )
    hurt = forms.MultipleChoiceField(
        label=_("Was one of these people hurt or threatened?"),
        help_text=_("We won’t ask them to deal with this concern. A safeguarding lead can help them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hurt_who = forms.CharField(
        label=_("Was someone who works or helps at the school hurt or threatened?"),
        help_text=_("Say who, if you want: a name, or what they do, such as the caretaker."),
        max_length=LONGEST_CONTACT,
        required=False,
    )

    def __init__(self, *args: Any, about: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("about", "hurt"):
            names: Any = self.fields[name]
            names.choices = list(about)
        if about:
            self.fields["about_who"].label = _("Is it about someone else who works or helps here?")
            self.fields["hurt_who"].label = _("Was someone else here hurt or threatened?")
        else:
            del self.fields["about"], self.fields["hurt"]
