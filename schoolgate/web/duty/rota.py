"""The rota: who is on duty this week, gaps, and the work that falls on them; times as people say them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.care import check_may_offer, runs_any
from schoolgate.core.calendars import WEEKDAYS, Holiday, any_terms, holidays_ahead
from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.models import Federation
from schoolgate.core.stops import reason_in_words
from schoolgate.duties.queries import known_to
from schoolgate.incidents.queries import meant_in_open
from schoolgate.people.leaving import days_away
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_of, capacities, held_by
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import lead_of
from schoolgate.reports import cover as covering
from schoolgate.rota import calendars, rules, turns
from schoolgate.rota.models import Gap, Rota
from schoolgate.rota.turns import Duty, OnDuty, lasts_until, next_after
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_today_page
from schoolgate.web.frame.wording import says_on

NOON = 12
GAPS = {
    Gap.NOBODY: gettext_lazy("No one"),
    Gap.LEFT: gettext_lazy("Has left"),
    Gap.AWAY: gettext_lazy("Away"),
    Gap.ROLE: gettext_lazy("No role"),
}


@dataclass(frozen=True)
class ShownTurn:
    """A duty as a line of a list: when, who, and one tag. `own`: the visitor's."""

    duty: Duty
    when: str
    who: str
    word: str | Promise
    sign: str
    href: str
    own: bool


@dataclass(frozen=True)
class Now:
    """Who is on duty for one place, until when, and who is next. `who`: "" where no one is."""

    place: str
    who: str
    until: str
    following: str
    href: str


def clock(at: datetime) -> str:
    """ "8am", "5:30pm", "midday", "midnight", in London."""
    return time_of_day(at.astimezone(LONDON).time())


def time_of_day(at: time) -> str:
    """Return the same for a time on the clock."""
    if (at.hour, at.minute) in ((0, 0), (NOON, 0)):
        return _("midday") if at.hour else _("midnight")
    shown = f"{at.hour % NOON or NOON}" + (f":{at.minute:02}" if at.minute else "")
    return (_("{time}am") if at.hour < NOON else _("{time}pm")).format(time=shown)


def near(ends: datetime, *, at: datetime) -> str:
    """ "8am", "8am Monday", "8am Mon 4 Jan": a time seen from an instant."""
    days = (local_day(ends) - local_day(at)).days
    if days == 0:
        return clock(ends)
    day = str(WEEKDAYS[local_day(ends).weekday()]) if 0 < days < len(WEEKDAYS) else short(local_day(ends))
    return _("{time} {day}").format(time=clock(ends), day=day)


def short(day: date) -> str:
    """Such as "Mon 21 Dec", in the reader's language."""
    return date_format(day, "D j M")


def span(one: Duty) -> str:
    """ "5pm to 8am Tue 22 Dec"; the day of its end where that is another."""
    last = local_day(one.ends_at)
    ends = clock(one.ends_at)
    if last != one.day:
        ends = _("{time} {day}").format(time=ends, day=short(last))
    return _("{starts} to {ends}").format(starts=clock(one.starts_at), ends=ends)


def _still(one: Duty, day: date) -> str:
    if local_day(one.ends_at) > day:
        return _("All day")
    return _("Until {time}").format(time=clock(one.ends_at))


def place_of(rota: Rota, federation: Federation) -> str:
    """The school, or the federation."""
    return rota.school.name if rota.school is not None else federation.name


def address(name: str, one: Duty) -> str:
    """The address of a page about a duty."""
    return reverse(name, args=[one.shift.pk, one.day.isoformat()])


def shown_turn(one: Duty, person: Person, *, at: datetime, day: date | None = None) -> ShownTurn:
    """A duty as a line; on a `day` after that of its start, only how long it still lasts."""
    word, sign = _tag(one, at=at)
    return ShownTurn(
        duty=one,
        when=span(one) if day is None or day == one.day else _still(one, day),
        who=one.person.name if one.person is not None else "",
        word=word,
        sign=sign,
        href=address("rota-turn", one),
        own=one.person == person,
    )


def _tag(one: Duty, *, at: datetime) -> tuple[str | Promise, str]:
    if one.called_off:
        return _("Not needed"), ""
    if one.checked_in:
        return _("Checked in"), "good"
    if one.gap:
        return GAPS[Gap(one.gap)], "no"
    if one.is_on(at):
        return _("Not checked in"), "wait"
    if one.ends_at <= at:
        return _("Not checked in"), ""
    return "", ""


