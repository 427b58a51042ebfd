"""Contain what a concern is about from its own page, with one touch."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.tenancy import scope
from schoolgate.inbox.states import WhyKeptBack
from schoolgate.incidents import actions
from schoolgate.incidents.actions.containing import begin
from schoolgate.incidents.containing import begun_and_not_done, ways_to_contain
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import report_for
from schoolgate.incidents.states import Containment
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in_address

SAID = {
    Containment.TAKE_DOWN: _("The post is being taken down."),
    Containment.HIDE: _("The comment is being hidden."),
    Containment.STOP: _("Posting is stopped. Nothing new goes out until the stop is lifted."),
    Containment.KEYS: _("The people who run the account have been asked to change its keys."),
}


def containment_of(report: Report, visit: Visit) -> dict[str, Any]:
    """Return what can be done at once, and what was begun and is not done."""
    ways = ways_to_contain(report, visit.person, on=visit.on)
    return {
        "contain": [
            {
                "key": one,
                "label": one.label,
                "asks": one == Containment.HIDE,
                "look": "warning" if one == Containment.TAKE_DOWN else "secondary",
            }
            for one in ways
        ],
        "contain_because": WhyKeptBack.choices,
        "contain_left": [one.label for one in begun_and_not_done(report.steps.order_by("pk"))],
    }


def intend(request: HttpRequest) -> Containment:
    """Before the page's scope opens: write down what is about to be done, and commit it."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    pk = number_in_address(request)
    how = request.POST.get("how", "")
    with scope(visit.federation.pk, visit.person.pk):
        report = report_for(visit.person, pk, on=visit.on)
        if how not in Containment.values:
            raise BadInput({}, _("Choose what to do"))
        begin(report=report, by=visit.person, at=visit.at, how=Containment(how))
    return Containment(how)


@page(place="reports", methods=("POST",), prepare=intend)
def contain(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do it, and write that it was done."""
    report, how = report_for(visit.person, pk, on=visit.on), visit.prepared
    because = request.POST.get("because", "")
    actions.contain(report=report, by=visit.person, at=visit.at, how=how, because=because)
    return done(request, SAID[how], "wrong-report", pk)


urlpatterns = [path("wrong/reports/<int:pk>/contain", contain, name="wrong-contain")]
