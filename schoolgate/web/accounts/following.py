"""Requests to follow, join or write: the lists, adding one, and one request with its actions: check, admit
or refuse, confirm, end, erase. Forms ask only for what the check needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import classes, contributors
from schoolgate.accounts.access import account_for
from schoolgate.accounts.contributors import admission_facts, admission_for, circle_facts, circle_of
from schoolgate.accounts.models import (
    IS_OVER,
    Account,
    AccountState,
    Admission,
    AdmissionState,
    AskedFor,
    AskerIs,
    AskerKind,
    Circle,
    Consent,
    GrownUp,
    HowLooked,
    SmallProposal,
)
from schoolgate.accounts.small import CHECKS, asks_about_circle, asks_of_platform, befriending
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import REQUIRED, YES_NO, DayField, SchoolForm, at, form_page
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_account_page
from schoolgate.web.frame.shown import ShownVerdict

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


TAGS = {
    "waiting": "wait",
    "let_in": "wait",
    "done": "good",
    "refused": "no",
    "withdrawn": "",
    "ended": "",
}
SHOWS = {"mine": _("Waiting for me"), "all": _("All")}
ON_AN_ACCOUNT = (AskedFor.FRIEND, AskedFor.CONTRIBUTE)


@page(place="accounts")
def listed(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List access requests: those that wait for me, all that I may see, or those of one account. Add one."""
    account = _account_asked_for(request, visit)
    form = _adding(request, visit, account)
    if form is not None and (made := form.save(lambda _typed: _enter(form, visit, account))):
        return done(request, _("Request added."), "admission", made.value.pk)
    shows = "all" if account or request.GET.get("show") == "all" else "mine"
    rows = contributors.waiting_for(visit.person, visit.on)
    if account:
        rows = contributors.admissions_of(account)
    elif shows == "all":
        rows = contributors.admissions(visit.person, visit.on)
    found = page_by_key(rows, request.GET.dict(), by="entered_at")
    context = {
        "account": account,
        "shows": shows,
        "tabs": SHOWS.items(),
        "page": found,
        "rows": [(row, TAGS[row.state]) for row in found.rows],
        "query": f"account={account.pk}" if account else f"show={shows}",
        "form": form,
        "open": form is not None and (form.is_bound or "approval" in request.GET),
    }
    wrong = form is not None and form.is_bound
    return render(request, "contributors/requests.html", context, status=422 if wrong else 200)


def _account_asked_for(request: HttpRequest, visit: Visit) -> Account | None:
    """Return the account whose requests are listed; None for all accounts."""
    number = request.GET.get("account", "")
    if not number:
        return None
    found = account_for(visit.person, number_in(number))
    contributors.check_may_see_those_of(visit.person, found, on=visit.on)
    return found


def _adding(request: HttpRequest, visit: Visit, account: Account | None) -> EnterForm | None:
    """Return the form for another request: to an account, or without one to a learning platform. None where
    this person adds none. Raises NotAllowed where they sent one all the same."""
    typed, initial = request.POST or None, {"approval": request.GET.get("approval", "")}
    if account is not None:
        if request.method == "POST":
            contributors.check_looks_after(visit.person, account, on=visit.on)
        elif account.state == AccountState.CLOSED or not can(
            contributors.check_looks_after, visit.person, account, on=visit.on
        ):
            return None
        return EnterForm(typed, asks=ON_AN_ACCOUNT, approvals=befriending(account), initial=initial)
    if request.method == "POST":
        contributors.check_looks_after_a_platform(visit.person, on=visit.on)
    elif not (
        can(contributors.check_looks_after_a_platform, visit.person, on=visit.on)
        and asks_of_platform(in_force(visit.on).book)
    ):
        return None
    places = contributors.platforms_looked_after(visit.person, on=visit.on)
    return EnterForm(typed, asks=[AskedFor.PLATFORM], approvals=[], places=places)


def _enter(form: EnterForm, visit: Visit, account: Account | None) -> Admission:
    return contributors.enter_admission(by=visit.person, at=visit.at, account=account, **form.given())


