"""Requests to follow, join or write: the lists, adding one, and one request with its actions."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import contributors
from schoolgate.accounts.access import account_for
from schoolgate.accounts.contributors import admission_facts
from schoolgate.accounts.models import IS_OVER, Account, AccountState, Admission, AdmissionState, AskedFor
from schoolgate.accounts.small import CHECKS, asks_about_circle, asks_of_platform, befriending
from schoolgate.core.errors import NotNow
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.web.accounts.pta.forms import EnterForm
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
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


urlpatterns = [
    path("accounts/requests", listed, name="admissions"),
    path("accounts/requests/<int:pk>", admission, name="admission"),
]
