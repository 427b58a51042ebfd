"""The rota: who is on duty this week, gaps, and the work that falls on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.care import check_may_offer, runs_any
from schoolgate.core.clock import begins
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.school_year import Holiday, any_terms, holidays_ahead
from schoolgate.core.stops import reason_in_words
from schoolgate.duties.queries import known_to
from schoolgate.incidents.queries import meant_in_open
from schoolgate.people.absences import days_away
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_of, capacities, held_by
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import lead_of
from schoolgate.reports import cover as covering
from schoolgate.rota import calendars, rules, turns
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Basis
from schoolgate.web.duty import rota_wording as wording
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_today_page
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

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
        "now": wording.now_shown(rotas, found, visit.federation, at=visit.at),
        "gaps": [
            wording.shown_turn(one, visit.person, at=visit.at)
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
    return [wording.place_of(each, visit.federation) for each in rotas]


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
            "head": wording.short(day),
            "today": day == visit.on,
            "cells": [
                {
                    "head": place if len(rotas) > 1 else "",
                    "turns": [
                        wording.shown_turn(one, visit.person, at=visit.at, day=day)
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
        on_duty=wording.on_duty_by_day(found),
    )
    rows = [_row(each, days, visit) for each in cover.accounts]
    return {
        "account_heads": [_("Account"), *(wording.short(each) for each in days)],
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


def says_on(book: Book, asked: Mapping[str, Sequence[str]]) -> list[ShownClause]:
    """The clauses of the policy itself, each once, that bind at these points of these situations.

    Where no point of a situation is named, at all of its points.
    """
    federation, quote = federation_of(book.key), quote_from(book)
    clauses: dict[str, str] = {}
    for situation, points in asked.items():
        for one in book.bound(situation):
            if (not points or one.point in points) and one.basis in (Basis.POLICY, Basis.CHOSEN):
                clauses.setdefault(one.clauses[0], str(one.basis))
    return [
        clause_shown(clause, basis=basis, federation=federation, quote=quote)
        for clause, basis in clauses.items()
    ]


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
        wording.short(found.day),
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
    return wording.short(first) if first == last else f"{wording.short(first)} – {wording.short(last)}"


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
        now = wording.now_shown(rotas, found, visit.federation, at=visit.at, but=meant)
        return {"now": now, "everywhere": everywhere}
    on = own.is_on(visit.at)
    following = turns.next_after(own, found)
    note = turns.last_note(own, reader=visit.person) if on else None
    return {
        "own": own,
        "on": on,
        "until": wording.near(turns.lasts_until(own, found), at=visit.at),
        "from": wording.near(own.starts_at, at=visit.at),
        "place": wording.place_of(own.rota, visit.federation),
        "everywhere": everywhere,
        "next": wording.next_in_words(following, at=visit.at),
        "may_check_in": not own.checked_in and visit.at >= own.starts_at - timedelta(minutes=30),
        "href": wording.address("rota-turn", own),
        "check_in": wording.address("rota-check-in", own),
        "note_href": wording.address("rota-note", own),
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
