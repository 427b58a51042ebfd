"""Acts of planning: move a post, repeat it, good times, and the calendar address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.core.calendars import days_of_schools
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.days import day_in
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import calendar, queries, rules
from schoolgate.publishing.models import Post, PostState
from schoolgate.publishing.planning import HOLIDAY, OFF, SLOTS_AHEAD, clock_of, kinds_of_days, repeat_days
from schoolgate.rota import calendars
from schoolgate.rota.feeds import end_feed, renew_feed
from schoolgate.rota.models import FeedOf, instant
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.errors import coded
from schoolgate.web.frame.paging import number_in, numbers_in
from schoolgate.web.frame.shown import instant_in_words
from schoolgate.web.frame.twice import Undo, undo_by
from schoolgate.web.posts import calendar as posts_calendar
from schoolgate.web.posts.archive import TABS
from schoolgate.web.posts.calendar import FILTERS, MoveForm, RepeatForm, SlotForm, short_day

NO_SLOT = gettext_lazy(
    "No good time is free on its accounts in the next eight weeks. Add one, or choose a time."
)


@page(place="posts", capacity="write_post", methods=("POST",))
def move(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Move a post to another day and time, or to the next free good time."""
    asked = request.POST
    back = posts_calendar.address_of(asked, visit.on)
    pk = number_in(asked["post"]) if asked.get("post") else 0
    choices = [(str(pk), "")] if pk else []
    form = MoveForm(asked, posts=choices)
    found = queries.post_for(visit.person, pk, on=visit.on) if pk else None
    before = found.planned_at if found else None
    moved = form.save(lambda _typed: _move(visit, form, cast("Post", found), slot=asked.get("do") == "slot"))
    if moved is not None:
        return done(request, _told_of_move(moved.value), back, undo=_moved_back(asked, before, at=visit.at))
    shown_in = calendar.planned_between(
        visit.person, on=visit.on, first=visit.at, last=visit.at + SLOTS_AHEAD
    )
    own = posts_calendar.movable(visit, [*shown_in, *calendar.without_time(visit.person)])
    if pk and str(pk) not in dict(own):
        own = [(str(pk), _("This post")), *own]
    form.fields["post"].choices = [("", _("Choose")), *own]  # type: ignore[attr-defined]
    return posts_calendar.shown(request, visit, asked, TABS, move=form)


def _move(visit: Visit, form: MoveForm, found: Post, *, slot: bool) -> Post:
    if slot:
        accounts = [each.account_id for each in found.targets.all()]
        free = calendar.next_free_slot(accounts, after=visit.at, but=found.pk)
        if free is None:
            raise BadInput({"post": NO_SLOT})
        return calendar.move_post(by=visit.person, at=visit.at, post=found, planned_at=free)
    then = form.instant_for(found.planned_at)
    return calendar.move_post(by=visit.person, at=visit.at, post=found, planned_at=then)


def _moved_back(asked: Mapping[str, str], before: datetime | None, *, at: datetime) -> Undo | None:
    """Return what gives a moved post the time that it had; None where it had none, or that is over."""
    if before is None or before <= at:
        return None
    local = before.astimezone(LONDON)
    fields = {name: asked[name] for name in ("post", "as", "from", "show", *FILTERS) if asked.get(name)}
    return undo_by("post-move", do="move", day=f"{local:%Y-%m-%d}", time=f"{local:%H:%M}", **fields)


def _told_of_move(post: Post) -> str:
    assert post.planned_at is not None
    when = instant_in_words(post.planned_at)
    if post.state == PostState.SUBMITTED:
        return _("Moved to {when}. It needs approval of the new time.").format(when=when)
    return _("Moved to {when}.").format(when=when)


