"""The help: every topic in a list, and each by itself, which other pages show beside themselves."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from schoolgate.core.errors import NotFound
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.help import topics


@page(place="menu", methods=("GET", "HEAD"))
def help_list(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List every topic of which the visitor may open a page."""
    found = [one for one in topics() if opens(visit, one.to)]
    return render(request, "glossary/help.html", {"topics": found})


@page(place="menu", methods=("GET", "HEAD"))
def help_topic(request: HttpRequest, visit: Visit, topic: str) -> HttpResponseBase:
    """Show what one does on some pages, and the next step."""
    found = next((one for one in topics() if one.key == topic), None)
    if found is None:
        raise NotFound
    return render(request, "glossary/topic.html", {"topic": found, "leads_on": opens(visit, found.to)})


urlpatterns = [
    path("help", help_list, name="help"),
    path("help/<slug:topic>", help_topic, name="help-topic"),
]
