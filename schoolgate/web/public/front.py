"""The public front page of a federation and of each of its schools, its guides, and the rules for search
engines.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from schoolgate.accounts.register import public_accounts
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.networks.noticeboard import board
from schoolgate.policy import guides
from schoolgate.policy.guides import Standing
from schoolgate.web.frame.doors import Visit, public_page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.public.register import account_shown

MOST_ACCOUNTS = 12
MOST_POSTS = 3
ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /*/genuine
Disallow: /*/consent
Disallow: /*/policy-to-read/
"""
"""Pages inside need a sign-in and say themselves that they are not to be listed."""


@public_page(methods=("GET", "HEAD"))
def front(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the schools, official accounts, and where to check, ask and report."""
    context = {
        **_accounts(request, visit, None),
        "federation": visit.federation,
        "schools": list(board.schools()),
        "has_guides": guides.any_public(),
    }
    return render(request, "public/front.html", context)


@public_page(methods=("GET", "HEAD"))
def school_front(request: HttpRequest, visit: Visit, school: str) -> HttpResponseBase:
    """One school: its accounts and the newest posts of its noticeboard."""
    found = board.school_by_slug(school)
    context = {
        **_accounts(request, visit, found),
        "federation": visit.federation,
        "school": found,
        "posts": list(board.posts(found).order_by("-published_at", "-pk")[:MOST_POSTS]),
    }
    return render(request, "public/school.html", context)


def _accounts(request: HttpRequest, visit: Visit, school: School | None) -> dict[str, Any]:
    found, more = public_accounts(school=school, limit=MOST_ACCOUNTS)
    return {"rows": [account_shown(account, visit, request) for account in found], "more": more}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return what search engines may read: the public pages."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public_page(methods=("GET", "HEAD"))
def public_guides(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the guides that everyone may read, or with `guide=` one; browsers ask again each time, so that a
    guide that was withdrawn is gone at once."""
    rows = guides.published(public=True)
    language = get_language() or "en"
    if "guide" in request.GET:
        number = number_in(request.GET["guide"])
        found = next((one.shown for one in rows if one.guide.pk == number), None)
        if found is None:
            raise NotFound
        title, text, written = guides.words_in(found, language)
        context = {
            "version": found, "title": title, "text": text, "lang": written,
            "other": language == "cy" and written == "en",
        }  # fmt: skip
        response = render(request, "public/guide.html", context)
    else:
        readers: dict[str, list[tuple[int, str, str]]] = {}
        for one in rows:
            readers.setdefault(one.guide.get_audience_display(), []).append(_listed(one, language))
        response = render(request, "public/guides.html", {"readers": list(readers.items())})
    response["Cache-Control"] = "no-cache"
    return response


def _listed(one: Standing, language: str) -> tuple[int, str, str]:
    if one.shown is None:
        raise NotFound
    title, _text, written = guides.words_in(one.shown, language)
    return one.guide.pk, title, written


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("<slug:federation>", front, name="front"),
    path("<slug:federation>/schools/<slug:school>", school_front, name="school-front"),
    path("<slug:federation>/guides", public_guides, name="guides"),
]
