"""The list of posts: by status and school, searched by their words, with acts on several at once."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.rules import can
from schoolgate.publishing import drafting, queries
from schoolgate.publishing.models import Post
from schoolgate.publishing.news import check_sends
from schoolgate.publishing.queries import first_pictures
from schoolgate.publishing.sending import note_held
from schoolgate.publishing.taking_down import MOST_AT_ONCE
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.steps import refused_of, told_of_several
from schoolgate.web.posts import archive as posts_archive
from schoolgate.web.posts import calendar as posts_calendar
from schoolgate.web.posts import library
from schoolgate.web.posts import live as posts_live
from schoolgate.web.posts import past as posts_past
from schoolgate.web.posts import planning as posts_planning
from schoolgate.web.posts import take_down as posts_take_down
from schoolgate.web.posts import texts as posts_texts
from schoolgate.web.posts import writing as posts_writing
from schoolgate.web.posts.archive import TABS, Tab
from schoolgate.web.posts.screening import found_in_short
from schoolgate.web.posts.sitting import sitting_from, waiting_for
from schoolgate.web.posts.wording import kind_of, snippet

PAGE = 25
FOUND = 25
"""Most posts that a search shows; more words find fewer."""


@dataclass(frozen=True)
class Neighbours:
    """The query strings of the pages beside this one, for `<c-pager>`."""

    newer: str = ""
    older: str = ""


VIEWS: Mapping[str, Callable[[HttpRequest, Visit], HttpResponseBase]] = {
    library.VIEW: library.listed,
    "pictures": library.shown,
    "reach": posts_live.reach,
    "texts": lambda request, visit: posts_texts.shown(request, visit, request.GET),
}
"""What `/posts?as=...` shows other than the list and the calendar."""


@page(place="posts")
def posts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List posts, newest first, by status, or those that contain the search words; `as`: one of the other
    views of posts (`VIEWS`), or by month or week.

    The words come by POST and never go into an address, because they may be a child's name.
    """
    asked = request.POST if request.method == "POST" else request.GET
    if other := VIEWS.get(request.GET.get("as", "")):
        return other(request, visit)
    if request.GET.get("as"):
        return posts_calendar.shown(request, visit, request.GET, TABS)
    tab = next((tab for tab in TABS if tab.key == asked.get("show", "")), None)
    if tab is None:
        raise NotFound
    may_write = "write_post" in visit.capacities
    sends = not may_write and can(check_sends, visit.person, on=visit.on)
    context = {"visit": visit, "tab": tab, "tabs": TABS, "may_write": may_write, "sends": sends}
    if tab.key == "by-hand":
        return render(request, "byhand/list.html", context | _by_hand(request, visit))
    if tab.key == "before":
        return posts_past.listed(request, visit, context)
    waiting = waiting_for(visit) if tab.key == "waiting" else []
    context |= {"sitting": sitting_from(waiting)}
    return render(request, "posts/list.html", context | _found(request, visit, tab, waiting))


