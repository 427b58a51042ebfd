"""Forms about what is wrong with a comment, and about steps with its author."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.inbox.actions.judging import NOTHING
from schoolgate.inbox.judged import ALSO, asked_also
from schoolgate.inbox.states import FAULTS, Relation, WriterStepKind
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.inbox.forms import YES_NO

SAYS = [("", _("Not known")), *YES_NO]


class JudgeForm(SchoolForm):
    """What is wrong with a comment, who wrote it, and whether someone reported it to us."""

    prefix = "judge"
    policy_help = {
        "because": (
            at("item.received", "removal_due", "report_due", "personal_details"),
            at("item.look", "taken_down_in_time", "stepped_in", "acted_on"),
        ),
        "named": (at("item.look", "writer_unnamed"),),
        "rude": (at("item.look", "rudeness"),),
        "abusive": (at("item.look", "abusive_conversation"),),
        "friend": (at("item.look", "taken_down_in_time"), at("comment.admit", "friends_let_through")),
        "relation": (
            at("parent.approach", "asked_to_take_down", "invited_to_talk"),
            at("incident.conclude", "behaviour_policy"),
        ),
    }

    because = forms.ChoiceField(
        label=_("What’s wrong with it?"),
        choices=[*((str(each), each.label) for each in FAULTS), (NOTHING, _("Nothing"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it, or that nothing is.")},
    )
    relation = forms.ChoiceField(
        label=_("Who wrote it?"),
        choices=[("", _("Not known")), *Relation.choices],
        required=False,
        widget=forms.Select,
    )
    house_rule = forms.CharField(label=_("House rule"), required=False, max_length=40)
    reported = forms.BooleanField(label=_("Someone reported it to us"), required=False)
    named = forms.ChoiceField(label=_("Does the author give a real name?"), choices=SAYS, required=False)
    rude = forms.ChoiceField(label=_("Is it rude?"), choices=SAYS, required=False)
    abusive = forms.ChoiceField(label=_("Has the conversation become abusive?"), choices=SAYS, required=False)
    friend = forms.ChoiceField(label=_("Is it from a friend of the site?"), choices=SAYS, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = asked_also()
        for name in ALSO:
            if name not in asked:
                del self.fields[name]

    @property
    def also(self) -> list[forms.BoundField]:
        """Return the questions that this policy asks besides."""
        return [self[name] for name in ALSO if name in self.fields]

    def judgement(self) -> dict[str, Any]:
        """Return what was said, as the action takes it."""
        typed = self.cleaned_data
        also = {name: typed[name] for name in ALSO if name in typed}
        return {**{name: value for name, value in typed.items() if name not in ALSO}, "also": also}


class WriterStepForm(SchoolForm):
    """A step with the author at the school: its day, and the answer."""

    on = DayField(label=_("On which day?"))
    words = forms.CharField(max_length=300, required=False)

    def __init__(self, what: WriterStepKind, data: Any = None, **given: Any) -> None:
        self.prefix = f"step-{what}"
        super().__init__(data, **given)
        self.what = what
        self.fields["words"].label = WORDS[what]


WORDS = {
    WriterStepKind.ASKED: _("What did they say?"),
    WriterStepKind.INVITED: _("What did they say?"),
    WriterStepKind.REFERRED: _("Which version of the procedure?"),
    WriterStepKind.BEHAVIOUR: _("Who was it passed to? Give their role, not a pupil’s name."),
}
