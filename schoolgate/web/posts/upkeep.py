"""A live post whose announced day has passed: its owner takes it down, or says that it may stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.queries import standing
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.publishing import queries, reactions, rules
from schoolgate.publishing.actions.upkeep import let_stay
from schoolgate.publishing.duty_kinds import OUT_OF_DATE
from schoolgate.publishing.models import Post
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.wording import clause_shown, quote_from


def out_of_date_shown(visit: Visit, post: Post) -> dict[str, Any] | None:
    """Return what the page of a post that is out of date shows; None for every other post."""
    row = reactions.out_of_date(post)
    if row is None:
        return None
    book = book_of(visit.federation)
    clauses = [
        one for duties in standing(OUT_OF_DATE, [post]).values() for duty in duties for one in duty.clauses
    ]
    return {
        "last": row.last_day,
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


urlpatterns = [path("posts/<int:pk>/may-stay", may_stay, name="post-may-stay")]
