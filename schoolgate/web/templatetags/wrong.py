"""Where "Something is wrong" leads from a page, and what the page is about."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from schoolgate.core.models import School
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.incidents.allegations import numbers

register = template.Library()

ABOUT = {
    "account": ("account", "pk"),
    "found": ("found", "pk"),
    "item": ("item", "pk"),
    "noticeboard": ("school", "school"),
    "noticeboard-comment": ("board", "key"),
    "noticeboard-post": ("board", "key"),
    "picture": ("picture", "pk"),
    "post": ("post", "pk"),
    "post-edit": ("post", "pk"),
}
"""Name of a page -> what it is about (`incidents.things`), and which part of its address says which one.
Those that begin with one of these names and a hyphen are about the same."""


@register.simple_tag(takes_context=True)
def wrong_address(context: dict[str, Any]) -> str:
    """The page for saying that something is wrong, with what this page is about: an id or a key of ours and
    nothing else. For a visitor of a school's page: that school's own. From a page outside every federation:
    the one that asks which."""
    request = context.get("request")
    visit = getattr(request, "visit", None)
    if request is None or visit is None:
        return reverse("wrong-start")
    school = request.resolver_match.kwargs.get("school") if request.resolver_match else None
    if visit.who:
        there = reverse("wrong")
    elif school:
        there = reverse("wrong-school", args=[visit.federation.slug, school])
    else:
        there = reverse("wrong-public", args=[visit.federation.slug])
    about = about_page(request)
    return f"{there}?{urlencode({'on': about})}" if about else there


@register.inclusion_tag("wrong/_who_helps.html", takes_context=True)
def who_helps(context: dict[str, Any]) -> dict[str, Any]:
    """Return who helps a child now, whatever was sent: the numbers of the countries in which this federation
    has schools."""
    countries = _countries(context)
    children = [one for one in numbers("help", countries) if one.who == "child" and one.telephone]
    return {"danger": numbers("danger", countries), "children": children}


@register.inclusion_tag("wrong/_danger.html", takes_context=True)
def ring_now(context: dict[str, Any]) -> dict[str, Any]:
    """Return who staff ring first where someone is in danger."""
    return {"danger": numbers("danger", _countries(context)), "short": True}


def _countries(context: dict[str, Any]) -> set[str]:
    visit = getattr(context.get("request"), "visit", None)
    countries: set[str] = set()
    if visit:
        with nullcontext() if in_scope() else scope(visit.federation.pk):  # an error has left it
            countries = set(School.objects.values_list("country", flat=True))
    return countries


def about_page(request: HttpRequest) -> str:
    """The short name of what a page is about; empty where it is about no thing of ours."""
    match = request.resolver_match
    if match is None or not match.url_name:
        return ""
    if match.url_name.startswith("wrong"):
        return request.GET.get("on", "")[:70]
    found = ABOUT.get(match.url_name) or ABOUT.get(match.url_name.split("-")[0])
    value = match.kwargs.get(found[1]) if found else None
    return f"{found[0]}-{value}" if found and value else ""
