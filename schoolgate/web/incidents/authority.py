"""What is saved from the page of a concern about a person here: the local authority's word, its number, and
the kind words for the reporter."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.incidents import actions
from schoolgate.incidents.actions.authority import check_may_enter
from schoolgate.incidents.allegations import schools_without_numbers
from schoolgate.incidents.models import Authority
from schoolgate.incidents.queries import report_for
from schoolgate.people.safeguarding import lead_of
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.parts import PagePart, on_today_page_if
from schoolgate.web.frame.ring_first import officer
from schoolgate.web.incidents.allegation import AuthorityForm, KindForm, WordForm
from schoolgate.web.incidents.casework import _ONE
from schoolgate.web.incidents.reports import PLACE, show_report


@page(place=PLACE, methods=("POST",))
def word(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save what the local authority said."""
    report = report_for(visit.person, pk, on=visit.on)
    form = WordForm(request.POST, school=report.school)
    if form.save(
        lambda _typed: actions.save_word(report=report, by=visit.person, at=visit.at, **form.said(visit.at))
    ):
        return done(request, _("Saved what the local authority said."), "wrong-report", pk)
    return show_report(request, visit, report, word=form)


@page(place=PLACE, methods=("POST",))
def kind_word(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Answer the reporter with Schoolgate's own words."""
    report, form = report_for(visit.person, pk, on=visit.on), KindForm(request.POST)
    if form.save(lambda typed: actions.answer_reporter(report=report, by=visit.person, at=visit.at, **typed)):
        said = _("Saved. They will see it when they check on their concern. Nothing was sent to them.")
        return done(request, said, "wrong-report", pk)
    return show_report(request, visit, report, kind=form)


@page(place=PLACE, check=check_may_enter)
def authority(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Whom to ring at the local authority, for each school or for all."""
    schools = list(School.objects.order_by("name", "pk"))
    form = AuthorityForm(request.POST or None, schools=schools)
    by_number = {str(one.pk): one for one in schools}
    if form.save(
        lambda typed: actions.enter_authority(
            by=visit.person, at=visit.at, **{**typed, "school": by_number.get(typed["school"])}
        )
    ):
        return done(request, _("Saved."), "wrong-authority")
    rows = Authority.objects.select_related("school", "by").order_by("school__name", "pk")
    without = [one.name for one in schools_without_numbers(visit.on).order_by("name", "pk")]
    context = {"rows": rows, "without": without, "officer": officer(None)}
    return form_page(request, "wrong/authority.html", form, context)


@on_today_page_if(schools_without_numbers)
def numbers_missing(visit: Visit) -> PagePart | None:
    """Tell safeguarding leads in advance that a number is missing: at night it's too late to look for it."""
    return PagePart("wrong/_numbers_missing.html", {}) if lead_of(visit.person, visit.held) else None


urlpatterns = [
    path("wrong/authority", authority, name="wrong-authority"),
    path(f"{_ONE}/word", word, name="wrong-word"),
    path(f"{_ONE}/answer", kind_word, name="wrong-kind-word"),
]
