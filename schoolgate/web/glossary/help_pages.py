"""The help: a topic, which other pages show beside themselves, and the list of all."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from schoolgate.core.errors import NotFound
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.help import topics


@page(place="menu", methods=("GET", "HEAD"))
def help_page(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what one does on some pages (`about`), and every topic of which the visitor may open a page."""
    about = request.GET.get("about", "")
    found = next((one for one in topics() if one.key == about), None)
    if about and found is None:
        raise NotFound
    return render(
        request,
        "glossary/help.html",
        {
            "topic": found,
            "leads_on": found is not None and opens(visit, found.to),
            "topics": [one for one in topics() if opens(visit, one.to) and one is not found],
        },
    )


urlpatterns = [path("help", help_page, name="help")]
