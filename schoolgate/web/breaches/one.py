"""One breach: its clock, what the law still asks, what is known, and a form for each thing that is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.breaches import cases
from schoolgate.breaches.cases import STATUS, answer
from schoolgate.breaches.models import Breach, BreachState, StepKind
from schoolgate.breaches.queries import (
    breach_for,
    check_deals_with_any,
    details_in,
    last_of,
    people_to_bring_in,
    steps_of,
)
from schoolgate.core.clock import LONDON
from schoolgate.core.errors import NotFound
from schoolgate.core.pdf import pdf_of
from schoolgate.core.subjects import number_of
from schoolgate.incidents.queries import report_for
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.publishing.queries import post_for
from schoolgate.web.breaches.forms import (
    AuthorityForm,
    AwareForm,
    BringInForm,
    DetailsForm,
    NoteForm,
    PeopleForm,
    ReopenForm,
    RiskForm,
)
from schoolgate.web.breaches.sheet import sheet_of
from schoolgate.web.breaches.shown import clock, in_words, steps_shown
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.wording import verdict

LANGUAGES = ("en", "cy")
Typed = Mapping[str, Any]
Makes = Callable[[QueryDict | None, Breach, dict[str, Any], Visit], SchoolForm]
Does = Callable[[Breach, Visit, Typed], Breach]


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its fold and button, its form, the action, what is said afterwards."""

    fold: Any
    button: Any
    form: Makes
    does: Does
    told: Any
    when: BreachState = BreachState.OPEN


def _form(
    kind: type[SchoolForm], key: str, initial: Callable[[Breach], dict[str, Any]] | None = None
) -> Makes:
    def make(sent: QueryDict | None, breach: Breach, _details: dict[str, Any], _visit: Visit) -> SchoolForm:
        return kind(sent, auto_id=f"id_{key}_%s", initial=initial(breach) if initial else {})

    return make


def _details_form(
    sent: QueryDict | None, _breach: Breach, details: dict[str, Any], _visit: Visit
) -> SchoolForm:
    return DetailsForm(sent, auto_id="id_describe_%s", initial=details)


def _bring_in_form(
    sent: QueryDict | None, breach: Breach, _details: dict[str, Any], visit: Visit
) -> SchoolForm:
    people = [(str(one.pk), one.name) for one in people_to_bring_in(breach, on=visit.on)]
    return BringInForm(sent, auto_id="id_bring_in_%s", people=people)


def _moment(name: str, at: datetime | None) -> dict[str, Any]:
    if at is None:
        return {}
    local = at.astimezone(LONDON)
    return {f"{name}_day": local.date(), f"{name}_time": local.time()}


def _told(breach: Breach) -> dict[str, Any]:
    return _moment("told", breach.authority_told_at) | {"reference": breach.authority_reference}


def _people(breach: Breach) -> dict[str, Any]:
    return _moment("told", breach.people_told_at) | {"not_told": breach.not_told}


ACTS: dict[str, Act] = {
    "describe": Act(
        _("Describe the breach"), _("Save description"), _details_form,
        lambda one, visit, typed: cases.describe(breach=one, by=visit.person, at=visit.at, details=typed),
        _("Description saved."),
    ),
    "risk": Act(
        _("Assess the risk"), _("Save risk"), _form(RiskForm, "risk", lambda one: {"risk": one.risk}),
        lambda one, visit, typed: cases.judge_risk(breach=one, by=visit.person, at=visit.at, **typed),
        _("Risk saved."),
    ),
    "authority": Act(
        _("Record that the ICO was told"),
        _("Save report to the ICO"),
        _form(AuthorityForm, "authority", _told),
        lambda one, visit, typed: cases.tell_authority(
            breach=one, by=visit.person, at=visit.at, told_at=typed["told"], reference=typed["reference"],
            delay=typed["delay"],
        ),
        _("Saved. The ICO has been told."),
    ),
    "people": Act(
        _("Record that the people were told"), _("Save who was told"), _form(PeopleForm, "people", _people),
        lambda one, visit, typed: cases.tell_people(
            breach=one, by=visit.person, at=visit.at, told_at=typed["told"], not_told=typed["not_told"],
            how=typed["how"],
        ),
        _("Saved."),
    ),
    "aware": Act(
        _("Correct the time you became aware"), _("Change time"),
        _form(AwareForm, "aware", lambda one: _moment("aware", one.aware_at)),
        lambda one, visit, typed: cases.change_aware(
            breach=one, by=visit.person, at=visit.at, aware_at=typed["aware"], why=typed["why"]
        ),
        _("Time changed. The 72 hours now run from it."),
    ),
    "bring-in": Act(
        _("Add a person"), _("Add person"), _bring_in_form,
        lambda one, visit, typed: cases.bring_in(
            breach=one, by=visit.person, at=visit.at, person=person_by_id(int(typed["person"]))
        ),
        _("Person added. They’ve been told."),
    ),
    "note": Act(
        _("Add a note"), _("Save note"), _form(NoteForm, "note"),
        lambda one, visit, typed: cases.note(breach=one, by=visit.person, at=visit.at, **typed),
        _("Note saved."),
    ),
    "reopen": Act(
        _("Reopen the record"), _("Reopen record"), _form(ReopenForm, "reopen"),
        lambda one, visit, typed: cases.reopen(breach=one, by=visit.person, at=visit.at, **typed),
        _("Record reopened."), BreachState.CLOSED,
    ),
}  # fmt: skip


