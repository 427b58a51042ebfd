"""The forms by which people are kept out of a concern, or may know of it after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.actions.reporting import LONGEST_CONTACT
from schoolgate.incidents.meant import accused_in
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import people_who_may_be_hurt, people_who_may_be_meant
from schoolgate.incidents.rules import is_lead
from schoolgate.people.models import Person
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.incidents.forms import FoldedForm


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
            raise forms.ValidationError(_("Choose who it’s about."))
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
