"""Contain what a concern is about from its own page, with one touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.tenancy import scope
from schoolgate.inbox.dangers import danger_of
from schoolgate.inbox.models import Item, WhyKeptBack
from schoolgate.inbox.ranking import own_lists
from schoolgate.incidents import containing, things
from schoolgate.incidents.containing import begin, begun_and_not_done, ways_to_contain
from schoolgate.incidents.handling import strings_in
from schoolgate.incidents.models import Containment, Report, StepKind
from schoolgate.incidents.queries import Shown, report_for
from schoolgate.media.models import Picture
from schoolgate.triage import triage
from schoolgate.triage.lists import HIDING, NO_PICTURE
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import number_in_address

EMPTY: Mapping[str, Any] = {}
SAID = {
    Containment.TAKE_DOWN: _("The post is being taken down."),
    Containment.HIDE: _("The comment is being hidden."),
    Containment.STOP: _("Posting is stopped. Nothing new goes out until the stop is lifted."),
    Containment.KEYS: _("The people who run the account have been asked to change its passwords."),
}


def containment_of(report: Report, visit: Visit, first: Mapping[str, Any] = EMPTY) -> dict[str, Any]:
    """Return what can be done at once, what was begun and is not done, and which posts the report is about.
    `first`: what was written in it."""
    ways = ways_to_contain(report, visit.person, on=visit.on)
    thing = things.by_subject(report.thing) if report.thing else None
    row = thing.row if thing is not None else None
    words = "\n".join(str(first.get(name) or "") for name in ("what", "where"))
    why = triage(words, lists=own_lists()).why
    return {
        "down_words": words,
        "down_asked": any(one.kind in (NO_PICTURE, HIDING) for one in why),
        # a post has its own button, which takes it down in one press
        "down_about": row.post if isinstance(row, Item) else row if isinstance(row, Picture) else None,
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


def first_now(steps: Iterable[Shown]) -> Promise | None:
    """Return what comes before anything else by what the reporter wrote, or the comment that it is about: as
    the comment's own page says it (`inbox.dangers`)."""
    texts = [
        text
        for one in steps
        if one.step.kind in (StepKind.REPORTED, StepKind.ADDED)
        for text in (str(one.words.get("what") or ""), *strings_in(one.words.get("thing"), under="texts"))
    ]
    for text in texts:
        why = triage(text, lists=own_lists()).why
        danger = danger_of([[one.lane, one.kind, one.start, one.end] for one in why])
        if danger is not None and danger.first is not None:
            return danger.first
    return None


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
    containing.contain(report=report, by=visit.person, at=visit.at, how=how, because=because)
    return done(request, SAID[how], "wrong-report", pk)


urlpatterns = [path("wrong/reports/<int:pk>/contain", contain, name="wrong-contain")]
