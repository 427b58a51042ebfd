"""The calendar of posts: a way of showing the list, by month or by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from schoolgate.core.clock import LONDON, begins
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.core.school_year import days_of_schools
from schoolgate.publishing.calendar import (
    MOST_TO_MOVE,
    Planned,
    clashes_of,
    held_among,
    may_move,
    planned_between,
    slots_of,
    slots_to_set,
    without_time,
)
from schoolgate.rota.calendars import feed_of
from schoolgate.rota.models import FeedOf
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.posts.calendar_days import Sheet, short_day
from schoolgate.web.posts.planning_forms import MoveForm, SlotForm

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_OF_A_DAY = {"month": 4, "week": 40}
YEARS = range(2001, 2099)
FILTERS = ("account", "school", "author")


@dataclass(frozen=True)
class Span:
    """What is shown: `way` is month or week. `first` and `last` are the days of the month or week."""

    way: str
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Return the days of the page: whole weeks, Monday first."""
        start = self.first - self.first.weekday() * DAY
        end = self.last + (6 - self.last.weekday()) * DAY
        return [start + n * DAY for n in range((end - start).days + 1)]

    @property
    def inside(self) -> set[date]:
        """Return the days of the month or week itself."""
        return {each for each in self.days if self.first <= each <= self.last}

    @property
    def title(self) -> str:
        """Return the heading: the month, or the first and last day of the week."""
        if self.way == "week":
            return f"{short_day(self.first)} – {short_day(self.last)} {self.last.year}"
        return f"{MONTHS[self.first.month]} {self.first.year}"


def span_of(asked: Mapping[str, str], today: date) -> Span:
    """Return the month or week that is asked for, around today without a day. Raises NotFound for anything
    else."""
    way, text = asked.get("as", ""), asked.get("from", "")
    try:
        day = day_in(text) if text else today
    except ValueError:
        raise NotFound from None
    if way not in MOST_OF_A_DAY or day.year not in YEARS:
        raise NotFound
    if way == "week":
        monday = day - day.weekday() * DAY
        return Span(way, monday, monday + 6 * DAY)
    first = day.replace(day=1)
    return Span(way, first, (first + 31 * DAY).replace(day=1) - DAY)


def state_tabs(tabs: Sequence[Any]) -> list[Any]:
    """Return the headings of the list that are a status of posts."""
    return [each for each in tabs if each.states or not each.key]


def shown(
    request: HttpRequest,
    visit: Visit,
    asked: Mapping[str, str],
    tabs: Sequence[Any],
    *,
    move: MoveForm | None = None,
    slot: SlotForm | None = None,
) -> HttpResponseBase:
    """Show the posts of a month or a week. `asked`: the query string, or the fields of a form that repeat it.
    `move`, `slot`: a form that was sent and is shown with its errors."""
    span = span_of(asked, visit.on)
    tab = next((each for each in state_tabs(tabs) if each.key == asked.get("show", "")), None)
    if tab is None:
        raise NotFound
    chosen = {name: number_in(asked[name]) for name in FILTERS if asked.get(name)}
    days = span.days
    posts = held_among(
        planned_between(visit.person, on=visit.on, first=begins(days[0]), last=begins(days[-1] + DAY)),
        at=visit.at,
    )
    among = [each for each in posts if _fits(each, chosen)]
    schools = days_of_schools()
    inside = span.inside
    sheet = Sheet(
        visit.person,
        visit.on,
        days,
        inside,
        [each for each in schools if chosen.get("school") in (None, each.school.pk)],
        shown=[each for each in among if not tab.states or each.state in tab.states],
        all_states=among,
        clashes=clashes_of(posts),
        most=MOST_OF_A_DAY[span.way],
    )
    stays = {"show": tab.key, **chosen}
    query = _query({"as": span.way, "from": span.first.isoformat(), **stays})
    context = {
        "visit": visit,
        "span": span,
        "days": sheet.drawn(),
        "words": sheet.words(),
        "number": sum(1 for each in sheet.shown if each.day in inside),
        "tab": tab,
        "tabs": tabs,
        "states": state_tabs(tabs),
        "chosen": chosen,
        "schools": [each.school for each in schools],
        "accounts": _named({account: name for each in posts for account, name in each.accounts}),
        "authors": _named({each.author_id: each.author for each in posts}),
        "may_write": "write_post" in visit.capacities,
        "query": query,
        "hidden": [("as", span.way), ("from", span.first.isoformat()), *stays.items()],
        "earlier": _query({"as": span.way, "from": (span.first - DAY).isoformat(), **stays}),
        "later": _query({"as": span.way, "from": (span.last + DAY).isoformat(), **stays}),
        "now": _query({"as": span.way, **stays}) if visit.on not in inside else "",
        "feed": feed_of(visit.person, FeedOf.POSTS),
        "loose": [],
    }
    context |= _moving(visit, asked, posts, move) | _slots(visit, slot)
    failed = any(form is not None and form.errors for form in (move, slot))
    return render(request, "plan/calendar.html", context, status=422 if failed else 200)


