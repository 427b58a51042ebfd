"""A concern goes into the safeguarding lead's own system: its text to copy there, and the mark."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.incidents import actions
from schoolgate.incidents.casefile import case_file
from schoolgate.incidents.queries import report_for
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.incidents.chronology import chronology_of
from schoolgate.web.incidents.forms import PassedForm
from schoolgate.web.incidents.reports import PLACE, show_report


def text_of(sheet: dict[str, Any]) -> str:
    """Return the chronology as a plain text, to be copied into another system."""
    rows = [f"{row['label']}\n{row['words']}" for section in sheet["sections"] for row in section["rows"]]
    return "\n\n".join([f"{sheet['title']}\n{sheet['federation']}", *rows, sheet["stands"]]) + "\n"


@page(place=PLACE, methods=("GET", "HEAD"))
def text(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the concern as a text file. My reading is recorded."""
    report = report_for(visit.person, pk, on=visit.on)
    actions.open_report(report=report, by=visit.person, at=visit.at)
    language = translation.get_language() or "en"
    made = text_of(chronology_of(case_file(report), visit.federation.name, language))
    response = HttpResponse(made, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{report.reference}.txt"'
    response["Cache-Control"] = "no-store"
    return response


@page(place=PLACE, methods=("POST",))
def passed(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Mark it as passed to the safeguarding lead's own system."""
    report, form = report_for(visit.person, pk, on=visit.on), PassedForm(request.POST)
    if form.save(lambda typed: actions.mark_as_passed(report=report, by=visit.person, at=visit.at, **typed)):
        return done(
            request, _("Marked as passed. What was written is no longer shown here."), "wrong-report", pk
        )
    return show_report(request, visit, report, passed=form)


urlpatterns = [
    path("wrong/reports/<int:pk>/handover.txt", text, name="wrong-text"),
    path("wrong/reports/<int:pk>/passed", passed, name="wrong-passed"),
]
