"""A live post whose announced day has passed, or whose next check is due: its owner takes it down, or says
that it may stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.queries import standing
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.publishing import archive, queries, rules
from schoolgate.publishing.duty_kinds import LOOK_AGAIN, OUT_OF_DATE
from schoolgate.publishing.live import let_stay, note_looked
from schoolgate.publishing.models import Post
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.wording import clause_shown, quote_from


def out_of_date_shown(visit: Visit, post: Post) -> dict[str, Any] | None:
    """Return what the page of a post that waits for a check shows; None for every other post."""
    row = archive.to_check(post)
    if row is None:
        return None
    book = book_of(visit.federation)
    kind = OUT_OF_DATE if row.out_of_date else LOOK_AGAIN
    clauses = [one for duties in standing(kind, [post]).values() for duty in duties for one in duty.clauses]
    return {
        "last": row.last_day if row.out_of_date else None,
        "looked": row.looked_at,
        "may_settle": can(rules.check_may_take_down, visit.person, post, on=visit.on),
        "clauses": [
            clause_shown(one, basis="policy", federation=book.meta.federation, quote=quote_from(book))
            for one in dict.fromkeys(clauses)
        ],
    }


@page(place="posts", methods=("POST",))
def may_stay(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say that a post may stay although the day it announces has passed."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    let_stay(by=visit.person, at=visit.at, post=found)
    return done(request, _("Noted under your name. The post stays."), "post", pk=pk)


@page(place="posts", methods=("POST",))
def looked_at(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Note that a live post was checked again and is still right."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    note_looked(by=visit.person, at=visit.at, post=found)
    return done(request, _("Noted under your name. The post stays."), "post", pk=pk)


urlpatterns = [
    path("posts/<int:pk>/may-stay", may_stay, name="post-may-stay"),
    path("posts/<int:pk>/looked-at", looked_at, name="post-looked-at"),
]
