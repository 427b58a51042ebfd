"""The forms of "Something is wrong" and of a concern: two sentences; everything else may be left out. Those
of a concern about a person who works or helps here: who to ring first, who manages the case, what must wait,
and what the local authority said. And the kind words with which the reporter is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schoolgate.core.clock import LONDON
from schoolgate.core.models import School
from schoolgate.incidents.allegations import (
    LOCAL_AUTHORITY,
    awaits_authority,
    case_manager,
    last_word,
    means_staff,
    words_for,
)
from schoolgate.incidents.casework import LONGEST_NAME, LONGEST_REFERENCE, LONGEST_TELEPHONE
from schoolgate.incidents.keeping import LONGEST_WORDS
from schoolgate.incidents.meant import accused_in, is_lead
from schoolgate.incidents.models import BODIES, Danger, KindWord, Report, StepKind
from schoolgate.incidents.passing_on import LONGEST_NUMBER, LONGEST_SYSTEM
from schoolgate.incidents.queries import people_who_may_be_hurt, people_who_may_be_meant
from schoolgate.incidents.report_facts import IT_IS, Question, lines
from schoolgate.incidents.reporting import LONGEST_CONTACT, LONGEST_PLACE
from schoolgate.people.models import Person
from schoolgate.rulebook.adviser.leaves import Ask
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import DayField, SchoolForm, TimeField, at
from schoolgate.web.frame.ring_first import advice
from schoolgate.web.incidents.fact_fields import choice


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


SHOWS_IT = [("yes", pgettext_lazy("it shows it", "Yes")), ("no", pgettext_lazy("it does not show it", "No"))]
SAFE = [
    (Danger.NO, _("Yes, I’m safe")),
    (Danger.YES, _("No, I or someone else may be in danger")),
    (Danger.UNKNOWN, Danger.UNKNOWN.label),
]
"""How a visitor says whether someone is in danger."""
NOON = time_of_day(12)
"""Stands for the time of a day that is known without it."""


class WrongForm(SchoolForm):
    """What happened, and whether someone is in danger; a visitor, who may be a child, is asked whether they
    are safe. Nothing else comes first."""

    policy_help = {
        "what": (
            at(
                "incident.report",
                "way_to_report", "mistake_reported", "staff_may_report", "safeguarding_officer_told",
                "authorities_told", "senior_told", "line_manager_told", "time_to_report",
                "abuse_by_colleague",
            ),
        )
    }  # fmt: skip

    what = forms.CharField(
        label=_("What happened?"),
        help_text=_("One or two sentences are enough."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a sentence what happened")},
    )
    danger = forms.ChoiceField(
        label=_("Is anyone in danger now?"),
        choices=[
            (Danger.YES, Danger.YES.label),
            (Danger.NO, Danger.NO.label),
            (Danger.UNKNOWN, Danger.UNKNOWN.label),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, inside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not inside:  # the policy tells its own people how to report; a child or a parent just says it
            self.policy_help = {}
            asked: Any = self.fields["danger"]
            asked.label, asked.choices = _("Are you safe now?"), SAFE


class MoreForm(SchoolForm):
    """What kind of concern it is, and which school."""

    kinds = forms.MultipleChoiceField(
        label=_("What kind of concern is it?"),
        help_text=_("Tick all that apply. Optional."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("Which school is it about?"),
        required=False,
        empty_label=_("I’m not sure"),
    )

    def __init__(self, *args: Any, inside: bool, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kinds"].choices = lines(inside=inside)
        fields["school"].queryset = schools
        if len(schools) < 2:
            del self.fields["school"]


class PictureForm(SchoolForm):
    """A picture of what was seen, after the question whether it may be copied at all."""

    shows = forms.ChoiceField(
        label=_("Does it show a sexual image of someone under 18, or could it?"),
        help_text=_("If you’re not sure, choose Yes. We don’t keep the picture then, and say who to ring."),
        choices=SHOWS_IT,
        required=False,
        widget=forms.RadioSelect,
    )
    picture = forms.FileField(
        label=_("A picture of what you saw"),
        help_text=_("JPEG, HEIC, PNG, WebP or AVIF. Encrypted. Only the people who are told can see it."),
        required=False,
    )

    def refuse_unanswered(self) -> None:
        """Ask for the answer where a picture was sent without it; the picture was not looked at."""
        self.add_error("shows", str(_("Answer this, then choose the picture again.")))


class QuestionForm(SchoolForm):
    """One question that the policy in force gives a reason to ask. It may be left out."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields[question.fact] = self._field(question)

    @property
    def said(self) -> Any:
        """The answer, of a form that is valid."""
        return self.cleaned_data[self.question.fact]

    @staticmethod
    def _field(one: Question) -> forms.Field:
        if one.ask is Ask.DAY:
            return DayField(
                label=one.words.label, help_text=_("A rough date is fine. Optional."), required=False
            )
        if one.ask is Ask.SOME_OF:
            return forms.MultipleChoiceField(
                label=one.words.label, help_text=_("Tick all that apply. Optional."), choices=one.choices,
                required=False, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        return forms.ChoiceField(
            label=one.words.label, choices=[*one.choices, ("", _("I don’t know"))], required=False,
            widget=forms.RadioSelect,
        )  # fmt: skip


class AddForm(SchoolForm):
    """What a reporter adds later."""

    words = forms.CharField(
        label=_("What do you want to add?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactForm(SchoolForm):
    """How to reach a visitor."""

    contact = forms.CharField(
        label=_("How can we contact you?"),
        help_text=_("Phone number or email address. Optional."),
        max_length=LONGEST_CONTACT,
        required=False,
    )


class NameForm(SchoolForm):
    """Whether a signed-in person leaves out their name."""

    named = forms.ChoiceField(
        label=_("Can the people who are told see your name?"),
        choices=[
            ("yes", _("Yes. They can ask me.")),
            ("no", _("No. Give me a code so I can check on progress.")),
        ],
        initial="yes",
        required=False,
        widget=forms.RadioSelect,
    )


class CodeForm(SchoolForm):
    """The code that a reporter without a name was given."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Ten letters and numbers, as you wrote them down."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class FoldedForm(SchoolForm):
    """One of several forms of a page: its fields have ids of their own, so that each label is its field's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class NoteForm(FoldedForm):
    """What a person found out or did."""

    policy_help = {
        "words": (
            at(
                "incident.assess",
                "first_assessment", "gravity", "taken_up", "safeguarding_mark", "confidential_contained",
                "reputation_contained", "policy_kept_with_case",
            ),
        )
    }  # fmt: skip

    words = forms.CharField(
        label=_("What did you find out or do?"),
        help_text=_("It is encrypted and saved with your name and the time."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOnForm(FoldedForm):
    """Who gets the report next, and what they should know."""

    policy_help = {"to": (at("incident.assess", "colleagues_brought_in", "outside_bodies_brought_in"),)}

    to = forms.ChoiceField(label=_("Pass to"))
    words = forms.CharField(
        label=_("What should they know?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [("", _("Choose a person")), *people]


class OwnBodyForm(SchoolForm):
    """Which authority a reporter told."""

    body = forms.ChoiceField(label=_("Who was told?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bodies(self)


def _bodies(form: forms.Form) -> None:
    field: Any = form.fields["body"]
    field.choices = [
        ("", _("Choose")),
        *((one, choice("incident.conclude", "agencies.body", one)) for one in BODIES),
    ]


def said_at(given: Mapping[str, Any], now: datetime, name: str) -> dict[str, Any]:
    """Return what was typed, with the instant of its date and time as `name`; now where they were left
    empty."""
    typed = dict(given)
    on, time = typed.pop("on"), typed.pop("time")
    at_noon = datetime.combine(on, time or NOON, LONDON) if on else now
    return {**typed, name: min(at_noon, now) if on and not time else at_noon}


class BodyForm(FoldedForm):
    """Which outside body was told what, and when."""

    policy_help = {
        "body": (
            at("incident.report", "authorities_told"),
            at("incident.conclude", "police", "outside_bodies"),
            at("incident.assess", "outside_bodies_brought_in"),
        )
    }

    body = forms.ChoiceField(label=_("Who was told?"))
    on = DayField(label=_("Date"), required=False, help_text=_("Leave the date and time empty for now."))
    time = TimeField(label=_("Time"), required=False)
    reference = forms.CharField(label=_("Reference number"), max_length=LONGEST_REFERENCE, required=False)
    words = forms.CharField(
        label=_("What did you tell them?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _bodies(self)

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its date."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("time") and not typed.get("on"):
            self.add_error("on", _("Enter the date"))
        return typed

    def told(self, now: datetime) -> dict[str, Any]:
        """Return what was typed, with the instant at which the body was told."""
        return said_at(self.cleaned_data, now, "told_at")


class PassedForm(FoldedForm):
    """In which system of the safeguarding lead a concern is, and under which reference."""

    system = forms.CharField(
        label=_("Name of the system"), help_text=_("Such as CPOMS or MyConcern."), max_length=LONGEST_SYSTEM
    )
    reference = forms.CharField(label=_("Reference there"), max_length=LONGEST_NUMBER)


class CloseForm(FoldedForm):
    """Whether it is closed or is not ours, and the outcome."""

    policy_help = {
        "to": (at("incident.conclude", "in_house", "full_investigation", "fitting_action", "escalation"),)
    }

    to = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("closed", _("Close it")), ("not_for_us", _("We can’t deal with this"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Outcome in a few sentences, or why we aren’t dealing with it"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    second = forms.ChoiceField(
        label=_("Second person"),
        help_text=_(
            "Two people close a serious concern: someone was in danger, a child was harmed, the law was "
            "broken, someone is dismissed, or it may be about someone who works here. This is Schoolgate’s "
            "own rule."
        ),
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["second"]
        field.choices = [("", _("Choose a person")), *people]


class ReasonForm(FoldedForm):
    """A reason in a few words."""

    words = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WhoForm(SchoolForm):
    """Who it is about, asked once more where no one was found."""

    words = forms.CharField(
        label=_("Who is it about?"),
        help_text=_("A name, or what they do, such as the headteacher."),
        max_length=LONGEST_CONTACT,
    )


class KeepOutForm(FoldedForm):
    """Who a concern is found to be about, among the people who could see it and, where it doesn't say who is
    meant, the `others` who work here."""

    people = forms.MultipleChoiceField(
        label=_("Who is it about?"),
        help_text=_("They’ll no longer see it, and won’t be told."),
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.ChoiceField(label=_("Or someone else here"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields["people"]
        named.choices = list(people)
        listed = {key for key, _name in people}
        left = [one for one in others if one[0] not in listed]
        if left:
            other: Any = self.fields["other"]
            other.choices = [("", _("Choose a person")), *left]
            named.required = False
        else:
            del self.fields["other"]
        if not people:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        """Return who was chosen, from both, as `people`."""
        typed = super().clean() or {}
        chosen = [*typed.get("people", []), *filter(None, [typed.get("other")])]
        if not chosen and not self.errors:
            raise forms.ValidationError(_("Choose who it’s about, or say below that it’s about no one here."))
        return {**typed, "people": chosen}


def may_be_hurt(report: Report, *, by: Person, on: date) -> list[tuple[str, str]]:
    """Return the people who may be said to have been hurt or threatened: id and name."""
    return [(str(one.pk), one.name) for one in people_who_may_be_hurt(report, by=by, on=on)]


def may_be_meant(report: Report, *, by: Person, on: date) -> list[tuple[str, str]]:
    """Return the people who a lead may say a concern is about that doesn't say who: id and name."""
    people = people_who_may_be_meant(by=by, on=on) if report.about_unknown and is_lead(by, on) else []
    return [(str(one.pk), one.name) for one in people]


def only_harmed(report: Report) -> list[tuple[str, str]]:
    """Return who was hurt or threatened, and nothing else: id and name."""
    rows = report.kept_out.filter(harmed=True).exclude(person=None).values("person")
    people = Person.objects.filter(pk__in=rows).exclude(pk__in=accused_in(report)).order_by("name", "pk")
    return [(str(pk), name) for pk, name in people.values_list("pk", "name")]


class HarmedForm(FoldedForm):
    """Who was hurt or threatened, and how it is known."""

    person = forms.ChoiceField(
        label=_("Who was hurt or threatened?"), help_text=_("People this may be about aren’t listed.")
    )
    words = forms.CharField(
        label=_("How do you know?"),
        help_text=_("Saved with your name. They’re told who helps them, and nothing about the concern."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose a person")), *people]


class MayKnowForm(FoldedForm):
    """That a concern isn't about a person whose name was found in its words, and how it is known."""

    person = forms.ChoiceField(label=_("Who isn’t it about?"))
    words = forms.CharField(
        label=_("How do you know?"),
        help_text=_("Saved with your name. They can then be told, and read it."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Choose a person")), *people]


class WordForm(FoldedForm):
    """What the local authority said, when, and what was agreed."""

    word = forms.ChoiceField(label=_("What did they say?"), widget=forms.RadioSelect)
    on = DayField(label=_("Date"), required=False, help_text=_("Leave the date and time empty for now."))
    time = TimeField(label=_("Time"), required=False)
    reference = forms.CharField(
        label=_("Authority’s reference number"), max_length=LONGEST_REFERENCE, required=False
    )
    words = forms.CharField(
        label=_("What was said and agreed? Who said it?"),
        help_text=_("Include who may be told now, and who tells them."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, school: School | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["word"]
        field.choices = [(one.value, one.label) for one in words_for(school)]

    def said(self, now: datetime) -> dict[str, Any]:
        """Return what was typed, with the instant at which it was said."""
        return said_at(self.cleaned_data, now, "said_at")


class KindForm(FoldedForm):
    """Which of Schoolgate's own kind words the reporter reads."""

    word = forms.ChoiceField(label=_("What should they read?"), choices=KindWord, widget=forms.RadioSelect)


class AuthorityForm(SchoolForm):
    """Whom to ring at the local authority."""

    school = forms.ChoiceField(label=_("School"), required=False)
    name = forms.CharField(
        label=_("What the office is called"),
        help_text=_("Such as: Safeguarding team, North Yorkshire Council."),
        max_length=LONGEST_NAME,
    )
    telephone = forms.CharField(label=_("Phone number"), max_length=LONGEST_TELEPHONE)
    out_of_hours = forms.CharField(
        label=_("Phone number at night and at weekends"),
        help_text=_("The council’s emergency duty team."),
        max_length=LONGEST_TELEPHONE,
        required=False,
    )

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.choices = [("", _("All schools")), *((str(one.pk), one.name) for one in schools)]


def allegation_of(report: Report, visit: Visit) -> dict[str, Any]:
    """Return what the page says about a concern that may be about a person here; nothing for another."""
    if not means_staff(report):
        return {}
    manager, word = case_manager(report, on=visit.on), last_word(report)
    told = report.steps.filter(kind=StepKind.BODY_TOLD, body=LOCAL_AUTHORITY).order_by("at", "id").first()
    return {
        "allegation": {
            **advice(report.school, visit),
            "manager": [one.name for one in manager.people], "chair": manager.chair,
            "told_at": told.at if told else None, "word": word.label if word else "",
            "waits": awaits_authority(report),
        }
    }  # fmt: skip


def answers_read(report: Report) -> list[dict[str, Any]]:
    """Return the kind words with which a reporter was answered, oldest first."""
    rows = report.steps.filter(kind=StepKind.ANSWERED).order_by("id").values_list("body", "at")
    return [{"words": KindWord(body).label, "at": at} for body, at in rows if body in KindWord.values]
