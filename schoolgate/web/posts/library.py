"""The library of pictures: a way of showing the list of posts. One picture leads to a new draft with it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.core.searching import words_of
from schoolgate.media.models import Picture
from schoolgate.people.rules import can
from schoolgate.publishing import library, rules
from schoolgate.publishing.drafting import draft_post
from schoolgate.publishing.going_out import note_held
from schoolgate.publishing.library import Again, Filters
from schoolgate.publishing.queries import picture_for, post
from schoolgate.pupils.consents import pupils_with, schools_seen
from schoolgate.records.destroying import check_decides
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.posts.wording import kind_of, snippet

PAGE = 12
AGAIN: dict[Again, tuple[str, str | Promise]] = {
    Again.YES: ("good", _("May be used again")),
    Again.ASK: ("wait", _("Ask again first")),
    Again.NO: ("no", _("May not be used again")),
}
LONGEST_SEARCH = 200


def shown(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the pictures of posts, newest first, or one with where it was used.

    The name of a pupil comes by POST and never goes into an address.
    """
    if request.GET.get("picture"):
        return _one(request, visit, number_in(request.GET["picture"]))
    asked = request.POST if request.method == "POST" else request.GET
    schools = schools_seen(visit.person, on=visit.on)
    name = request.POST.get("pupil", "").strip()[:LONGEST_SEARCH] if schools else ""
    filters = Filters(
        account=number_in(asked["account"]) if asked.get("account") else None,
        month=_month(asked.get("month", "")),
        pupils=pupils_with(schools, words_of(name)) if name else None,
    )
    before = number_in(request.GET["before"]) if request.GET.get("before") else None
    pictures, older = library.pictures_page(visit.person, filters, on=visit.on, before=before, limit=PAGE)
    uses = library.uses_of(pictures, visit.person, on=visit.on)
    kept = {"as": "pictures", "account": filters.account or "", "month": asked.get("month", "")}
    context: dict[str, Any] = {
        "pictures": [(each, len(uses[each.pk])) for each in pictures],
        "accounts": library.accounts_used(visit.person, on=visit.on),
        "months": _months(visit.on),
        "filters": filters,
        "month": asked.get("month", ""),
        "name": name,
        "by_pupil": bool(schools),
        "older": urlencode({**kept, "before": older}) if older and not name else "",
    }
    return render(request, "posts_live/pictures.html", context)


def _one(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    picture, posts = _used(visit, pk)
    note_held(posts, at=visit.at)
    again = library.may_be_used_again(post(posts[0].pk), at=visit.at)
    context = {
        "picture": picture,
        "posts": [(each, snippet(each), kind_of(each)) for each in posts],
        "again": [(account.name, *AGAIN[each]) for account, each in again],
        "may_erase": can(check_decides, visit.person, on=visit.on),
        "may_use": can(rules.check_may_write, visit.person, picture.school, on=visit.on)
        and any(each != Again.NO for _account, each in again),
    }
    return render(request, "posts_live/picture.html", context)


@page(place="posts", methods=("POST",))
def use_again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Start a draft with a picture and the people of its newest post; it is checked like any new one."""
    picture, posts = _used(visit, pk)
    made = draft_post(
        by=visit.person, at=visit.at, school=picture.school, targets=[], pictures=[picture],
        people=library.people_of(post(posts[0].pk)),
    )  # fmt: skip
    return redirect("post-edit", pk=made.pk)


def _used(visit: Visit, pk: int) -> tuple[Picture, list[Any]]:
    """Return a picture and its posts. Raises NotFound, also for one that is in no post the person sees."""
    picture = picture_for(visit.person, pk, on=visit.on)
    posts = library.uses_of([picture], visit.person, on=visit.on)[picture.pk]
    if not posts:
        raise NotFound
    return picture, posts


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return day_in(f"{text}-01")
    except ValueError:
        raise NotFound from None


def _months(on: date) -> list[tuple[str, str]]:
    """Return the last twelve months, this one first, each with its name."""
    found = []
    year, month = on.year, on.month
    for _number in range(12):
        found.append((f"{year}-{month:02}", f"{MONTHS[month]} {year}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


urlpatterns = [path("posts/pictures/<int:pk>/again", use_again, name="post-picture-again")]