def now_shown(
    rotas: Iterable[Rota],
    found: Sequence[Duty],
    federation: Federation,
    *,
    at: datetime,
    but: Collection[int] = (),
) -> list[Now]:
    """Return for each rota who is on duty, until when, and who is next; none where one of `but` is."""
    shown = []
    for rota in rotas:
        here = [one for one in found if one.rota.pk == rota.pk]
        current = next((one for one in here if one.is_on(at) and one.covered), None)
        if current is not None and current.person is not None and current.person.pk in but:
            continue
        if current is not None:
            following = next_after(current, here)
        else:
            later = (one for one in here if one.starts_at > at and one.covered)
            following = min(later, key=lambda one: one.starts_at, default=None)
        shown.append(
            Now(
                place=place_of(rota, federation),
                who=current.person.name if current is not None and current.person is not None else "",
                until=near(lasts_until(current, here), at=at) if current is not None else "",
                following=next_in_words(following, at=at),
                href=address("rota-turn", current) if current is not None else "",
            )
        )
    return shown


def next_in_words(one: Duty | None, *, at: datetime) -> str:
    """ "Helen Marsh, from 8am Monday"; empty where no one is known."""
    if one is None or one.person is None:
        return ""
    return _("{who}, from {when}").format(who=one.person.name, when=near(one.starts_at, at=at))


def on_duty_by_day(found: Iterable[Duty]) -> dict[date, OnDuty]:
    """Return who is on duty at any time of each day."""
    days: dict[date, list[Duty]] = {}
    for one in found:
        if one.covered:
            day = local_day(one.starts_at)
            while day <= local_day(one.ends_at):
                days.setdefault(day, []).append(one)
                day = date.fromordinal(day.toordinal() + 1)
    return {day: OnDuty(each) for day, each in days.items()}


WEEK = timedelta(days=7)
DAY = timedelta(days=1)
BEFORE = timedelta(days=14)
LATER = timedelta(days=21)
"""How far ahead to search for the next person on duty."""
FURTHEST = timedelta(days=366)
MOST_NAMED = 3
SAYS = {
    "account.watch": (
        "looked_at",
        "days_looked_at",
        "looked_at_in_holidays",
        "contributions_read",
        "friends_comments_read",
    ),
    "site.check": ("moderators_on_hand",),
    "item.received": ("reply_due", "removal_due"),
}
"""Where a policy covers when accounts are checked and how soon to reply: situation -> its points."""
SIGNS = {
    covering.DUTY: "good",
    covering.LEADS: "good",
    covering.TEAM: "info",
    covering.ROLE: "wait",
    covering.NOBODY: "no",
}
WORDS = {
    covering.DUTY: gettext_lazy("On duty"),
    covering.LEADS: gettext_lazy("Lead"),
    covering.TEAM: gettext_lazy("Team member"),
    covering.ROLE: gettext_lazy("By role only"),
    covering.NOBODY: gettext_lazy("No one"),
}


@dataclass(frozen=True)
class Cell:
    """Who is there for an account on a day, in words. `more`: how many there are beyond those named."""

    head: str
    sign: str
    word: Any
    names: Sequence[str]
    more: int


@dataclass(frozen=True)
class Row:
    """An account: its cells of the days shown, and what is missing in the week."""

    account: Any
    cells: Sequence[Cell]
    gaps: Sequence[str]
    without_lead: Sequence[str]
    may_ask: bool


def sees(visit: Visit) -> bool:
    """Return whether the visitor sees the rota. Use it to show a link."""
    return can(check_may_see, visit.person, on=visit.on)


def check_may_see(person: Person, *, on: date) -> None:
    """Raise NotAllowed for people who neither run an account nor reply, decide, oversee, administer or lead
    on safeguarding."""
    if not (
        covering.SEES & capacities(person, on=on, anywhere=True)
        or lead_of(person, held_by(person, on=on))
        or runs_any(person)
    ):
        raise NotAllowed(
            _("Only people who run an account, reply, decide or lead on safeguarding can see the rota."),
            _("You can still enter your own days away on your own page, like everyone else."),
        )


def sets_any(person: Person, *, on: date) -> bool:
    """Return whether a person sets the rota anywhere. Use it to show a link, never to allow an action."""
    return bool(rules.SETS & capacities(person, on=on, anywhere=True))


