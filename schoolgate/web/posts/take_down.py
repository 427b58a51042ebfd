"""Taking several posts down at once: all of an account, of a day, or those chosen in the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account
from schoolgate.core.days import stored_day
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, held_by
from schoolgate.people.rules import can, check_capacity
from schoolgate.people.safeguarding import lead_of
from schoolgate.publishing import queries, rules, taking_down
from schoolgate.publishing.going_out import note_held
from schoolgate.publishing.models import Post, PostState, Purpose
from schoolgate.publishing.taking_down import MOST_AT_ONCE
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.posts.acts import TakeDownForm
from schoolgate.web.posts.wording import REASONS, delivery_shown, snippet

ON_ACCOUNT_PAGE = 5


@page(place="posts", methods=("GET", "HEAD"))
def by_key(request: HttpRequest, visit: Visit, key: str) -> HttpResponseBase:
    """Go from a post on our public page to taking it down, for people who may see it inside."""
    found = queries.sent_under_key(key)
    post = queries.post_for(visit.person, found.post_id, on=visit.on)
    may = post.state in queries.STANDS and can(rules.check_may_take_down, visit.person, post, on=visit.on)
    return redirect(reverse("post", args=[post.pk]) + ("?act=take-down" if may else ""))


def check_takes_down(person: Person, *, on: date) -> None:
    """Raise NotAllowed, naming who to ask, for people who can't take down posts anywhere."""
    if lead_of(person, held_by(person, on=on)):
        return
    if not capacities(person, on=on, anywhere=True) & {"stop_everything", "approve_post", "write_post"}:
        check_capacity(person, "approve_post", on=on, anywhere=True)


def can_take_down(visit: Visit) -> bool:
    """Return whether this visitor can take down posts anywhere."""
    return can(check_takes_down, visit.person, on=visit.on)


def take_down_several(request: HttpRequest, visit: Visit, chosen: Sequence[int]) -> HttpResponseBase:
    """Ask for the reason, and with one take down those of the chosen posts that this person may."""
    found = queries.to_take_down(visit.person, on=visit.on, limit=MOST_AT_ONCE, among=chosen)
    posts = found[:MOST_AT_ONCE]
    if not posts:
        check_takes_down(visit.person, on=visit.on)
        return done(request, _("No posts that you can take down"), f"{reverse('posts')}?show=published")
    account, day = asked_for(request.POST, visit)
    form = TakeDownForm(request.POST if {"reason", "words"} & set(request.POST) else None)
    act = form.save(
        lambda typed: taking_down.take_down_all(
            by=visit.person, at=visit.at, posts=posts, account=account, day=day, **typed
        )
    )
    if act:
        told = _("The posts are being taken down. See the status of each below.")
        return done(request, told, "take-downs", act.value.pk)
    context = {
        "reasons": list(REASONS.items()),
        "account": account,
        "day": day,
        "rows": [_row(post) for post in posts],
    }
    return form_page(request, "posts/take_down_all.html", form, context)


@page(place="posts", methods=("GET", "HEAD"))
def take_downs(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One act of taking several posts down: how far it is, and the truth for each network."""
    act = queries.act_for(visit.person, pk, on=visit.on)
    rows = [
        {**_row(post), "asked": asked, "deliveries": removals_of(post)}
        for post, asked in queries.posts_of(act, seen_by=visit.person, on=visit.on)
    ]
    note_held([row["post"] for row in rows], at=visit.at)
    over = [row for row in rows if row["post"].state in (PostState.TAKEN_DOWN, PostState.WITHDRAWN)]
    context = {
        "act": act,
        "reason": REASONS.get(act.reason, act.reason),
        "rows": rows,
        "number": len(rows),
        "gone": len(over),
    }
    return render(request, "posts/take_downs.html", context)


def removals_of(post: Post) -> list[Any]:
    """Return the status of each removal of a post, in words."""
    rows: Iterable[Any] = post.deliveries.all()
    return [delivery_shown(each) for each in rows if each.purpose == Purpose.TAKE_DOWN]


def _row(post: Post) -> dict[str, Any]:
    return {
        "post": post,
        "snippet": snippet(post),
        "accounts": ", ".join(target.account.name for target in post.targets.all()),
    }


def asked_for(asked: Mapping[str, str], visit: Visit) -> tuple[Account | None, date | None]:
    """Return the account or the day of which posts are to go, if one is named. Raises NotFound."""
    if asked.get("account"):
        return account_for(visit.person, number_in(asked["account"])), None
    try:
        return None, stored_day(asked["day"]) if asked.get("day") else None
    except ValueError:
        raise NotFound from None


@on_account_page
def card_of_account(visit: Visit, account: Account) -> PagePart | None:
    """Return what this visitor could take down from this account, newest first; None for nothing."""
    if not can_take_down(visit):
        return None
    found = queries.to_take_down(
        visit.person, on=visit.on, account=account, limit=ON_ACCOUNT_PAGE, lines=True
    )
    if not found:
        return None
    shown = [_row(post) for post in found[:ON_ACCOUNT_PAGE]]
    return PagePart("posts/_on_account.html", {"rows": shown, "account": account})


urlpatterns = [
    path("posts/sent/<slug:key>/take-down", by_key, name="sent-take-down"),
    path("posts/take-downs/<int:pk>", take_downs, name="take-downs"),
]
