"""The public register: every open official account of a federation, for anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse

from schoolgate.accounts.models import Account
from schoolgate.accounts.queries import register_page
from schoolgate.networks.registry import capabilities
from schoolgate.web.accounts import after, following_link
from schoolgate.web.doors import Visit, public_page

PAGE = 50


@public_page
def register(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The register as a page."""
    found, following = register_page(after=after(request), limit=PAGE)
    context = {
        "federation": visit.federation,
        "rows": [_shown(account, visit, request) for account in found],
        "following": following_link(following),
    }
    return render(request, "register/register.html", context)


@public_page
def register_json(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The register for machines: the same rows, `next` names the following page or is null."""
    found, following = register_page(after=after(request), limit=PAGE)
    rest = f"{request.path}?{following_link(following)}" if following else None
    body = {
        "federation": visit.federation.name,
        "accounts": [_shown(account, visit, request) for account in found],
        "next": request.build_absolute_uri(rest) if rest else None,
    }
    return JsonResponse(body)


def _shown(account: Account, visit: Visit, request: HttpRequest) -> dict[str, Any]:
    """What everybody may know of an account; no person's name is in it."""
    return {
        "name": account.name,
        "network": capabilities(account.network).name,
        "handle": account.handle,
        "address": account.address or _own_board(account, visit, request),
        "school": account.school.name if account.school else visit.federation.name,
        "purpose": account.purpose,
        "contact": account.contact,
    }


def _own_board(account: Account, visit: Visit, request: HttpRequest) -> str:
    """The address of the program's own noticeboard, which the account itself does not need to know."""
    if account.school is None or capabilities(account.network).connector != "noticeboard":
        return ""
    try:
        where = reverse(
            "noticeboard", kwargs={"federation": visit.federation.slug, "school": account.school.slug}
        )
    except NoReverseMatch:
        return ""
    return request.build_absolute_uri(where)


urlpatterns = [
    path("<slug:federation>/register", register, name="register"),
    path("<slug:federation>/register.json", register_json, name="register-json"),
]
