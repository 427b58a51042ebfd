"""Open a concern by two people where no safeguarding lead can be reached: asked, answered and ended."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.incidents import actions
from schoolgate.incidents.actions.opening import check_may_open
from schoolgate.incidents.queries import opening_for, opening_of, report_for
from schoolgate.incidents.states import OpeningState
from schoolgate.people.queries import person as person_by_id
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.incidents.openings import OpenForm, openings_for, people_of
from schoolgate.web.incidents.reports import PLACE, show_list

ANSWERS = {"agree": True, "decline": False}


@page(place=PLACE, methods=("POST",))
def ask(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Ask a second person. The answer doesn't say whether there is such a concern."""
    check_may_open(visit.person, on=visit.on)
    form = OpenForm(request.POST, people=people_of(visit))
    if form.save(
        lambda typed: actions.ask_to_open(
            by=visit.person, at=visit.at, reference=typed["reference"], words=typed["words"],
            second=person_by_id(int(typed["second"])),
        )
    ):  # fmt: skip
        return done(
            request, _("We’ve asked a second person. If they agree, you can open it here."), "wrong-reports"
        )
    return show_list(request, visit, openings_for(visit, form))


@page(place=PLACE, methods=("POST",))
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Agree as the second person, or not."""
    found = opening_for(visit.person, pk)
    agrees = ANSWERS.get(request.POST.get("act", ""))
    if agrees is None:
        raise BadInput({}, _("Choose what to do"))
    opening = actions.answer_opening(opening=found, by=visit.person, at=visit.at, agrees=agrees)
    if opening.state == OpeningState.AGREED:
        said = _("Opened for your colleague. The safeguarding leads have been told.")
    else:
        said = _("Nothing was opened.")
    return done(request, said, "wrong-reports")


@page(place=PLACE, methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int, opening_pk: int) -> HttpResponseBase:
    """End a person's access as a safeguarding lead."""
    report = report_for(visit.person, pk, on=visit.on)
    actions.end_opening(opening=opening_of(report, opening_pk), by=visit.person, at=visit.at)
    return done(request, _("They can no longer see this concern."), "wrong-report", pk)


urlpatterns = [
    path("wrong/openings", ask, name="wrong-open"),
    path("wrong/openings/<int:pk>", answer, name="wrong-opening"),
    path("wrong/reports/<int:pk>/openings/<int:opening_pk>/end", end, name="wrong-opening-end"),
]
