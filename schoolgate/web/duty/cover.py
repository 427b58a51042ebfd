"""Before a holiday: who is there day by day, where nobody is, what falls on it, what the policy says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.models import TeamMember
from schoolgate.accounts.rules.care import check_may_offer
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.school_holidays import Holiday, holidays_ahead
from schoolgate.core.stops import reason_in_words
from schoolgate.people.absences import days_away
from schoolgate.people.queries import Where, book_of, holdings
from schoolgate.people.rules import can
from schoolgate.reports import cover as covering
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Basis
from schoolgate.web.frame.doors import Visit, opens, page
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_accounts, on_today_page
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

WEEK = 7
BEFORE = timedelta(days=14)
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
"""Where a policy speaks of when accounts are looked at and how soon is answered: situation -> its points."""
SIGNS = {covering.LEADS: "good", covering.TEAM: "info", covering.ROLE: "wait", covering.NOBODY: "no"}
WORDS = {
    covering.LEADS: gettext_lazy("Leads the account"),
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
    """An account: its cells of the days shown, and what is missing in the whole holiday."""

    account: Any
    cells: Sequence[Cell]
    gaps: Sequence[str]
    without_lead: Sequence[str]
    may_ask: bool


@page(place="accounts")
def cover(request: HttpRequest, visit: Visit, day: str = "") -> HttpResponseBase:
    """One holiday: the one that holds `day`, or the next one; a week of it at a time."""
    ahead = holidays_ahead(visit.on)
    holiday, first = _which(ahead, day)
    book = book_of(visit.federation)
    held = list(holdings(visit.person, on=visit.on, where=Where(anywhere=True)))
    reached = covering.reach_of(visit.person, held, book)
    context: dict[str, Any] = {
        "visit": visit,
        "says": says_on(book, SAYS),
        "mine": [_span(each.from_day, each.to_day) for each in days_away(visit.person, on=visit.on)],
        "enters": opens(visit, "set-up-schools"),
    }
    if holiday is None:
        _check_may_see(visit, _sees(visit))
        return render(request, "cover/none.html", context)
    rows = covering.with_team(covering.accounts_of(holiday, reached), holiday)
    shown = page_by_key(rows, request.GET, by="made_at")
    _check_may_see(visit, _sees(visit))
    found = covering.cover(
        holiday,
        sorted(shown.rows, key=lambda account: (account.name, account.pk)),
        book,
        all_of_it=bool(visit.capacities & covering.SEES),
        counted=bool(visit.capacities & covering.COUNTED),
    )
    week = [each for each in holiday.days if first <= each][:WEEK]
    context |= {
        "holiday": holiday,
        "schools": ", ".join(school.name for school in holiday.schools),
        "others": [each for each in ahead if each != holiday],
        "week": week,
        "earlier": max(holiday.first, first - WEEK * timedelta(days=1)) if first > holiday.first else None,
        "later": week[-1] + timedelta(days=1) if week and week[-1] < holiday.last else None,
        "heads": [_("Account"), *(_short(each) for each in week)],
        "rows": [_row(each, week, visit) for each in found.accounts],
        "falls": [_falls(each) for each in found.days if each.anything],
        "deciders": [(gap, [_span(*span) for span in gap.spans]) for gap in found.deciders],
        "page": shown,
        "counted": bool(visit.capacities & covering.COUNTED),
    }
    context["any_gap"] = any(row.gaps or row.without_lead for row in context["rows"])
    return render(request, "cover/cover.html", context)


def _check_may_see(visit: Visit, may: bool) -> None:
    if not may:
        raise NotAllowed(
            _("Only people who run an account, reply or decide can see holiday cover."),
            _("You can still enter your own days away on your own page, like everyone else."),
        )


def _sees(visit: Visit) -> bool:
    if visit.capacities & covering.SEES:
        return True
    return TeamMember.objects.filter(person=visit.person, to_day=None).exists()


def _which(ahead: Sequence[Holiday], day: str) -> tuple[Holiday | None, date]:
    """The holiday asked for and the first day to show of it. Raises NotFound for a day in none."""
    if not day:
        return (ahead[0], ahead[0].first) if ahead else (None, date.min)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise NotFound from None
    for holiday in ahead:
        if holiday.first <= wanted <= holiday.last:
            return holiday, wanted
    raise NotFound


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


def _row(found: covering.AccountCover, week: Sequence[date], visit: Visit) -> Row:
    account = found.account
    return Row(
        account,
        [_cell(each) for each in found.days if each.day in week],
        [_span(*span) for span in found.gaps],
        [_span(*span) for span in found.without_lead],
        bool(found.gaps) and can(check_may_offer, visit.person, account, on=visit.on),
    )


def _cell(found: covering.AccountDay) -> Cell:
    names = [person.name for person in found.people]
    return Cell(
        _short(found.day), SIGNS[found.how], WORDS[found.how], names[:MOST_NAMED], len(names[MOST_NAMED:])
    )


def _falls(found: covering.OnDay) -> dict[str, Any]:
    return {
        "day": found.day,
        "lapses": found.lapses,
        "stops": [(stop, reason_in_words(stop.reason)) for stop in found.stops],
        "tasks": found.tasks,
        "left_lying": found.left_lying,
    }


def _short(day: date) -> str:
    """Such as "Mon 21 Dec", in the reader's language."""
    return date_format(day, "D j M")


def _span(first: date, last: date) -> str:
    return _short(first) if first == last else f"{_short(first)} – {_short(last)}"


@beside_accounts
def lead(visit: Visit) -> PlaceLink | None:
    """A link above the list of accounts, for those whom the page lets in."""
    return PlaceLink("cover", gettext_lazy("Holiday cover")) if _sees(visit) else None


@on_today_page
def soon(visit: Visit) -> PagePart | None:
    """A card in the two weeks before a holiday, for who may see who is there and for who writes."""
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
            "href": reverse("cover-day", args=[holiday.first.isoformat()]),
            "away": reverse("person-away", args=[visit.person.pk]),
            "begun": holiday.first <= visit.on,
            "sees": _sees(visit),
            "said": [_span(each.from_day, each.to_day) for each in mine],
        },
    )


urlpatterns = [
    path("accounts/cover", cover, name="cover"),
    path("accounts/cover/<str:day>", cover, name="cover-day"),
]
