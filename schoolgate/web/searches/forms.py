"""The forms of checks and candidate searches. None of them takes the address of an account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.core.sealed_words import LONGEST
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.policy.choices import LONGEST_DAYS
from schoolgate.searches import queries
from schoolgate.searches.models import Act, CopyUse, Done, PolicyOf, Purpose, Target, Told
from schoolgate.searches.recruiting import MOST_CANDIDATES
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import YES_NO, DayField, SchoolForm, radios


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "data-secret": ""}),
    )  # fmt: skip


def _choice(label: Any, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    empty = [("", _("Choose"))]
    return forms.ChoiceField(label=label, choices=[*empty, *choices], required=required)


def _person(label: Any, help_text: Any = "", *, required: bool = True, empty: Any = None) -> Any:
    return forms.ModelChoiceField(
        Person.objects.none(),
        label=label,
        help_text=help_text,
        required=required,
        empty_label=empty or _("Choose"),
    )


class CheckForm(SchoolForm):
    """What is to be checked, why, who makes the check, and for which days."""

    policy_help = {
        "about": (at("systems.monitor", "monitoring_notice"),),
        "act": (at("systems.monitor", "monitoring", "interception", "keystrokes", "network_watching"),),
        "own_account": (at("personal.watch", "private_life"),),
        "purpose": (at("systems.monitor", "monitoring_purpose"),),
        "range_from": (at("systems.monitor", "monitoring_range"),),
        "policy_named": (at("systems.monitor", "monitoring_policy"),),
    }

    about = _person(_("Whose use?"), required=False, empty=_("Everyone’s"))
    target = _choice(_("What will be checked?"), Target.choices)
    act = _choice(_("What will you do with it?"), Act.choices)
    what = _words(_("Describe it"), _("Encrypted. Only people involved in this check can read it."))
    on_systems = radios(_("Was it done on the school’s systems?"), YES_NO)
    own_account = radios(_("Does it look at what a person did on their own account?"), YES_NO)
    names_school = radios(_("If so, does it name the school?"), YES_NO)
    affects_school = radios(_("If so, does it affect the school?"), YES_NO)
    done = _choice(_("When was it done?"), Done.choices)
    range_from = DayField(label=_("First day checked"))
    range_to = DayField(label=_("Last day checked"))
    purpose = _choice(_("Purpose"), Purpose.choices)
    why = _words(
        _("Case, rule or need"), _("Encrypted. Give the case or rule, or the need of the school’s work.")
    )
    report = forms.ModelChoiceField(
        Report.objects.none(), label=_("Concern it belongs to"), required=False, empty_label=_("None")
    )
    case_from = DayField(label=_("First day of the case"), required=False)
    case_to = DayField(label=_("Last day of the case"), required=False)
    policy_named = forms.CharField(
        label=_("Policy it’s based on"),
        help_text=_("For example: IT acceptable use policy."),
        max_length=120,
        required=False,
    )
    policy_of = _choice(_("Whose policy is that?"), PolicyOf.choices, required=False)
    doer = _person(_("Who will do the check?"))
    make_by = DayField(label=_("Check due by"))
    second = _person(
        _("Who should agree?"), _("Needed if the policy asks for a second person."), required=False
    )
    assessed_on = DayField(
        label=_("Date of the impact assessment"), help_text=_("For monitoring the network."), required=False
    )
    assessed_by = _person(_("Who assessed the impact?"), required=False)

    def __init__(self, *args: Any, person: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("on_systems", "own_account"):
            fields[name].required = True
            fields[name].error_messages["required"] = _("Choose yes or no")
        everyone = queries.people_with_roles(on=on)
        fields["about"].queryset = queries.staff(on=on).exclude(pk=person.pk)
        fields["report"].queryset = queries.open_reports(person, on=on)
        fields["report"].label_from_instance = lambda row: row.reference
        for name in ("doer", "assessed_by"):
            fields[name].queryset = everyone
        fields["second"].queryset = everyone.exclude(pk=person.pk)

    def clean(self) -> dict[str, Any]:
        """Turn the radios into yes, no or not said."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("on_systems", "own_account", "names_school", "affects_school"):
            said = typed.get(name)
            typed[name] = None if not said else said == "yes"
        return typed


class ResultForm(SchoolForm):
    """What a check showed."""

    result = _words(_("What did you see?"), _("Only what the check is for. Leave out anything private."))


class CopyForm(SchoolForm):
    """The text of a copy."""

    content = _words(_("Text of the copy"), _("Encrypted. Destroyed on its due date."), rows=5)


class UseForm(SchoolForm):
    """Print a copy or pass it on."""

    policy_help = {"recipient": (at("systems.monitor", "passing_on"),)}

    how = _choice(
        _("What will you do?"), [(CopyUse.PRINT, _("Print it")), (CopyUse.DISCLOSE, _("Pass it on"))]
    )
    recipient = _words(_("Recipient"), required=False, rows=1)
    reason = _words(_("Reason"), required=False, rows=2)
    legal_basis = _words(_("Legal basis"), required=False, rows=1)


class DaysForm(SchoolForm):
    """How many days something is stored, as the federation chooses."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=LONGEST_DAYS)


class VacancyForm(SchoolForm):
    """A job, its shortlist, the panel and the searcher."""

    policy_help = {
        "names": (at("recruitment.search", "candidate_search"),),
    }

    title = forms.CharField(label=_("Job"), max_length=120)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("All schools")
    )
    shortlisted_on = DayField(label=_("Shortlisted on"))
    on_shortlist = forms.IntegerField(
        label=_("People on the shortlist"), min_value=1, max_value=MOST_CANDIDATES
    )
    names = _words(
        _("Candidates to search for"), _("One on each line. Enter every candidate. Encrypted."), rows=4
    )
    terms = forms.CharField(
        label=_("Search terms for all"),
        help_text=_("Public pages only, the same for each candidate."),
        max_length=300,
    )
    panel = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Panel"), widget=forms.CheckboxSelectMultiple
    )
    searcher = _person(_("Who searches?"), _("Someone who isn’t on the panel."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["school"].queryset = School.objects.order_by("name")
        fields["panel"].queryset = queries.people_with_roles(on=on)
        fields["searcher"].queryset = queries.people_with_roles(on=on)


class ToldForm(SchoolForm):
    """When and how candidates were told."""

    told_on = DayField(label=_("Candidates told on"))
    told_how = _choice(_("How were they told?"), Told.choices)


class FoundForm(SchoolForm):
    """What a search for one candidate showed."""

    same_terms = radios(_("Did you use the agreed terms?"), YES_NO)
    found = _words(
        _("What is relevant to the job?"),
        _("Leave empty if nothing is relevant. Nothing else is stored."),
        required=False,
    )
    relevant = _words(_("Why is it relevant?"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["same_terms"].required = True
        self.fields["same_terms"].error_messages["required"] = _("Choose yes or no")


class AnswerForm(SchoolForm):
    """What a candidate says about what was found."""

    answer = _words(_("Candidate’s answer"))


class DecidedForm(SchoolForm):
    """Who was appointed, and when that was decided."""

    decided_on = DayField(label=_("Decided on"))
    appointed = forms.MultipleChoiceField(
        label=_("Who was appointed?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty if no one was appointed."),
    )  # fmt: skip

    def __init__(self, *args: Any, candidates: list[queries.Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["appointed"].choices = [(str(one.row.number), one.name) for one in candidates]
