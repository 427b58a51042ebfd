"""Forms of the people pages: they gather what is typed; the actions judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation, School
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, others_here, schools
from schoolgate.people.states import Relation
from schoolgate.web.frame.forms import DayField, SchoolForm

LANGUAGES = {"en": "English", "cy": "Cymraeg"}
"""Each language named in itself."""


def languages_of(federation: Federation) -> list[tuple[str, str]]:
    """The federation's languages as choices."""
    return [(code, LANGUAGES.get(code, code)) for code in federation.languages]


class AddPersonForm(SchoolForm):
    """Who comes."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email address"), help_text=_("We’ll send the invitation here."))
    relation = forms.ChoiceField(label=_("Relationship to the federation"), choices=Relation.choices)
    language = forms.ChoiceField(label=_("Language for pages and emails"))

    def __init__(self, *args: Any, federation: Federation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_of(federation)  # type: ignore[attr-defined]


class GiveRoleForm(SchoolForm):
    """Which of the policy's roles, where it applies, from when to when, and the person they act for."""

    role_key = forms.ChoiceField(label=_("Policy role"))
    school: forms.ModelChoiceField[School] = forms.ModelChoiceField(
        None, label=_("School"), required=False, empty_label=_("The whole federation")
    )
    managed: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None,
        label=_("Only as line manager of"),
        required=False,
        empty_label=_("Not as a line manager"),
    )
    from_day = DayField(label=_("From"), help_text=_("First day of the role"))
    to_day = DayField(
        label=_("Until"), help_text=_("Last day. Leave empty if there isn’t one."), required=False
    )
    acting_for: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None,
        label=_("Acting for"),
        required=False,
        empty_label=_("No one (their own role)"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = book_for(person).roles
        choices = [("", _("Choose")), *((role.key, role.name) for role in roles)]
        self.fields["role_key"].choices = choices  # type: ignore[attr-defined]
        self.fields["school"].queryset = schools()  # type: ignore[attr-defined]
        for name in ("managed", "acting_for"):
            self.fields[name].queryset = others_here(person)  # type: ignore[attr-defined]
