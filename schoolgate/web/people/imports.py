"""Bringing a list of people: the file, what its columns and words mean, what would change, taking it over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.people import actions, queries, rules
from schoolgate.people.importing.fields import headings_of
from schoolgate.people.importing.here import look_here
from schoolgate.people.importing.planning import Plan
from schoolgate.people.importing.report import report_of
from schoolgate.people.lists.columns import shape_of
from schoolgate.people.lists.storing import KeptList, keep_list
from schoolgate.people.models import PeopleImport
from schoolgate.people.sheets import LARGEST
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.lists import (
    ENDED,
    LINES,
    Brought,
    brings_back,
    columns_shown,
    lines_shown,
    state_tag,
)
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.frame.read_first import read_first
from schoolgate.web.people.imports_forms import ColumnsForm, ListFileForm, WordsForm


def _keep(content: bytes, visit: Visit) -> KeptList:
    return keep_list(content, federation_id=visit.federation.pk)


_bring_back = brings_back(queries.import_for)
_take = read_first(_keep, most=LARGEST)


@page(place="people", check=rules.check_may_administer, prepare=_take)
def bring(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The newest lists, and bringing another."""
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if isinstance(visit.prepared, KeptList):
            importing = actions.start_import(by=visit.person, at=visit.at, kept=visit.prepared)
            to = "people-import-look" if importing.mapping else "people-import-columns"
            return redirect(to, importing.pk)
        form.refuse(visit.prepared)
    rows = [
        {"import": each, "mine": each.by_id == visit.person.pk, "tag": state_tag(each)}
        for each in queries.imports()
    ]
    context = {"form": form, "rows": rows}
    return render(request, "people/import.html", context, status=422 if form.errors else 200)


@page(place="people", check=rules.check_may_administer, prepare=_bring_back)
def columns(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say which column is what."""
    brought: Brought[PeopleImport] = visit.prepared
    sheet, importing = brought.lines, brought.importing
    headings = headings_of(sheet)
    form = ColumnsForm(
        request.POST or None, headings=headings, here=look_here(visit.on), kept=importing.mapping
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.explain_columns(
                by=visit.person, at=visit.at, importing=importing, sheet=sheet, shape=shape_of(headings),
                name=form.cleaned_data["name_of_mapping"], columns=form.columns, defaults=form.defaults,
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            return redirect("people-import-look", pk)
    context = columns_shown(form, importing, sheet, headings, place="people-import")
    return render(request, "lists/columns.html", context, status=422 if form.errors else 200)


@page(place="people", check=rules.check_may_administer, prepare=_bring_back)
def words(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say what the words of the list mean here."""
    brought: Brought[PeopleImport] = visit.prepared
    plan = _plan(visit, brought)
    mapping = brought.importing.mapping
    form = WordsForm(
        request.POST or None,
        unknown=plan.unknown,
        explained=mapping.words if mapping else {},
        columns=mapping.columns if mapping else {},
        here=look_here(visit.on),
    )
    if request.method == "POST" and form.is_valid():
        actions.explain_words(by=visit.person, at=visit.at, importing=brought.importing, words=form.words)
        return done(request, _("Explanations saved."), "people-import-look", pk)
    context = {"form": form, "importing": brought.importing, "more": len(plan.unknown) > len(form.fields)}
    return render(request, "people/import_words.html", context, status=422 if form.errors else 200)


@page(place="people", check=rules.check_may_administer, prepare=_bring_back, methods=("GET", "HEAD"))
def look(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """What would change, line by line; once it has ended, what came of it."""
    brought: Brought[PeopleImport] = visit.prepared
    importing = brought.importing
    if brought.sheet is None:
        context = {"importing": importing, "ended": ENDED[importing.state], "counts": importing.counts}
        return render(request, "people/import_ended.html", context)
    if importing.mapping is None:
        return redirect("people-import-columns", pk)
    plan = _plan(visit, brought)
    context = {
        "importing": importing,
        "plan": plan,
        **lines_shown(request, plan.lines, plan.counts),
        "missing": plan.missing[:LINES],
        "more_missing": max(len(plan.missing) - LINES, 0),
        "words": sum(plan.unknown.values()),
    }
    return render(request, "people/import_look.html", context)


def _plan(visit: Visit, brought: Brought[PeopleImport]) -> Plan:
    return actions.what_comes_of(brought.importing, brought.lines, by=visit.person, on=visit.on)


@page(check=rules.check_may_administer, prepare=_bring_back, methods=("POST",))
def confirm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the list over, exactly as it was shown."""
    brought: Brought[PeopleImport] = visit.prepared
    ended = actions.import_people(
        by=visit.person, at=visit.at, importing=brought.importing, sheet=brought.lines,
        seen=request.POST.get("seen", ""), invite=request.POST.get("invite") == "yes",
    )  # fmt: skip
    told = gettext("List imported. New people: {number}.")
    return done(request, told.format(number=ended.counts["people_added"]), "people-import-look", pk)


@page(check=rules.check_may_administer, methods=("POST",))
def drop(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do not take the list over."""
    actions.drop_import(by=visit.person, at=visit.at, importing=queries.import_for(visit.person, pk))
    return done(request, _("Import cancelled. Nothing was imported."), "people-import")


@page(check=rules.check_may_administer, prepare=_bring_back, methods=("GET", "HEAD"))
def report(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Every line and what would come of it, as a CSV file."""
    answer = HttpResponse(report_of(_plan(visit, visit.prepared)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="list-{pk}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@beside_people
def leads_to_lists(visit: Visit) -> PlaceLink | None:
    """For those who look after people."""
    if not rules.can(rules.check_may_administer, visit.person, on=visit.on):
        return None
    return PlaceLink("people-import", _("Import people"))


urlpatterns = [
    path("people/import", bring, name="people-import"),
    path("people/import/<int:pk>", look, name="people-import-look"),
    path("people/import/<int:pk>/columns", columns, name="people-import-columns"),
    path("people/import/<int:pk>/words", words, name="people-import-words"),
    path("people/import/<int:pk>/confirm", confirm, name="people-import-confirm"),
    path("people/import/<int:pk>/drop", drop, name="people-import-drop"),
    path("people/import/<int:pk>/report", report, name="people-import-report"),
]
