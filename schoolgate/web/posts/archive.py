"""Searching the list of posts by state, account, pupil and day, and downloading what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.core.rows import words_of
from schoolgate.people.rules import can
from schoolgate.publishing import archive
from schoolgate.publishing.archive import Search
from schoolgate.publishing.models import PostState
from schoolgate.publishing.queries import accounts_of_posts
from schoolgate.pupils.consents import pupils_with, schools_seen
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.paging import number_in


@dataclass(frozen=True)
class Tab:
    """One heading of the list, and the states of the posts below it. `several`: what is done to several."""

    key: str
    label: str | Promise
    states: tuple[PostState, ...]
    several: str = ""
    stuck: bool = False
    """Also posts of which a network refused something."""


TABS = (
    Tab("", _("All"), ()),
    Tab("drafts", _("Drafts"), (PostState.DRAFT,), "withdraw"),
    Tab("waiting", _("Needs approval"), (PostState.SUBMITTED,)),
    Tab("going", _("Scheduled"), (PostState.APPROVED, PostState.SENDING)),
    Tab("published", _("Published"), (PostState.PUBLISHED,), "take-down"),
    Tab("stuck", _("Needs action"), (PostState.NOT_SENT, PostState.EXPIRED), stuck=True),
    Tab(
        "over",
        _("Ended"),
        (PostState.TAKING_DOWN, PostState.TAKEN_DOWN, PostState.WITHDRAWN),
    ),
    Tab("by-hand", _("By hand"), ()),
    Tab("before", _("Before Schoolgate"), ()),
)


LONGEST = 200
FIELDS = ("account", "pupil", "first", "last")


def search_of(asked: Mapping[str, str], visit: Visit) -> Search:
    """Return what was typed into the search of the list. Names and words come by POST only. Raises
    NotFound."""
    tab = next((each for each in TABS if each.key == asked.get("show", "")), None)
    if tab is None:
        raise NotFound
    name, pupils = asked.get("pupil", "").strip()[:LONGEST], None
    schools = schools_seen(visit.person, on=visit.on) if name else []
    if schools:
        pupils = pupils_with(schools, words_of(name))
    return Search(
        words=asked.get("words", "").strip()[:LONGEST],
        account=number_in(asked["account"]) if asked.get("account") else None,
        pupils=pupils,
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        states=tab.states,
    )


def context_of(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Return what the form needs: the accounts, what was typed, and whether the visitor may download."""
    asked = request.POST if request.method == "POST" else {}
    typed = {name: asked.get(name, "")[:LONGEST] for name in FIELDS}
    return {
        "typed": typed,
        "narrowed": any(typed.values()),
        "searched": accounts_of_posts(visit.person, on=visit.on),
        "by_pupil": bool(schools_seen(visit.person, on=visit.on)),
        "may_export": can(archive.check_exports, visit.person, on=visit.on),
    }


@page(place="posts", methods=("POST",))
def export(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Send the found posts as one file, made while it is sent. Who took it is put on record."""
    rows = archive.export_posts(by=visit.person, at=visit.at, search=search_of(request.POST, visit))
    content = archive.bundle(rows, federation_id=visit.federation.pk, language=get_language() or "en")
    answer = StreamingHttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="posts-{visit.on:%Y-%m-%d}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _day(text: str) -> date | None:
    try:
        return day_in(text) if text else None
    except ValueError:
        raise NotFound from None


urlpatterns = [path("posts/export", export, name="posts-export")]
