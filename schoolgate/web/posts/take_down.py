"""Taking posts down at once, all of an account, of a day, or those chosen in the list; and the stop
button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import account_for
from schoolgate.accounts.models import Account
from schoolgate.core.clock import LONDON
from schoolgate.core.days import stored_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, Text
from schoolgate.core.models import InstallationStop, School, Stop
from schoolgate.core.stops import all_standing, reason_in_words
from schoolgate.inbox.listing import answers_in_flight
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities, held_by
from schoolgate.people.rules import can, check_capacity
from schoolgate.people.safeguarding import lead_of
from schoolgate.publishing import queries, rules, taking_down
from schoolgate.publishing.models import Post, PostState, Purpose
from schoolgate.publishing.queries import MOST_SHOWN
from schoolgate.publishing.rules import lift_stop, stop_everything
from schoolgate.publishing.sending import note_held
from schoolgate.publishing.taking_down import MOST_AT_ONCE
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import form_page
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.inbox.wording import answer_shown
from schoolgate.web.posts.acts import StopForm, TakeDownForm, sent
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


OF_THE_INSTALLATION = 10
"""Number of the whole installation's newest stops shown among the earlier ones."""


@page(place="posts")
def stop(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what is stopped and what is on its way; stop posting on POST, for people who may."""
    whole, schools = _reach(visit)
    form = _form(request, whole, schools)
    if request.method == "POST":
        rules.check_may_stop(visit.person, None if whole or not schools else schools[0], on=visit.on)
    if form.save(lambda typed: _stop(visit, typed)):
        return done(request, _("Posting is stopped. Nothing new goes out until the stop is lifted."), "stop")
    return _page(request, visit, form, whole, schools)


def _stop(visit: Visit, typed: dict[str, Any]) -> Stop:
    try:
        return stop_everything(
            by=visit.person,
            at=visit.at,
            reason=typed["reason"],
            school=typed["school"],
            until=_end_of(typed["until_day"]),
        )
    except BadInput as error:
        raise BadInput(
            {{"until": "until_day"}.get(name, name): v for name, v in error.fields.items()}
        ) from error


def _page(
    request: HttpRequest, visit: Visit, form: StopForm, whole: bool, schools: list[School]
) -> HttpResponseBase:
    may_stop = whole or bool(schools)
    context: dict[str, Any] = {
        "visit": visit,
        "may_stop": may_stop,
        "ask": "" if may_stop else _whom_to_ask(visit),
        "stops": _shown(all_standing(visit.at), whole, schools),
        **_going_on(visit),
        **_earlier(request, visit, whole, schools),
    }
    return form_page(request, "posts/stop.html", form, context)


def _earlier(request: HttpRequest, visit: Visit, whole: bool, schools: list[School]) -> dict[str, Any]:
    """Return every stop: the reason, who stopped posting, how the stop ended and who lifted it."""
    found = page_by_key(queries.all_stops(), request.GET, by="placed_at")
    machine = queries.newest_stops_of_the_installation(OF_THE_INSTALLATION)
    return {
        "earlier": _shown([*found.rows, *machine], whole, schools, at=visit.at),
        "page": found,
        "earlier_open": bool({"older", "newer"} & set(request.GET)),
    }


def _reach(visit: Visit) -> tuple[bool, list[School]]:
    """Return whether this person may stop the whole federation, and the schools that they may stop."""
    whole = can(rules.check_may_stop, visit.person, None, on=visit.on)
    schools = [
        school
        for school in queries.schools_by_id()
        if whole or can(rules.check_may_stop, visit.person, school, on=visit.on)
    ]
    return whole, schools


def _form(request: HttpRequest, whole: bool, schools: list[School]) -> StopForm:
    reachable = queries.schools_by_id([school.pk for school in schools])
    return StopForm(sent(request), schools=reachable, whole=whole)


def _going_on(visit: Visit) -> dict[str, Any]:
    """Return what is on its way now, what a person is posting by hand, and what is scheduled, of all that
    this visitor sees."""
    who, on = visit.person, visit.on
    moving = queries.in_flight(seen_by=who, on=on)
    stopped = {
        school: rules.stopped(school, at=visit.at) for school in {one.post.school_id for one in moving}
    }
    hand = queries.by_hand_page(seen_by=who, on=on, limit=MOST_SHOWN + 1)
    answers = answers_in_flight(who, on=on, limit=MOST_SHOWN + 1)
    waiting = queries.waiting_for_their_time(seen_by=who, on=on)
    note_held(waiting, at=visit.at)
    return {
        "in_flight": [
            delivery_shown(
                one, held_at=visit.at if stopped[one.post.school_id] and one.purpose == "publish" else None
            )
            for one in moving[:MOST_SHOWN]
        ],
        "answers": [
            answer_shown(one, held_at=visit.at if rules.stopped(one.item.school_id, at=visit.at) else None)
            for one in answers[:MOST_SHOWN]
        ],
        "in_hand": [delivery_shown(one) for one in hand[:MOST_SHOWN]],
        "waiting": [{"post": post, "snippet": snippet(post)} for post in waiting[:MOST_SHOWN]],
        "more_in_flight": max(len(moving), len(answers)) > MOST_SHOWN,
        "more_in_hand": len(hand) > MOST_SHOWN,
        "more_waiting": len(waiting) > MOST_SHOWN,
    }


def _whom_to_ask(visit: Visit) -> Text:
    try:
        rules.check_may_stop(visit.person, None, on=visit.on)
    except NotAllowed as why:
        return why.next_step
    return ""


def _shown(
    rows: Iterable[Stop | InstallationStop], whole: bool, schools: list[School], at: datetime | None = None
) -> list[dict[str, Any]]:
    """Stops with the names of the people who pressed and lifted them; one query for all names."""
    found = list(rows)
    names = queries.names_of_actors(actor for row in found for actor in (row.placed_by, row.lifted_by))
    reach = {school.pk for school in schools}
    return [
        {
            "stop": row,
            "ours": isinstance(row, Stop),
            "reason": reason_in_words(row.reason),
            "by": names.get(row.placed_by, ""),
            "lifted_by": names.get(row.lifted_by, ""),
            "may_lift": isinstance(row, Stop) and (whole or row.school_id in reach),
            "ended": at is not None and row.lifted_at is None and row.until is not None and row.until <= at,
        }
        for row in found
    ]


def _end_of(day: Any) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)


@page(methods=("POST",))
def lift(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End a stop."""
    lift_stop(by=visit.person, at=visit.at, stop=queries.stop(pk))
    return done(
        request, _("Stop lifted. Anything that waited too long needs a new time before it’s posted."), "stop"
    )


urlpatterns = [
    path("posts/sent/<slug:key>/take-down", by_key, name="sent-take-down"),
    path("posts/take-downs/<int:pk>", take_downs, name="take-downs"),
    path("stop", stop, name="stop"),
    path("stop/<int:pk>/lift", lift, name="stop-lift"),
]