@page(place="reports", check=check_deals_with_any)
def breach(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one breach, and do what one of its forms says. My reading is recorded."""
    found = breach_for(visit.person, pk, on=visit.on)
    key = request.POST.get("do", "") if request.method == "POST" else ""
    if key == "close":
        cases.close_breach(breach=found, by=visit.person, at=visit.at)
        return done(request, _("Record closed. It stays in the log."), "breach", pk)
    if key:
        act = ACTS.get(key)
        if act is None:
            raise NotFound
        form = act.form(request.POST, found, {}, visit)
        if form.save(lambda typed: act.does(found, visit, typed)):
            return done(request, act.told, "breach", pk)
        return _show(request, visit, found, {key: form})
    return _show(request, visit, found, {})


def _show(
    request: HttpRequest, visit: Visit, found: Breach, given: Mapping[str, SchoolForm]
) -> HttpResponseBase:
    cases.read_breach(breach=found, by=visit.person, at=visit.at)
    steps = steps_of(found)
    details = details_in(steps)
    law = verdict(answer(found, STATUS, at=visit.at), at=visit.at)
    risk = last_of(steps, StepKind.RISK)
    wrong = next((form for form in given.values() if form.errors), None)
    context = {
        "breach": found, "clock": clock(found, at=visit.at), "open": found.state == BreachState.OPEN,
        "points": [*law.points, *law.waiting], "met": law.in_order,
        "what": details.get("what", ""), "details": in_words(details)[1:], "risk": risk,
        "acts": [
            {"key": key, "act": act, "form": given.get(key) or act.form(None, found, details, visit)}
            for key, act in ACTS.items()
            if act.when == found.state and found.destroyed_at is None
        ],
        "steps": steps_shown(steps), "form": wrong, "languages": [("en", "English"), ("cy", "Cymraeg")],
        **_sources(found, visit),
    }  # fmt: skip
    response = render(request, "breaches/breach.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _sources(found: Breach, visit: Visit) -> dict[str, Any]:
    """Return the concern and the post it comes from, where this person may open them."""
    shown: dict[str, Any] = {}
    if found.report_id and can(report_for, visit.person, found.report_id, on=visit.on):
        shown["report"] = found.report
    if found.thing.startswith("publishing.post:"):
        number = number_of(found.thing)
        if can(post_for, visit.person, number, on=visit.on):
            shown["post"] = number
    return shown


@page(place="reports", check=check_deals_with_any, methods=("GET", "HEAD"))
def sheet(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the report to the ICO as a filled-in PDF, in English or Welsh. My reading is recorded."""
    found = breach_for(visit.person, pk, on=visit.on)
    cases.read_breach(breach=found, by=visit.person, at=visit.at)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else translation.get_language() or "en"
    with translation.override(language):
        filled = sheet_of(found, steps_of(found), visit.person, visit.federation.name, language)
        made = pdf_of("form", filled, at=visit.at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}-{language}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("breaches/<int:pk>", breach, name="breach"),
    path("breaches/<int:pk>/ico.pdf", sheet, name="breach-sheet"),
]