@page(place="accounts")
def admission(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One request: who asks, what was found, what the policy says, and what I can do."""
    found = contributors.admission_for(visit.person, pk, on=visit.on)
    answers = judged(found, visit) if found.state == AdmissionState.WAITING else Answers()
    decides = can(contributors.check_may_decide_on, visit.person, found, on=visit.on)
    is_waiting = found.state == AdmissionState.WAITING
    is_in = found.state in (AdmissionState.LET_IN, AdmissionState.DONE)
    context = {
        "admission": found,
        "back": _list_of(found, visit),
        "tag": TAGS[found.state],
        "checks": found.vettings.all(),
        "earlier": contributors.earlier_refusals(found, visit.person, visit.on),
        "answers": answers,
        "waiting": is_waiting,
        "may_look": is_waiting
        and bool(answers.wanted)
        and can(contributors.check_may_look_into, visit.person, found, on=visit.on),
        "may_tell": is_waiting and found.asked_for == AskedFor.PLATFORM and decides and not found.told_at,
        "may_decide": is_waiting and decides,
        "why_not": _why_not(found) if is_waiting else "",
        "may_confirm": found.state == AdmissionState.LET_IN and decides,
        "may_end": is_in and decides,
        "may_wipe": found.state in IS_OVER and found.erased_at is None and decides,
        "circle": found.account if answers.asks_about_circle and _looks_after(visit, found) else None,
    }
    return render(request, "contributors/admission.html", context)


def _list_of(found: Admission, visit: Visit) -> str:
    """Return the address of the list that this request is on, as far as the person may open it."""
    account = found.account
    opens = account and can(contributors.check_may_see_those_of, visit.person, account, on=visit.on)
    return f"{reverse('admissions')}?{f'account={found.account_id}' if opens else 'show=all'}"


CONSENT = "contributor_consent"


@dataclass(frozen=True)
class Answers:
    """Return what the policy says about giving a person access now: each question in words with its answer.
    `wanted`: the points of a check that it asks for."""

    verdicts: list[tuple[str, ShownVerdict]] = field(default_factory=list)
    wanted: frozenset[str] = frozenset()
    asks_about_circle: bool = False


def judged(found: Admission, visit: Visit) -> Answers:
    """Return the policy's answers, without those on which it says nothing."""
    policy = in_force(visit.on)
    decisions = [
        verdict(situation, facts, on=visit.on)
        for situation, facts in admission_facts(found, policy, by=visit.person, at=visit.at)
    ]
    spoken = [one for one in decisions if one.outcome != "silent"]
    points = {point for one in spoken for point, outcome in one.points.items() if outcome != "silent"}
    if found.asked_for == AskedFor.CONTRIBUTE and policy.book.at("contributor.admit", CONSENT):
        points.add(CONSENT)  # also where a check said that no one has to agree: it can be corrected
    return Answers(
        verdicts=[
            (wording.situation_title(one.situation), wording.verdict(one, at=visit.at)) for one in spoken
        ],
        wanted=frozenset(points & set(CHECKS)),
        asks_about_circle=asks_about_circle(policy.book) and found.account is not None,
    )


def _why_not(found: Admission) -> str:
    """Return the message that refuses access where someone said no; otherwise empty."""
    try:
        contributors.check_nobody_said_no(found)
    except NotNow as error:
        return str(error.message)
    return ""


def _looks_after(visit: Visit, found: Admission) -> bool:
    return can(contributors.check_looks_after, visit.person, found.account, on=visit.on, school=found.school)


@beside_accounts
def _link(visit: Visit) -> PlaceLink:
    return PlaceLink("admissions", _("Access requests"))


@on_account_page
def _card(visit: Visit, account: Account) -> PagePart | None:
    """Return a card for people who look after an account: how many requests wait, and who is in it."""
    if not can(contributors.check_may_see_those_of, visit.person, account, on=visit.on):
        return None
    shown = {
        "account": account,
        "waiting": contributors.number_open(account),
        "asks_about_circle": asks_about_circle(in_force(visit.on).book),
        "circle": contributors.circle_of(account),
        "may_say": can(contributors.check_looks_after, visit.person, account, on=visit.on),
    }
    return PagePart("contributors/_account.html", shown, first=bool(shown["waiting"]))


def _found(visit: Visit, pk: int) -> Admission:
    return admission_for(visit.person, pk, on=visit.on)


@page(place="accounts")
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what I found about who asks."""
    found = _found(visit, pk)
    contributors.check_may_look_into(visit.person, found, on=visit.on)
    contributors.check_undecided(found)
    answers = judged(found, visit)
    form = LookForm(request.POST or None, wanted=answers.wanted, admission=found)
    if form.save(
        lambda _typed: contributors.look_into(admission=found, by=visit.person, at=visit.at, **form.given())
    ):
        return done(request, _("Check saved with the request."), "admission", pk)
    return form_page(request, "contributors/look.html", form, {"admission": found})


@page(methods=("POST",))
def told(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that they were shown how to use the platform."""
    contributors.note_told(admission=_found(visit, pk), by=visit.person, at=visit.at)
    return done(request, _("Recorded that they were told."), "admission", pk)


@page(methods=("POST",))
def let_in(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Give them access."""
    contributors.let_in(admission=_found(visit, pk), by=visit.person, at=visit.at)
    said = _("Approved. Now add them on the network, then confirm here.")
    return done(request, said, "admission", pk)


@page(place="accounts")
def turn_away(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Refuse them access, and say why."""
    found = _found(visit, pk)
    contributors.check_may_decide_on(visit.person, found, on=visit.on)
    contributors.check_undecided(found, AdmissionState.REFUSED)
    form = ReasonForm(request.POST or None)
    if form.save(
        lambda typed: contributors.turn_away(admission=found, by=visit.person, at=visit.at, **typed)
    ):
        return done(request, _("Request declined. The reason is saved."), "admission", pk)
    return _reason(request, form, found, _("Decline request"), _("Save refusal"))


@page(place="accounts")
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that a person no longer has access, and why."""
    found = _found(visit, pk)
    contributors.check_may_decide_on(visit.person, found, on=visit.on)
    form = ReasonForm(request.POST or None)
    if form.save(lambda typed: classes.end_admission(admission=found, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Recorded as removed."), "admission", pk)
    return _reason(request, form, found, _("Remove access"), _("I’ve removed them on the network too"))


def _reason(
    request: HttpRequest, form: ReasonForm, found: Admission, title: Any, label: Any
) -> HttpResponseBase:
    context = {"admission": found, "title": title, "label": label}
    return form_page(request, "contributors/reason.html", form, context)


@page(methods=("POST",))
def confirm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that it is done on the network."""
    contributors.done_on_network(admission=_found(visit, pk), by=visit.person, at=visit.at)
    return done(request, _("Recorded as added."), "admission", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that they no longer ask."""
    contributors.withdraw_admission(admission=_found(visit, pk), by=visit.person, at=visit.at)
    return done(request, _("Request withdrawn."), "admission", pk)


@page(place="accounts")
def wipe(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Wipe what tells who it was."""
    found = _found(visit, pk)
    contributors.check_may_decide_on(visit.person, found, on=visit.on)
    if request.method == "POST":
        classes.wipe_admission(admission=found, by=visit.person, at=visit.at)
        return done(request, _("Name and reasons deleted."), "admission", pk)
    return render(request, "contributors/wipe.html", {"admission": found})


@page(place="accounts")
def circle(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save who is in an account and who can message each other there, where the policy's rules ask."""
    found = account_for(visit.person, pk)
    contributors.check_looks_after(visit.person, found, on=visit.on)
    policy = in_force(visit.on)
    if not asks_about_circle(policy.book):
        raise NotFound
    said = circle_of(found)
    form = CircleForm(request.POST or None, initial=first_of(said))
    if form.save(
        lambda _typed: classes.say_circle(account=found, by=visit.person, at=visit.at, **form.given())
    ):
        return done(request, _("Your answers about members are saved."), "account-circle", pk)
    answer = verdict(
        "contact.site_settings", circle_facts(found, policy, by=visit.person, at=visit.at), on=visit.on
    )
    context = {
        "account": found,
        "said": said,
        "verdict": wording.verdict(answer, at=visit.at) if said and answer.outcome != "silent" else None,
    }
    return form_page(request, "contributors/circle.html", form, context)


urlpatterns = [
    path("accounts/requests", listed, name="admissions"),
    path("accounts/requests/<int:pk>", admission, name="admission"),
    path("accounts/requests/<int:pk>/look", look, name="admission-look"),
    path("accounts/requests/<int:pk>/told", told, name="admission-told"),
    path("accounts/requests/<int:pk>/in", let_in, name="admission-let-in"),
    path("accounts/requests/<int:pk>/away", turn_away, name="admission-turn-away"),
    path("accounts/requests/<int:pk>/done", confirm, name="admission-done"),
    path("accounts/requests/<int:pk>/end", end, name="admission-end"),
    path("accounts/requests/<int:pk>/withdraw", withdraw, name="admission-withdraw"),
    path("accounts/requests/<int:pk>/wipe", wipe, name="admission-wipe"),
    path("accounts/<int:pk>/circle", circle, name="account-circle"),
]
