"""A published post on its networks: changes made there, reactions by post and by month, and its next
check, where its owner takes it down or says that it may stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import standing
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.port import Reactions
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.publishing import archive, queries, rules
from schoolgate.publishing.duty_kinds import CHANGED, LOOK_AGAIN, OUT_OF_DATE
from schoolgate.publishing.live import let_stay, note_looked, settle_change
from schoolgate.publishing.models import Delivery, LiveChange, Post, PostReactions, Purpose
from schoolgate.web.frame.charts import bar_chart
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.wording import clause_shown, quote_from
from schoolgate.web.posts.wording import PARTS


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


MOST_DAYS = 14


def changes_shown(visit: Visit, post: Post) -> list[dict[str, Any]]:
    """Return the changes that wait for a person, each with what its network shows now."""
    found = archive.open_changes(post)
    if not found:
        return []
    tasks = standing(CHANGED, [each.delivery for each in found])
    rows = zip(found, tasks.values(), strict=True)
    return [
        _change(visit, post, each, [one for duty in duties for one in duty.clauses]) for each, duties in rows
    ]


def _change(visit: Visit, post: Post, change: LiveChange, clauses: Sequence[str]) -> dict[str, Any]:
    book = book_of(visit.federation)
    quote, name = quote_from(book), book.meta.federation
    check = rules.check_may_take_down if change.gone else rules.check_may_approve
    now = vault.opened(change.words_ref)
    delivery = change.delivery
    return {
        "change": change,
        "account": delivery.account.name,
        "network": all_capabilities()[delivery.account.network].name,
        "address": delivery.ref.address if delivery.ref else "",
        "parts": [PARTS[each] for each in change.parts if each in PARTS],
        "now": now,
        "may_settle": can(check, visit.person, post, on=visit.on),
        "may_take_down": not change.gone and can(rules.check_may_take_down, visit.person, post, on=visit.on),
        "clauses": [clause_shown(one, basis="policy", federation=name, quote=quote) for one in clauses],
    }


def reactions_shown(post: Post) -> list[dict[str, Any]]:
    """Return the reactions to each published copy of a post, with those of the last days. Two queries."""
    out = [
        each
        for each in post.deliveries.all()
        if each.purpose == Purpose.PUBLISH and each.state == Intent.CONFIRMED
    ]
    if not out:
        return []
    counted, checks = archive.reactions_to(out), archive.checks_of(out)
    return [
        {
            "account": each.account.name,
            "told": all_capabilities()[each.account.network].connected().tells_reactions and not each.by_hand,
            "days": counted[each.pk][:MOST_DAYS],
            "views": any(row.views is not None for row in counted[each.pk][:MOST_DAYS]),
            "parts": _by_part(each, counted[each.pk]),
            "check": checks.get(each.pk),
        }
        for each in out
    ]


def _by_part(delivery: Delivery, counted: Sequence[PostReactions]) -> list[tuple[str, Any]]:
    """Return the words of each post of a thread with what was counted for it last; none for a single post."""
    newest = [each or asdict(Reactions()) for each in counted[0].parts] if counted else []
    return list(zip(delivery.parts, newest, strict=True)) if len(newest) == len(delivery.parts) else []


def total_of(shown: list[dict[str, Any]]) -> int:
    """Return the reactions on all networks together, as last read."""
    newest = [each["days"][0] for each in shown if each["days"]]
    return sum(row.total for row in newest)


def reach(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the reactions to an account's posts by month: a way of showing the list of posts."""
    accounts = archive.accounts_counted(visit.person, on=visit.on)
    wanted = number_in(request.GET["account"]) if request.GET.get("account") else None
    chosen = next((each for each in accounts if wanted in (None, each.pk)), None)
    if wanted is not None and chosen is None:
        raise NotFound
    context: dict[str, Any] = {"accounts": accounts, "chosen": chosen, "months": []}
    if chosen is not None:
        first = visit.on.replace(day=1)
        since = first.replace(year=first.year - 1)
        months = archive.by_month(chosen, since, seen_by=visit.person, on=visit.on)
        named = [(f"{MONTHS[each.first.month]} {each.first.year}", each) for each in months]
        context |= {
            "told": all_capabilities()[chosen.network].connected().tells_reactions,
            "months": list(reversed(named)),
            "views": any(each.counts.views is not None for each in months),
            "chart": bar_chart(
                [(name, each.counts.total) for name, each in named],
                title=_("Reactions by month"),
                description=_("Likes, shares, replies and quotes of the posts that came out in each month."),
                label_head=_("Month"),
                value_head=_("Reactions"),
            ),
        }
    return render(request, "posts_live/reach.html", context)


@page(place="posts", methods=("POST",))
def settle(request: HttpRequest, visit: Visit, pk: int, change: int) -> HttpResponseBase:
    """Accept what a network shows now, or note that a post is gone there."""
    found = queries.post_for(visit.person, pk, on=visit.on)
    settled = settle_change(by=visit.person, at=visit.at, change=archive.change_on(found, change))
    told = _("Noted. The post is no longer there.") if settled.gone else _("Accepted as it is now.")
    return done(request, told, "post", pk=pk)


urlpatterns = [
    path("posts/<int:pk>/may-stay", may_stay, name="post-may-stay"),
    path("posts/<int:pk>/looked-at", looked_at, name="post-looked-at"),
    path("posts/<int:pk>/changes/<int:change>", settle, name="post-change-settle"),
]
