"""Requests to follow, join or write: the lists, adding one, and one request with its actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions import contributors as actions
from schoolgate.accounts.asked_small import CHECKS, asks_about_circle, asks_of_platform
from schoolgate.accounts.facts.contributors import admission_facts
from schoolgate.accounts.models import Account, Admission, Circle, SmallProposal
from schoolgate.accounts.queries import account_for
from schoolgate.accounts.queries import contributors as queries
from schoolgate.accounts.queries.small import befriending
from schoolgate.accounts.rules import contributors as rules
from schoolgate.accounts.states.contributors import IS_OVER, AdmissionState, AskedFor
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models import School
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.pta.forms import EnterForm
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_account_page
from schoolgate.web.frame.shown import ShownVerdict

TAGS = {
    "waiting": "wait",
    "let_in": "wait",
    "done": "good",
    "refused": "no",
    "withdrawn": "",
    "ended": "",
}
ON_AN_ACCOUNT = (AskedFor.FRIEND, AskedFor.CONTRIBUTE)


@page(place="accounts")
def waiting(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List requests that wait for me, on all accounts."""
    context = {
        **_rows(queries.waiting_for(visit.person, visit.on), request),
        "platform": asks_of_platform(in_force(visit.on).book) and opens(visit, "admission-platform"),
    }
    return render(request, "contributors/waiting.html", context)


@page(place="accounts")
def everybody(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List all requests to follow that I may see, past ones included."""
    context = _rows(queries.admissions(visit.person, visit.on), request)
    return render(request, "contributors/everybody.html", context)


@page(place="accounts")
def of_account(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """List all requests to follow one account, past ones included."""
    found = account_for(visit.person, pk)
    rules.check_may_see_those_of(visit.person, found, on=visit.on)
    context = {
        **_rows(queries.admissions_of(found), request),
        "account": found,
        "may_enter": can(rules.check_looks_after, visit.person, found, on=visit.on),
    }
    return render(request, "contributors/of_account.html", context)


@page(place="accounts")
def enter(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Enter a person who asks to follow an account."""
    found = account_for(visit.person, pk)
    rules.check_looks_after(visit.person, found, on=visit.on)
    approvals = befriending(found)
    form = EnterForm(
        request.POST or None,
        asks=ON_AN_ACCOUNT,
        approvals=list(approvals.values_list("pk", "name")),
        initial={"approval": request.GET.get("approval", "")},
    )
    return _entered(request, visit, form, account=found, approvals=approvals)


@page(place="accounts", check=rules.check_looks_after_a_platform)
def enter_for_platform(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Enter a person who asks to be able to post on a learning platform."""
    places = rules.platforms_looked_after(visit.person, on=visit.on)
    form = EnterForm(request.POST or None, asks=[AskedFor.PLATFORM], approvals=[], places=places)
    return _entered(request, visit, form, account=None, approvals=SmallProposal.objects.none())


def _entered(
    request: HttpRequest,
    visit: Visit,
    form: EnterForm,
    *,
    account: Account | None,
    approvals: QuerySet[SmallProposal],
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        approval, school = form.number("approval"), form.number("school")
        try:
            made = actions.enter_admission(
                by=visit.person,
                at=visit.at,
                account=account,
                approval=approvals.filter(pk=approval).first() if approval else None,
                school=School.objects.filter(pk=school).first() if school else None,
                **form.given(),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Request added."), "admission", made.pk)
    context = {"form": form, "account": account}
    return render(request, "contributors/enter.html", context, status=422 if form.errors else 200)


@page(place="accounts")
def admission(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One request: who asks, what was found, what the policy says, and what I can do."""
    found = queries.admission_for(visit.person, pk, on=visit.on)
    answers = judged(found, visit) if found.state == AdmissionState.WAITING else Answers()
    decides = can(rules.check_may_decide_on, visit.person, found, on=visit.on)
    is_waiting = found.state == AdmissionState.WAITING
    is_in = found.state in (AdmissionState.LET_IN, AdmissionState.DONE)
    context = {
        "admission": found,
        "tag": TAGS[found.state],
        "checks": found.vettings.all(),
        "earlier": queries.earlier_refusals(found, visit.person, visit.on),
        "answers": answers,
        "waiting": is_waiting,
        "may_look": is_waiting
        and bool(answers.wanted)
        and can(rules.check_may_look_into, visit.person, found, on=visit.on),
        "may_tell": is_waiting and found.asked_for == AskedFor.PLATFORM and decides and not found.told_at,
        "may_decide": is_waiting and decides,
        "why_not": _why_not(found) if is_waiting else "",
        "may_confirm": found.state == AdmissionState.LET_IN and decides,
        "may_end": is_in and decides,
        "may_wipe": found.state in IS_OVER and found.erased_at is None and decides,
        "circle": found.account if answers.asks_about_circle and _looks_after(visit, found) else None,
    }
    return render(request, "contributors/admission.html", context)


@dataclass(frozen=True)
class Answers:
    """What the policy says of giving a person access now: each question in words with its answer. `wanted`:
    the points of a check that it asks for."""

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
    return Answers(
        verdicts=[
            (wording.situation_title(one.situation), wording.verdict(one, at=visit.at)) for one in spoken
        ],
        wanted=frozenset(points & set(CHECKS)),
        asks_about_circle=asks_about_circle(policy.book) and found.account is not None,
    )


def _rows(rows: QuerySet[Admission], request: HttpRequest) -> dict[str, Any]:
    found = page_by_key(rows, request.GET.dict(), by="entered_at")
    return {"page": found, "rows": [(row, TAGS[row.state]) for row in found.rows]}


def _why_not(found: Admission) -> str:
    """Return the message that refuses access where someone said no; otherwise empty."""
    try:
        rules.check_nobody_said_no(found)
    except NotNow as error:
        return str(error.message)
    return ""


def _looks_after(visit: Visit, found: Admission) -> bool:
    return can(rules.check_looks_after, visit.person, found.account, on=visit.on, school=found.school)


@beside_accounts
def _link(visit: Visit) -> PlaceLink:
    return PlaceLink("admissions", _("Access requests"), "requests")


@on_account_page
def _card(visit: Visit, account: Account) -> PagePart | None:
    """Return a card for people who look after an account: how many requests wait, and who is in it."""
    if not can(rules.check_may_see_those_of, visit.person, account, on=visit.on):
        return None
    open_states = (AdmissionState.WAITING, AdmissionState.LET_IN)
    shown = {
        "account": account,
        "waiting": Admission.objects.filter(account=account, state__in=open_states).count(),
        "asks_about_circle": asks_about_circle(in_force(visit.on).book),
        "circle": Circle.objects.filter(account=account).first(),
        "may_say": can(rules.check_looks_after, visit.person, account, on=visit.on),
    }
    return PagePart("contributors/_account.html", shown)


urlpatterns = [
    path("accounts/requests", waiting, name="admissions"),
    path("accounts/requests/all", everybody, name="admissions-all"),
    path("accounts/requests/platform", enter_for_platform, name="admission-platform"),
    path("accounts/requests/<int:pk>", admission, name="admission"),
    path("accounts/<int:pk>/requests", of_account, name="account-admissions"),
    path("accounts/<int:pk>/requests/new", enter, name="admission-new"),
]
