"""A person's own shifts in their phone's calendar: a secret address and its contents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from schoolgate.core.errors import NotFound
from schoolgate.rota import calendars, feeds
from schoolgate.web.duty.rota import check_may_see
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.limits import coded


@page(place="accounts", methods=("POST",), check=check_may_see)
def calendar(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make the address, or a new one in its place. It is shown once."""
    text = feeds.renew_feed(by=visit.person, at=visit.at)
    path_of = reverse("rota-feed", args=[visit.federation.slug, text])
    context = {"feed": True, "address": request.build_absolute_uri(path_of)}
    answer = render(request, "rota/calendar.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(methods=("POST",))
def end(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Stop the address working."""
    feeds.end_feed(by=visit.person, at=visit.at)
    return done(request, _("The calendar address no longer works."), "rota")


@coded("rota-feed", part="token")
@public_page(methods=("GET", "HEAD"))
def feed(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """The shifts behind an address. A wrong or old one is like one that never was."""
    person = calendars.person_of(token, at=visit.at)
    if person is None:
        raise NotFound
    answer = HttpResponse(
        calendars.calendar_of(person, at=visit.at), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


urlpatterns = [
    path("rota/calendar", calendar, name="rota-calendar"),
    path("rota/calendar/end", end, name="rota-calendar-end"),
    path("<slug:federation>/rota/<secret:token>.ics", feed, name="rota-feed"),
]
