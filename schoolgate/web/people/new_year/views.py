"""The new school year: one page with what still has to be done, who does it, and where, told from rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.classes import classes_at_turn
from schoolgate.core.school_year import Turn, may_be_open, turn_of
from schoolgate.people import actions, rules
from schoolgate.people.models import TurnWord
from schoolgate.people.states import TurnPoint
from schoolgate.policy.queries import in_force
from schoolgate.reports.year_turn import MOST, endings, heads, lapses, leavers, starters
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.parts import PagePart, PlaceLink, beside_people, on_today_page

NAMED = 20
"""Accounts and people of one point that are named; the rest is counted."""


@page(place="people", check=rules.check_may_see_people, methods=("GET", "HEAD"))
def year_turn(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Everything of the turn of the year, point by point."""
    turn = turn_of(visit.on)
    policy = in_force(visit.on)
    words = words_of(turn)
    ending = endings(turn, policy.book, on=visit.on)
    leaving = leavers(turn, policy.book, on=visit.on)
    starting = starters(policy, until=turn.closes, at=visit.at)
    shown: dict[str, Any] = {
        "turn": turn,
        "on": visit.on,
        "is_open": turn.is_open(visit.on),
        "acts": rules.can(rules.check_may_administer, visit.person, on=visit.on),
        "words": words,
        "terms": turn.schools,
        "leavers": leaving,
        "more_leavers": leaving.number - len(leaving.people),
        "starters": starting,
        "more_starters": starting.number - len(starting.rows),
        "endings": ending[:MOST],
        "more_endings": max(len(ending) - MOST, 0),
        "heads": heads(policy.book, on=visit.on),
        "classes": classes_at_turn(turn.year),
        "lapses": lapses(turn, policy.book),
        "named": f":{NAMED}",
    }
    shown["settled"] = settled = _settled(shown)
    following = next((point for point, is_settled in settled.items() if not is_settled), "")
    shown["folded"] = {point: point != following for point in (*settled, "lapses")}
    return render(request, "year_turn/page.html", shown)


def words_of(turn: Turn) -> dict[str, TurnWord]:
    """Return what was declared by name in this turn, by point. One query."""
    rows = TurnWord.objects.filter(year=turn.year, taken_back_at=None).select_related("by")
    return {row.point: row for row in rows}


def _settled(shown: dict[str, Any]) -> dict[str, bool]:
    """Return which points are settled: by rows and, where no row can tell, by a person's statement."""
    words, classes = shown["words"], shown["classes"]
    found = shown["starters"]
    starters_lack_nothing = found.number == len(found.rows) and all(one.lacks_nothing for one in found.rows)
    return {
        "terms": bool(shown["terms"]) and all(each.whole for each in shown["terms"]),
        "leavers": TurnPoint.LEAVERS in words and not shown["leavers"].short,
        "starters": TurnPoint.STARTERS in words and starters_lack_nothing,
        "roles": not shown["endings"],
        "classes": TurnPoint.CLASSES in words and not (classes.to_choose or classes.unsaid or classes.more),
    }


@page(methods=("POST",))
def say(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Declare, in the person's own name, that a point is settled."""
    actions.say_of_turn(by=visit.person, at=visit.at, point=request.POST.get("point", ""))
    return done(request, _("Saved with your name and the date."), "year-turn")


@page(methods=("POST",))
def take_back(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Withdraw what was declared about a point."""
    actions.take_back_turn_word(by=visit.person, at=visit.at, point=request.POST.get("point", ""))
    return done(request, _("Confirmation withdrawn. This step is open again."), "year-turn")


@beside_people
def leads_here(visit: Visit) -> PlaceLink | None:
    """Return a link, shown to everyone who sees the list of people."""
    if not rules.can(rules.check_may_see_people, visit.person, on=visit.on):
        return None
    return PlaceLink("year-turn", _("New school year"))


@on_today_page
def on_today(visit: Visit) -> PagePart | None:
    """Return a card in the weeks of the turn, for people who manage people."""
    if "administer" not in visit.capacities or not may_be_open(visit.on):
        return None
    if not rules.can(rules.check_may_administer, visit.person, on=visit.on):
        return None
    turn = turn_of(visit.on)
    return PagePart("year_turn/_today.html", {"turn": turn}) if turn.is_open(visit.on) else None


urlpatterns = [
    path("people/new-year", year_turn, name="year-turn"),
    path("people/new-year/said", say, name="year-turn-say"),
    path("people/new-year/taken-back", take_back, name="year-turn-take-back"),
]
