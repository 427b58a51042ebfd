"""The stop button: what is stopped, what is on its way, pressing it and lifting it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, Text
from schoolgate.core.models import School, Stop
from schoolgate.core.stops import all_standing
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions import lift_stop, stop_everything
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.posts_acts import StopForm, sent
from schoolgate.web.posts_words import delivery_shown, snippet


@page(place="posts")
def stop(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """What stands still and what is on its way; pressing the button, for those who may."""
    whole = can(rules.check_may_stop, visit.person, None, on=visit.on)
    schools = [
        school
        for school in School.objects.order_by("name", "pk")
        if whole or can(rules.check_may_stop, visit.person, school, on=visit.on)
    ]
    reachable = School.objects.filter(pk__in=[school.pk for school in schools]).order_by("name")
    form = StopForm(sent(request), schools=reachable, whole=whole)
    if request.method == "POST":
        rules.check_may_stop(visit.person, None if whole or not schools else schools[0], on=visit.on)
        if form.is_valid():
            try:
                stop_everything(
                    by=visit.person,
                    at=visit.at,
                    reason=form.cleaned_data["reason"],
                    school=form.cleaned_data["school"],
                    until=_end_of(form.cleaned_data["until_day"]),
                )
            except BadInput as error:
                form.refuse(BadInput({{"until": "until_day"}.get(k, k): v for k, v in error.fields.items()}))
            else:
                return done(request, _("Stopped. Nothing new goes out until it is lifted."), "stop")
    context: dict[str, Any] = {
        "visit": visit,
        "form": form,
        "may_stop": whole or bool(schools),
        "ask": "" if schools else _whom_to_ask(visit),
        "stops": _standing(visit, whole, schools),
        "in_flight": [delivery_shown(each) for each in queries.in_flight()],
        "waiting": [{"post": post, "snippet": snippet(post)} for post in queries.waiting_for_their_time()],
    }
    return render(request, "posts/stop.html", context, status=422 if form.errors else 200)


def _whom_to_ask(visit: Visit) -> Text:
    try:
        rules.check_may_stop(visit.person, None, on=visit.on)
    except NotAllowed as why:
        return why.next_step
    return ""


def _standing(visit: Visit, whole: bool, schools: list[School]) -> list[dict[str, Any]]:
    rows = all_standing(visit.at)
    by = [row.placed_by for row in rows if isinstance(row, Stop)]
    names = dict(Person.objects.filter(pk__in=[number_of(each) for each in by]).values_list("pk", "name"))
    reach = {school.pk for school in schools}
    return [
        {
            "stop": row,
            "ours": isinstance(row, Stop),
            "by": names.get(number_of(row.placed_by), "") if isinstance(row, Stop) else "",
            "may_lift": isinstance(row, Stop) and (whole or (row.school_id in reach)),
        }
        for row in rows
    ]


def _end_of(day: Any) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


@page(methods=("POST",))
def lift(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End a stop."""
    found = Stop.objects.select_related("school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    lift_stop(by=visit.person, at=visit.at, stop=found)
    return done(
        request, _("Lifted. What waited too long does not go out by itself: it waits for a new time."), "stop"
    )


urlpatterns = [
    path("stop", stop, name="stop"),
    path("stop/<int:pk>/lift", lift, name="stop-lift"),
]