@page(place="posts", capacity="write_post", methods=("POST",))
def add_slot(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a good time."""
    back = posts_calendar.address_of(request.POST, visit.on)
    accounts = calendar.slots_to_set(visit.person, on=visit.on)
    form = SlotForm(request.POST, accounts=accounts)

    def add(typed: dict[str, Any]) -> None:
        account = next(each for each in accounts if str(each.pk) == typed["account"])
        calendar.add_slots(
            by=visit.person, at=visit.at, account=account, weekdays=typed["weekdays"], clock=typed["clock"]
        )

    if form.save(add):
        return done(request, _("Good time added."), f"{back}#slots")
    return posts_calendar.shown(request, visit, request.POST, TABS, slot=form)


@page(place="posts", capacity="write_post", methods=("POST",))
def remove_slot(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Remove a good time."""
    back = posts_calendar.address_of(request.POST, visit.on)
    calendar.remove_slot(by=visit.person, at=visit.at, slot=calendar.slot(pk))
    return done(request, _("Good time removed. Scheduled posts stay as they are."), f"{back}#slots")


def with_next_slot(typed: QueryDict, visit: Visit, post: Post | None) -> QueryDict | None:
    """Return the form of writing with day and time of the next free good time of the chosen accounts; None
    where none is free."""
    accounts = numbers_in(typed.getlist("accounts"))
    free = calendar.next_free_slot(accounts, after=visit.at, but=post.pk if post else None)
    if free is None:
        return None
    filled = typed.copy()
    filled["day"], filled["time"] = local_day(free).isoformat(), f"{clock_of(free):%H:%M}"
    return filled


def may_repeat(person: Person, post: Post, *, on: date) -> bool:
    """Whether this person may repeat a post: its author, once it has a time, unless it is gone."""
    planned_well = post.planned_at is not None and post.state not in calendar.GONE
    return planned_well and can(rules.check_may_change, person, post, on=on)


def repeat(
    request: HttpRequest, visit: Visit, found: Post, show: Callable[..., HttpResponseBase]
) -> HttpResponseBase:
    """Show the days on which a post would be repeated, then make a draft for each chosen one. `show`: the
    post's page with a form open."""
    rules.check_may_change(visit.person, found, on=visit.on)
    if found.planned_at is None or found.state in calendar.GONE:
        raise NotFound
    form = RepeatForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, visit, found, act="repeat", form=form)
    offered = _offered(visit, found, form)
    chosen = [each for each in request.POST.getlist("days") if each in {one["value"] for one in offered}]
    if request.POST.get("do") == "make":
        made = form.save(
            lambda _typed: calendar.repeat_post(
                by=visit.person, at=visit.at, post=found, days=[day_in(each) for each in chosen]
            )
        )
        if made is not None:
            told = ngettext(
                "{number} draft made. Send it for approval when it’s ready.",
                "{number} drafts made. Send each for approval when it’s ready.",
                len(made.value),
            ).format(number=len(made.value))
            first = made.value[0].planned_at
            start = local_day(first).isoformat() if first else ""
            return done(request, told, f"{reverse('posts')}?as=month&from={start}")
    elif not offered:
        form.add_error("until", _("There are no days left to repeat it on. Choose a later date."))
    return show(request, visit, found, act="repeat", form=form, offered=offered)


def _offered(visit: Visit, found: Post, form: RepeatForm) -> list[dict[str, Any]]:
    """Return the days of a repetition: what each is for the school, ticked unless pupils are away."""
    assert found.planned_at is not None
    clock, there = clock_of(found.planned_at), calendar.repeated_on(found)
    monthly = form.cleaned_data["every"] == "month"
    days = [
        day
        for day in repeat_days(local_day(found.planned_at), monthly=monthly, until=form.cleaned_data["until"])
        if day not in there and instant(day, clock) > visit.at
    ]
    schools = [each for each in days_of_schools() if each.school.pk == found.school_id]
    kinds = kinds_of_days(schools, days)
    words = {HOLIDAY: _("School holiday"), "bank_holiday": _("Bank holiday"), "inset": _("INSET day")}
    words |= {"weekend": _("Weekend"), "unknown": _("Term dates not entered")}
    return [
        {
            "value": day.isoformat(),
            "words": f"{short_day(day)} {day.year}, {clock_of(instant(day, clock)):%H:%M}",
            "label": words.get(kinds[day].get(found.school_id, ""), ""),
            "ticked": kinds[day].get(found.school_id, "") not in OFF,
        }
        for day in days
    ]


@page(place="posts", methods=("POST",))
def address(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Make the calendar address of the posts a person sees, or a new one in its place. It is shown once."""
    text = renew_feed(by=visit.person, at=visit.at, of=FeedOf.POSTS)
    path_of = reverse("posts-feed", args=[visit.federation.slug, text])
    context = {"feed": True, "address": request.build_absolute_uri(path_of)}
    answer = render(request, "plan/address.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page(place="posts", methods=("POST",))
def end_address(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Stop the address working."""
    end_feed(by=visit.person, at=visit.at, of=FeedOf.POSTS)
    return done(request, _("The calendar address no longer works."), f"{reverse('posts')}?as=month")


@coded("posts-feed", part="token")
@public_page(methods=("GET", "HEAD"))
def feed(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """The posts behind an address. A wrong or old one is like one that never was."""
    person = calendars.person_of(token, at=visit.at, of=FeedOf.POSTS)
    if person is None:
        raise NotFound
    found = calendar.calendar_of(
        person, at=visit.at, link=lambda pk: request.build_absolute_uri(reverse("post", args=[pk]))
    )
    answer = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


urlpatterns = [
    path("posts/move", move, name="post-move"),
    path("posts/slots", add_slot, name="post-slots"),
    path("posts/slots/<int:pk>/remove", remove_slot, name="post-slot-remove"),
    path("posts/calendar", address, name="posts-calendar"),
    path("posts/calendar/end", end_address, name="posts-calendar-end"),
    path("<slug:federation>/posts/<secret:token>.ics", feed, name="posts-feed"),
]
