"""What waits for me: each duty with its reason, its time and one button."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode

from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import Key, mine
from schoolgate.people.queries import book_of
from schoolgate.web.doors import Visit, page
from schoolgate.web.duty_words import shown
from schoolgate.web.page_parts import parts_of_today

PAGE = 20


@page(place="today")
def today(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """My duties, soonest first, those of my roles included."""
    duties, following = mine(visit.person, visit.on, after=_after(request), limit=PAGE)
    context = {
        "visit": visit,
        "duties": shown(duties, book_of(visit.federation), at=visit.at),
        "following": urlencode({"due": following[0].isoformat(), "id": str(following[1])})
        if following
        else "",
        "parts": [] if "due" in request.GET else parts_of_today(visit),
    }
    return render(request, "today/today.html", context)


def _after(request: HttpRequest) -> Key | None:
    if "due" not in request.GET:
        return None
    number = request.GET.get("id", "")
    try:
        due = datetime.fromisoformat(request.GET["due"])
    except ValueError:
        raise NotFound from None
    if due.tzinfo is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotFound
    return due, int(number)


urlpatterns = [path("today", today, name="today")]
