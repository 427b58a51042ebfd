"""Who of us was hurt or threatened in a concern: a lead says so, and they see who helps them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.answers import support_numbers
from schoolgate.core.models import School
from schoolgate.incidents import actions
from schoolgate.incidents.actions.harming import to_be_helped
from schoolgate.incidents.numbers import numbers
from schoolgate.incidents.queries import report_for
from schoolgate.people.queries import book_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.safeguarding import leads
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.incidents.keeping_out_forms import HarmedForm, may_be_hurt
from schoolgate.web.incidents.reports import PLACE, show_report
from schoolgate.web.incidents.views import numbers_here, unseen


@page(place=PLACE, methods=("POST",))
def say(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say who was hurt or threatened."""
    report = report_for(visit.person, pk, on=visit.on)
    form = HarmedForm(request.POST, people=may_be_hurt(report, by=visit.person, on=visit.on))
    if form.save(
        lambda typed: actions.say_harmed(
            report=report, by=visit.person, at=visit.at, person=person_by_id(int(typed["person"])),
            words=typed["words"],
        )
    ):  # fmt: skip
        return done(request, _("Saved. They’ve been told who helps them."), "wrong-report", pk)
    return show_report(request, visit, report, harmed=form)


@page(place=PLACE, methods=("GET", "HEAD", "POST"))
def hurt(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show who helps a person who was hurt or threatened at work; nothing of any concern."""
    if request.method == "POST":
        actions.know_who_helps(by=visit.person, at=visit.at)
        return done(request, _("Saved."), "today")
    countries = set(School.objects.values_list("country", flat=True))
    people = leads(book_of(visit.federation), None, on=visit.on)
    context = {
        "leads": [one.name for one in people if one.pk != visit.person.pk],
        "asked": to_be_helped(visit.person).exists(),
        "helps": [*numbers("staff", countries), *support_numbers()], **numbers_here(),
    }  # fmt: skip
    return unseen(render(request, "wrong/hurt.html", context))


urlpatterns = [
    path("wrong/reports/<int:pk>/harmed", say, name="wrong-harmed"),
    path("wrong/hurt", hurt, name="wrong-hurt"),
]
