"""The list of posts: by status and school, searched by their words, with acts on several at once."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.publishing import actions, queries, standing
from schoolgate.publishing.models import Post
from schoolgate.publishing.states import PostState
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.posts import marks as posts_marks
from schoolgate.web.posts import take_down as posts_take_down
from schoolgate.web.posts import writing as posts_writing
from schoolgate.web.posts.wording import STATE_KINDS, snippet

PAGE = 25
FOUND = 50
"""Most posts that a search shows; more words find fewer."""
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Tab:
    """One heading of the list, and the states of the posts below it. `several`: what is done to several."""

    key: str
    label: str | Promise
    states: tuple[PostState, ...]
    several: str = ""


TABS = (
    Tab("", _("All"), ()),
    Tab("drafts", _("Drafts"), (PostState.DRAFT,), "withdraw"),
    Tab("waiting", _("Needs approval"), (PostState.SUBMITTED,)),
    Tab("going", _("Scheduled"), (PostState.APPROVED, PostState.SENDING)),
    Tab("published", _("Published"), (PostState.PUBLISHED,), "take-down"),
    Tab("stuck", _("Needs action"), (PostState.NOT_SENT, PostState.EXPIRED)),
    Tab(
        "over",
        _("Taken down or withdrawn"),
        (PostState.TAKING_DOWN, PostState.TAKEN_DOWN, PostState.WITHDRAWN),
    ),
)


@dataclass(frozen=True)
class Neighbours:
    """The query strings of the pages beside this one, for `<c-pager>`."""

    newer: str = ""
    older: str = ""


@page(place="posts")
def posts(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List posts, newest first, by status, or those that contain the search words.

    The words come by POST and never go into an address, because they may be a child's name.
    """
    asked = request.POST if request.method == "POST" else request.GET
    tab = next((tab for tab in TABS if tab.key == asked.get("show", "")), None)
    if tab is None:
        raise NotFound
    words = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
    before = number_in(asked["before"]) if "before" in asked else None
    found, older = queries.posts_page(
        before=before, limit=FOUND if words else PAGE, states=tab.states, seen_by=visit.person, on=visit.on,
        words=words,
    )  # fmt: skip
    goes = standing.may_take_down(visit.person, found, on=visit.on)
    shown = {"show": tab.key} if tab.key else {}
    context = {
        "visit": visit,
        "tab": tab,
        "tabs": TABS,
        "words": words,
        "rows": [_row(post, visit, goes, tab) for post in found],
        "more_found": bool(words and older),
        "page": Neighbours(
            newer=urlencode(shown) or "show=" if before else "",
            older=urlencode({**shown, "before": older}) if older and not words else "",
        ),
        "may_write": "write_post" in visit.capacities,
    }
    return render(request, "posts/list.html", context)


def _row(post: Post, visit: Visit, goes: Container[int], tab: Tab) -> dict[str, Any]:
    can_be_chosen = post.pk in goes if tab.several == "take-down" else post.author_id == visit.person.pk
    return {
        "post": post,
        "may_take_down": post.pk in goes,
        "snippet": snippet(post),
        "accounts": ", ".join(target.account.name for target in post.targets.all()),
        "kind": STATE_KINDS[post.state],
        "own": post.author_id == visit.person.pk,
        "choose": bool(tab.several) and can_be_chosen,
    }


@page(place="posts", methods=("POST",))
def several(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Withdraw the drafts that were chosen, or go on to taking the chosen posts down."""
    chosen = [str(number_in(each)) for each in request.POST.getlist("posts")]
    back = f"{reverse('posts')}?show={'drafts' if request.POST.get('do') == 'withdraw' else 'published'}"
    if not chosen:
        return done(request, _("Choose at least one post."), back)
    if request.POST.get("do") != "withdraw":
        return redirect(f"{reverse('take-down-all')}?{urlencode([('posts', each) for each in chosen])}")
    found = queries.posts_by_id([int(each) for each in chosen], seen_by=visit.person, on=visit.on)
    for post in found:
        actions.withdraw_post(by=visit.person, at=visit.at, post=post)
    return done(request, _("Withdrawn. They won’t be posted."), back)


urlpatterns = [
    path("posts", posts, name="posts"),
    path("posts/several", several, name="posts-several"),
    *posts_writing.urlpatterns,
    *posts_marks.urlpatterns,
    *posts_take_down.urlpatterns,
]