def _fits(post: Planned, chosen: Mapping[str, int]) -> bool:
    accounts = {pk for pk, _name in post.accounts}
    return (
        chosen.get("school") in (None, post.school_id)
        and chosen.get("author") in (None, post.author_id)
        and ("account" not in chosen or chosen["account"] in accounts)
    )


def _moving(
    visit: Visit, asked: Mapping[str, str], posts: Sequence[Planned], form: MoveForm | None
) -> dict[str, Any]:
    """Return the form with which posts are moved: the person's own, of these days or without a time."""
    if "write_post" not in visit.capacities:
        return {"move": None}
    loose = without_time(visit.person)
    picked = asked.get("move", "")
    choices = movable(visit, [*posts, *loose])
    if form is None:
        form = MoveForm(posts=choices, initial={"post": picked})
    return {"move": form, "moving": bool(picked) or form.is_bound, "may_move": bool(choices), "loose": loose}


def movable(visit: Visit, posts: Sequence[Planned]) -> list[tuple[str, str]]:
    """Return those of these posts that this person may move, as choices."""
    own = [each for each in posts if may_move(visit.person, each)]
    return [(str(each.pk), _called(each)) for each in own[:MOST_TO_MOVE]]


def _called(post: Planned) -> str:
    text = Truncator(" ".join(post.text.split())).chars(40) or "–"
    if post.at is None or post.day is None:
        return _("No time: {text}").format(text=text)
    return f"{short_day(post.day)}, {post.at.astimezone(LONDON):%H:%M}: {text}"


def _slots(visit: Visit, form: SlotForm | None) -> dict[str, Any]:
    accounts = slots_to_set(visit.person, on=visit.on)
    if not accounts:
        return {"slot": None}
    kept = slots_of([each.pk for each in accounts])
    return {
        "slot": form or SlotForm(accounts=accounts),
        "slots_open": form is not None,
        "slots": [
            {"account": each, "slots": [one for one in kept if one.account_id == each.pk]}
            for each in accounts
            if any(one.account_id == each.pk for one in kept)
        ],
    }


def _named(names: Mapping[int, str | Promise]) -> list[tuple[int, str]]:
    return sorted(((pk, str(name)) for pk, name in names.items()), key=lambda each: each[1].casefold())


def _query(parts: Mapping[str, Any]) -> str:
    return urlencode({name: value for name, value in parts.items() if value})


def address_of(asked: Mapping[str, str], today: date) -> str:
    """Return the address of the calendar that a form was sent from."""
    span = span_of(asked, today)
    parts: dict[str, Any] = {"as": span.way, "from": span.first.isoformat(), "show": asked.get("show", "")}
    parts |= {name: number_in(asked[name]) for name in FILTERS if asked.get(name)}
    return f"{reverse('posts')}?{_query(parts)}"
