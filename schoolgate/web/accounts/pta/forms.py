"""Forms about requests to follow. They ask only for what the check needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import (
    Admission,
    AskedFor,
    AskerIs,
    AskerKind,
    Circle,
    Consent,
    GrownUp,
    HowLooked,
    SmallProposal,
)
from schoolgate.core.models import School
from schoolgate.web.frame.field_help import at
from schoolgate.web.frame.forms import REQUIRED, YES_NO, DayField, SchoolForm

ANSWERS = {"yes": True, "no": False}


class EnterForm(SchoolForm):
    """Who asks, for what, since when, and how the school knows them."""

    policy_help = {
        "approval": (
            at("friend.admit", "organisation_friend"),
            at("contributor.admit", "call_approved"),
        )
    }

    who = forms.CharField(
        label=_("Who is asking?"),
        help_text=_("Their name or username on the network. Nothing more."),
        max_length=120,
        required=False,
    )
    asked_for = forms.ChoiceField(
        label=_("What do they want to do?"), widget=forms.RadioSelect, required=False
    )
    kind = forms.ChoiceField(
        label=_("Is it a person or an organisation?"),
        choices=AskerKind.choices,
        widget=forms.RadioSelect,
        initial=AskerKind.PERSON,
    )
    relation = forms.ChoiceField(
        label=_("How are they connected with the school?"),
        help_text=_("People only. If you don’t know them, choose “Someone else”."),
        choices=[("", _("Choose")), *AskerIs.choices],
        required=False,
    )
    known_how = forms.CharField(
        label=_("How does the school know them?"),
        help_text=_("A few words, only what the check needs. You can delete them afterwards."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    asked_on = DayField(label=_("When did they ask?"), help_text=_("Leave blank for today"), required=False)

    def __init__(
        self,
        *args: Any,
        asks: Sequence[AskedFor],
        approvals: Iterable[SmallProposal],
        places: Sequence[School | None] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_for"].choices = [(one.value, one.label) for one in asks]  # type: ignore[attr-defined]
        if len(asks) == 1:
            del self.fields["asked_for"]
        self.only = asks[0]
        self.approvals = {str(one.pk): one for one in approvals}
        self.schools = {str(one.pk) if one else "": one for one in places}
        if self.approvals:
            self.fields["approval"] = forms.ChoiceField(
                label=_("Approval for this organisation"),
                choices=[("", _("None")), *((pk, one.name) for pk, one in self.approvals.items())],
                required=False,
            )
        if places:
            named = [(pk, one.name if one else _("The whole federation")) for pk, one in self.schools.items()]
            self.fields["school"] = forms.ChoiceField(
                label=_("Which school?"), choices=named, required=None not in places
            )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as `enter_admission` takes it."""
        typed = self.cleaned_data
        return {
            "who": typed["who"],
            "asked_for": AskedFor(typed.get("asked_for") or self.only),
            "kind": AskerKind(typed["kind"]),
            "relation": typed["relation"],
            "known_how": typed["known_how"],
            "asked_on": typed["asked_on"],
            "approval": self.approvals.get(typed.get("approval", "")),
            "school": self.schools.get(typed.get("school", "")),
        }


class LookForm(SchoolForm):
    """What a person found, at the points that this policy asks for."""

    policy_help = {
        "how": (
            at("friend.admit", "friend_checked", "friend_vetted", "grooming"),
            at("contributor.admit", "contributor_vetted", "contributor_consent"),
            at("policy.remind", "best_for_child"),
        )
    }

    how = forms.ChoiceField(
        label=_("How did you check?"), choices=HowLooked.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, wanted: Collection[str], admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "friend_checked" in wanted:
            self.fields["how_known"] = forms.CharField(
                label=_("How does the school know them?"), initial=admission.known_how, max_length=500,
                widget=forms.Textarea(attrs={"rows": 3}), required=False,
            )  # fmt: skip
            self.fields["real_person"] = _yes_no(_("Are they who they say they are?"))
            if admission.kind == AskerKind.PERSON:
                self.fields["grown_up"] = forms.ChoiceField(
                    label=_("An adult or a child?"), choices=GrownUp.choices, widget=forms.RadioSelect,
                    required=False,
                )  # fmt: skip
        if "recognisable" in wanted:
            self.fields["name_identifies"] = _yes_no(
                _("Could they be recognised from the name and picture that others see?")
            )
        if "contributor_consent" in wanted:
            self._ask_for_consent(admission)
        self.fields["passed"] = _yes_no(_("Should the request be approved?"))
        self.fields["passed"].required = True
        self.fields["passed"].error_messages["required"] = REQUIRED

    def _ask_for_consent(self, admission: Admission) -> None:
        """Ask who agreed, with what the account's own form says about obtaining it."""
        form = admission.account.proposal if admission.account else None
        plan = form.answers.get("consent_plan") if form else None
        left_out = {Consent.NOT_NEEDED} if admission.relation == AskerIs.PUPIL else set()
        self.fields["consent"] = forms.ChoiceField(
            label=_("Has a parent or another responsible adult agreed?"),
            help_text=format_lazy(_("How it will be moderated: {plan}"), plan=plan)
            if plan
            else _("For a child, and for an adult with learning disabilities."),
            choices=[one for one in Consent.choices if one[0] not in left_out],
            widget=forms.RadioSelect, required=False,
        )  # fmt: skip
        self.fields["consent_on"] = DayField(label=_("When did they agree?"), required=False)

    def given(self) -> dict[str, Any]:
        """Return what was found, as `look_into` takes it."""
        typed = self.cleaned_data
        return {
            "how": HowLooked(typed["how"]),
            "passed": typed["passed"] == "yes",
            "how_known": typed.get("how_known", ""),
            "real_person": ANSWERS.get(typed.get("real_person", "")),
            "grown_up": typed.get("grown_up", ""),
            "name_identifies": ANSWERS.get(typed.get("name_identifies", "")),
            "consent": typed.get("consent", ""),
            "consent_on": typed.get("consent_on"),
        }


class ReasonForm(SchoolForm):
    """Why a person gets no access, or no longer has it."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It’s saved for the people who look after this account and isn’t sent to anyone."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )


class CircleForm(SchoolForm):
    """Who is in an account or site, and who can message each other there."""

    with_pupils = forms.ChoiceField(
        label=_("Are any members pupils?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    made_for_pupils = forms.ChoiceField(
        label=_("Is it made for pupils to use and write on?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    private_messages = forms.ChoiceField(
        label=_("Can members message each other privately?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )

    def given(self) -> dict[str, bool | None]:
        """Return the answers, as `say_circle` takes them; None for unanswered ones."""
        return {name: ANSWERS.get(self.cleaned_data[name]) for name in self.fields}


def first_of(circle: Circle | None) -> dict[str, str]:
    """Return the form's initial values from saved answers."""
    if circle is None:
        return {}
    back = {True: "yes", False: "no", None: ""}
    return {
        name: back[getattr(circle, name)] for name in ("with_pupils", "made_for_pupils", "private_messages")
    }


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, required=False)