@page(place="accounts", check=check_may_see)
def week(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Seven days, from today on or the week of a day (`?week=`): who is on duty, what is missing, and the
    tasks due then."""
    day = request.GET.get("week", "")
    first = _monday(day, visit.on) if day else visit.on
    days = [first + n * DAY for n in range(7)]
    starts, ends = begins(first), begins(first + WEEK)
    rotas = turns.rotas()
    found = turns.duties(min(starts, visit.at), max(ends, visit.at + LATER))
    this_week = [one for one in found if one.starts_at < ends and one.ends_at > starts]
    context: dict[str, Any] = {
        "visit": visit,
        "monday": first if day else None,
        "days": _days(days, rotas, this_week, visit),
        "heads": [_("Day"), *_places(rotas, visit)],
        "rotas": rotas,
        "now": now_shown(rotas, found, visit.federation, at=visit.at),
        "gaps": [
            shown_turn(one, visit.person, at=visit.at)
            for one in this_week
            if one.gap and not one.called_off and one.ends_at > visit.at
        ],
        "earlier": first - (WEEK if day else DAY * 0),
        "later": first + WEEK,
        "no_terms": not any_terms(),
        "enters": opens(visit, "set-up-schools"),
        "sets": sets_any(visit.person, on=visit.on),
        "feed": calendars.feed_of(visit.person),
        "mine": [span_of_days(each.from_day, each.to_day) for each in days_away(visit.person, on=visit.on)],
        **_cover(request, visit, days, this_week),
    }
    return render(request, "rota/week.html", context)


def _places(rotas: Sequence[Any], visit: Visit) -> list[str]:
    """The heads of the rotas; a single one needs no name."""
    if len(rotas) == 1:
        return [_("On duty")]
    return [place_of(each, visit.federation) for each in rotas]


def _monday(day: str, on: date) -> date:
    try:
        wanted = day_in(day)
    except ValueError:
        raise NotFound from None
    if abs(wanted - on) > FURTHEST:
        raise NotFound
    return wanted - timedelta(days=wanted.weekday())


def _days(
    days: Sequence[date], rotas: Sequence[Any], found: Sequence[turns.Duty], visit: Visit
) -> list[dict[str, Any]]:
    """The days, each with the shifts that have a part of it, rota by rota."""
    places = _places(rotas, visit)
    return [
        {
            "day": day,
            "head": short(day),
            "today": day == visit.on,
            "cells": [
                {
                    "head": place if len(rotas) > 1 else "",
                    "turns": [
                        shown_turn(one, visit.person, at=visit.at, day=day)
                        for one in found
                        if one.rota.pk == rota.pk and day in turns.days_touched(one.span)
                    ],
                }
                for rota, place in zip(rotas, places, strict=True)
            ],
        }
        for day in days
    ]


def _cover(
    request: HttpRequest, visit: Visit, days: Sequence[date], found: Sequence[turns.Duty]
) -> dict[str, Any]:
    """Return who covers each account in the week, who decides, and what is due."""
    book = book_of(visit.federation)
    held = list(assignments(visit.person, on=visit.on, where=Where(anywhere=True)))
    span = Holiday(days[0], days[-1], tuple(turns.schools()))
    reached = covering.reach_of(visit.person, held, book)
    shown = page_by_key(
        covering.with_team(covering.accounts_of(span, reached), span), request.GET, by="made_at"
    )
    cover = covering.cover(
        span,
        sorted(shown.rows, key=lambda account: (account.name, account.pk)),
        book,
        all_of_it=bool(visit.capacities & covering.SEES),
        tasks=known_to(visit.person, visit.on) if visit.capacities & covering.COUNTED else None,
        on_duty=on_duty_by_day(found),
    )
    rows = [_row(each, days, visit) for each in cover.accounts]
    return {
        "account_heads": [_("Account"), *(short(each) for each in days)],
        "rows": rows,
        "page": shown,
        "falls": [_falls(each) for each in cover.days if each.anything],
        "deciders": [(gap, [span_of_days(*each) for each in gap.spans]) for gap in cover.deciders],
        "any_gap": any(row.gaps for row in rows),
        "holidays": _holidays(days),
        "says": says_on(book, SAYS),
    }


def _holidays(days: Sequence[date]) -> list[Holiday]:
    return [each for each in holidays_ahead(days[0]) if each.first <= days[-1] and each.last >= days[0]]


def _row(found: covering.AccountCover, days: Sequence[date], visit: Visit) -> Row:
    account = found.account
    return Row(
        account,
        [_cell(each) for each in found.days if each.day in days],
        [span_of_days(*each) for each in found.gaps],
        [span_of_days(*each) for each in found.without_lead],
        bool(found.gaps) and can(check_may_offer, visit.person, account, on=visit.on),
    )


def _cell(found: covering.AccountDay) -> Cell:
    names = [person.name for person in found.people]
    return Cell(
        short(found.day),
        SIGNS[found.how],
        WORDS[found.how],
        names[:MOST_NAMED],
        len(names[MOST_NAMED:]),
    )


def _falls(found: covering.OnDay) -> dict[str, Any]:
    return {
        "day": found.day,
        "lapses": found.lapses,
        "stops": [(stop, reason_in_words(stop.reason)) for stop in found.stops],
        "tasks": found.tasks,
        "left_lying": found.left_lying,
    }


def span_of_days(first: date, last: date) -> str:
    """ "Mon 21 Dec – Fri 1 Jan"."""
    return short(first) if first == last else f"{short(first)} – {short(last)}"


@page(place="accounts")
def old_cover(request: HttpRequest, visit: Visit, day: str = "") -> HttpResponseRedirect:
    """The holiday cover of before, which mails and bookmarks may name: its week on the rota."""
    if not day:
        ahead = holidays_ahead(visit.on)
        day = max(ahead[0].first, visit.on).isoformat() if ahead else visit.on.isoformat()
    return redirect(week_of(day))


def week_of(day: str) -> str:
    """Return the address of a day's week on the rota."""
    return f"{reverse('rota')}?week={day}"


@beside_accounts
def lead(visit: Visit) -> PlaceLink | None:
    """Return a link below the list of accounts, for people who may open the page."""
    return PlaceLink("rota", gettext_lazy("Rota")) if sees(visit) else None


@on_today_page
def today(visit: Visit) -> PagePart | None:
    """Return a card: the person's duty, until when and who is next; or else their own next shift."""
    found = turns.duties(visit.at, visit.at + LATER)
    if not found:
        return None
    mine = [one for one in found if one.covered and one.person == visit.person]
    own = next((one for one in mine if one.is_on(visit.at)), None) or next(
        (one for one in mine if one.starts_at > visit.at), None
    )
    if own is None and not sees(visit):
        return None
    return PagePart("rota/_today.html", _today(visit, own, found), first=True)


def _today(
    visit: Visit,
    own: turns.Duty | None,
    found: Sequence[turns.Duty],
) -> dict[str, Any]:
    rotas = turns.in_order({each.rota.pk: each.rota for each in found}.values())
    everywhere = len(rotas) == 1 and rotas[0].school is None
    if own is None:
        here = [one.person for one in found if one.person and one.is_on(visit.at)]
        meant = meant_in_open(here, reader=visit.person, on=visit.on)
        now = now_shown(rotas, found, visit.federation, at=visit.at, but=meant)
        return {"now": now, "everywhere": everywhere}
    on = own.is_on(visit.at)
    following = turns.next_after(own, found)
    note = turns.last_note(own, reader=visit.person) if on else None
    return {
        "own": own,
        "on": on,
        "until": near(turns.lasts_until(own, found), at=visit.at),
        "from": near(own.starts_at, at=visit.at),
        "place": place_of(own.rota, visit.federation),
        "everywhere": everywhere,
        "next": next_in_words(following, at=visit.at),
        "may_check_in": not own.checked_in and visit.at >= own.starts_at - timedelta(minutes=30),
        "href": address("rota-turn", own),
        "check_in": address("rota-check-in", own),
        "note_href": address("rota-note", own),
        "note": note,
    }


@on_today_page
def soon(visit: Visit) -> PagePart | None:
    """Return a card in the two weeks before a holiday, for people who may see the cover and for authors."""
    if not visit.capacities & (covering.SEES | {"write_post"}):
        return None
    near = [each for each in holidays_ahead(visit.on) if each.known or each.first > visit.on]
    if not near or not near[0].first - BEFORE <= visit.on <= near[0].last:
        return None
    holiday = near[0]
    if (holiday.last - holiday.first).days < 3 and not visit.capacities & covering.SEES:
        return None
    mine = [each for each in days_away(visit.person, on=visit.on) if each.from_day <= holiday.last]
    return PagePart(
        "cover/_today.html",
        {
            "holiday": holiday,
            "href": week_of(max(holiday.first, visit.on).isoformat()),
            "away": reverse("person-away", args=[visit.person.pk]),
            "begun": holiday.first <= visit.on,
            "sees": sees(visit),
            "said": [span_of_days(each.from_day, each.to_day) for each in mine],
        },
    )


def on_day(shift_pk: int, day: str) -> turns.Duty:
    """The duty that an address names. Raises NotFound."""
    try:
        return turns.duty(turns.shift(shift_pk), day_in(day))
    except ValueError:
        raise NotFound from None


def late_at(one: turns.Duty) -> datetime:
    """From when on others may check in for a duty."""
    return one.starts_at + timedelta(minutes=one.rota.check_in_minutes)


urlpatterns = [
    path("rota", week, name="rota"),
    path("accounts/cover", old_cover, name="cover"),
    path("accounts/cover/<str:day>", old_cover, name="cover-day"),
]