def _found(request: HttpRequest, visit: Visit, tab: Tab, waiting: Sequence[Post]) -> dict[str, Any]:
    """Return the rows with what belongs to them. `waiting`: posts that wait for the visitor, read already."""
    search = posts_archive.search_of(request.POST, visit)
    words, narrowed = search.words, search.condition
    searched = bool(words or narrowed)
    before = number_in(request.GET["before"]) if "before" in request.GET else None
    account, day = posts_take_down.asked_for(request.GET, visit) if tab.key == "published" else (None, None)
    older: int | None = None
    if account or day:
        rows = queries.to_take_down(visit.person, on=visit.on, account=account, day=day, limit=MOST_AT_ONCE)
        found, more = rows[:MOST_AT_ONCE], len(rows) > MOST_AT_ONCE
        goes: Container[int] = {post.pk for post in found}
    else:
        found, older = queries.posts_page(
            before=before, limit=FOUND if searched else PAGE, states=tab.states, stuck=tab.stuck,
            seen_by=visit.person, on=visit.on, words=words, narrowed=narrowed, lines=True,
        )  # fmt: skip
        goes, more = queries.may_take_down(visit.person, found, on=visit.on), bool(searched and older)
    note_held(found, at=visit.at)
    pictures = first_pictures(found)
    words_in = _words_in(found, waiting, visit) if tab.key == "waiting" else {}
    rows_shown = [
        _row(post, visit, goes, tab) | {"picture": pictures.get(post.pk), "words": words_in.get(post.pk, "")}
        for post in found
    ]
    shown = {"show": tab.key} if tab.key else {}
    return posts_archive.context_of(request, visit) | {
        "words": words,
        "account": account,
        "day": day,
        "rows": rows_shown,
        "may_choose": any(row["choose"] for row in rows_shown),
        "more": len(found) if more else 0,
        "page": Neighbours(
            newer=urlencode(shown) or "show=" if before else "",
            older=urlencode({**shown, "before": older}) if older and not searched else "",
        ),
    }


def _words_in(found: Sequence[Post], read: Sequence[Post], visit: Visit) -> dict[int, str]:
    """Return in a few words, by post, what was found in those that wait. `read`: those read already."""
    known = {post.pk: post for post in read}
    others = [post.pk for post in found if post.pk not in known]
    known |= {post.pk: post for post in queries.posts_by_id(others)} if others else {}
    return found_in_short([known[post.pk] for post in found], on=visit.on)


def _by_hand(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Return what waits for a person to do on a network's own pages, oldest first."""
    after = number_in(request.GET["after"]) if "after" in request.GET else None
    found = queries.by_hand_page(after=after, limit=PAGE + 1, seen_by=visit.person, on=visit.on)
    older = urlencode({"show": "by-hand", "after": found[PAGE - 1].pk}) if len(found) > PAGE else ""
    return {
        "rows": [
            {"delivery": each, "network": all_capabilities()[each.account.network].name}
            for each in found[:PAGE]
        ],
        "page": Neighbours(older=older),
    }


def _row(post: Post, visit: Visit, goes: Container[int], tab: Tab) -> dict[str, Any]:
    can_be_chosen = post.pk in goes if tab.several == "take-down" else post.author_id == visit.person.pk
    return {
        "post": post,
        "may_take_down": post.pk in goes,
        "snippet": snippet(post),
        "accounts": ", ".join(target.account.name for target in post.targets.all()),
        "networks": list(dict.fromkeys(target.account.network for target in post.targets.all())),
        "kind": kind_of(post),
        "own": post.author_id == visit.person.pk,
        "choose": bool(tab.several) and can_be_chosen,
    }


@page(place="posts", methods=("POST",))
def several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Withdraw the drafts that were chosen, or take the chosen posts down once a reason was given."""
    chosen = [number_in(each) for each in request.POST.getlist("posts")]
    withdraws = request.POST.get("do") == "withdraw"
    back = f"{reverse('posts')}?show={'drafts' if withdraws else 'published'}"
    if not chosen:
        return done(request, _("Choose at least one post."), back)
    if not withdraws:
        return posts_take_down.take_down_several(request, visit, chosen)
    found = queries.posts_by_id(chosen, seen_by=visit.person, on=visit.on)
    refused = refused_of(found, lambda post: drafting.withdraw_post(by=visit.person, at=visit.at, post=post))
    told = _("Withdrawn. They won’t be posted.")
    return told_of_several(request, refused, of=len(found), name=snippet, told=told, back=back)


urlpatterns = [
    path("posts", posts, name="posts"),
    path("posts/several", several, name="posts-several"),
    *posts_writing.urlpatterns,
    *posts_take_down.urlpatterns,
    *posts_planning.urlpatterns,
    *posts_texts.urlpatterns,
]
