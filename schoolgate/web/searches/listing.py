"""The list of checks and of vacancies, with the forms that start one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.models import Country, School
from schoolgate.people.rules import can
from schoolgate.policy.choices import CANDIDATE_RESULTS, MONITORED_COPIES, choose_days, days_chosen
from schoolgate.policy.rules import check_may_own
from schoolgate.searches import checks, queries, recruiting
from schoolgate.searches.checks import CheckAsked, speaks_of
from schoolgate.searches.queries import check_may_ask, check_may_open, check_may_recruit, may_come_in
from schoolgate.searches.recruiting import VacancyEntered
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.searches.forms import CheckForm, DaysForm, VacancyForm

SHOWS: dict[str, Any] = {"checks": _("Checks of systems"), "vacancies": _("Candidate searches")}
CHOICES = {"checks": MONITORED_COPIES, "vacancies": CANDIDATE_RESULTS}
ROWS: dict[str, Callable[..., QuerySet[Any]]] = {"checks": queries.checks, "vacancies": queries.vacancies}
TAGS = {
    "waiting": "wait", "allowed": "info", "done": "good", "declined": "no", "planned": "",
    "searching": "wait", "searched": "info", "read": "info", "decided": "wait", "destroyed": "good",
}  # fmt: skip


@page(place="reports", check=check_may_open)
def searches(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the checks or vacancies that the visitor may know of, and start one."""
    show = request.GET.get("show", "checks")
    if show not in SHOWS:
        raise NotFound
    new, days = _new_form(request, visit, show), DaysForm(_sent(request, "days"), prefix="days")
    if new is not None and (made := new.save(_starts(visit, show))):
        to = "search-check" if show == "checks" else "search-vacancy"
        return done(request, _("Saved. See below what happens next."), to, made.value.pk)
    if days.save(
        lambda typed: choose_days(
            by=visit.person, at=visit.at, what=CHOICES[show], days=typed["days"], from_day=visit.on
        )
    ):
        return done(request, _("Number of days saved as your federation’s own choice."), "searches")
    rows: QuerySet[Any] = ROWS[show](visit.person, on=visit.on)
    listed = page_by_key(rows, request.GET, by="at")
    context = {
        "show": show, "shows": SHOWS.items(), "page": listed, "new": new, "days_form": days,
        "rows": [{"row": row, "tag": TAGS[row.state]} for row in listed.rows],
        "may_choose": can(check_may_own, visit.person, on=visit.on),
        "days": days_chosen(CHOICES[show], on=visit.on),
        "speaks": _speaks(visit, show),
        "england": School.objects.filter(country=Country.ENGLAND).exists(),
    }  # fmt: skip
    wrong = days.errors or (new is not None and new.errors)
    return render(request, "searches/list.html", context, status=422 if wrong else 200)


def _speaks(visit: Visit, show: str) -> bool:
    if show == "checks":
        return speaks_of("systems.monitor", "monitoring", on=visit.on)
    return speaks_of("recruitment.search", "candidate_search", on=visit.on)


def _sent(request: HttpRequest, form: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("do") == form else None


def _new_form(request: HttpRequest, visit: Visit, show: str) -> SchoolForm | None:
    """Return the form for a new check or vacancy; None for people who may not start one."""
    sent = _sent(request, "new")
    if show == "checks" and can(check_may_ask, visit.person, on=visit.on):
        return CheckForm(sent, person=visit.person, on=visit.on)
    if show == "vacancies" and can(check_may_recruit, visit.person, on=visit.on):
        return VacancyForm(sent, on=visit.on)
    return None


def _starts(visit: Visit, show: str) -> Callable[[dict[str, Any]], Any]:
    if show == "checks":
        return lambda typed: checks.ask_check(by=visit.person, at=visit.at, asked=CheckAsked(**typed))

    def enter(typed: dict[str, Any]) -> Any:
        names = typed.pop("names").splitlines()
        entered = VacancyEntered(**{**typed, "panel": list(typed["panel"]), "names": names})
        return recruiting.enter_vacancy(by=visit.person, at=visit.at, entered=entered)

    return enter


@beside_people
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link for people who have a part in checks or candidate searches."""
    if visit.who is None or not may_come_in(visit.person, on=visit.on):
        return None
    return PlaceLink("searches", _("Checks and candidate searches"))
