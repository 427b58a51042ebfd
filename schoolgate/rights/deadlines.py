"""When a request is due, from its own steps and the schools' calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from schoolgate.core.calendars import SATURDAY, bank_holidays, bank_holidays_of_uk
from schoolgate.core.models.directory import Country
from schoolgate.core.school_days import SchoolDays, days_of_schools
from schoolgate.rights.clock import Wait, answer_to_person, answer_to_public, begins
from schoolgate.rights.models import Request
from schoolgate.rights.states import Kind, StepKind, Waits

FURTHEST = timedelta(days=366 * 5)
"""As far ahead as bank holidays are looked up: further than any wait can reach."""


@dataclass(frozen=True)
class Deadline:
    """The last day in time. None: the clock waits. `guessed_from`: see `Request`."""

    on: date | None
    guessed_from: date | None = None


def deadline_of(request: Request) -> Deadline:
    """Return when a request is due now. Few queries."""
    waits, waiting = waits_of(request)
    if waiting is not None:
        return Deadline(None)
    days = days_of_schools()
    own = [one for one in days if one.school.pk == request.school_id] or days
    start = begins(request.received_on, waits)
    if request.kind != Kind.INFORMATION:
        works = _works(own, start)
        return Deadline(answer_to_person(request.received_on, waits, extended=request.extended, works=works))
    off = set(bank_holidays_of_uk(start, start + FURTHEST))
    works = _not_off(off)
    due = answer_to_public(request.received_on, waits, works=works, teaches=lambda day: _teaches(own, day))
    counted = (start + timedelta(days=n + 1) for n in range((due - start).days))
    return Deadline(due, next((day for day in counted if works(day) and not _known(own, day)), None))


def waits_of(request: Request) -> tuple[list[Wait], Waits | None]:
    """Return the waits of a request that are over, and what it waits for now."""
    found: list[Wait] = []
    since: tuple[date, Waits] | None = None
    rows = request.steps.filter(kind__in=[StepKind.WAITS, StepKind.RUNS]).order_by("pk")
    for kind, on, code in rows.values_list("kind", "on", "code"):
        if kind == StepKind.WAITS:
            since = (on, Waits(code))
        elif since is not None:
            restarts = since[1] == Waits.IDENTITY or request.kind == Kind.INFORMATION
            found.append(Wait(since[0], on, restarts))
            since = None
    return found, since[1] if since else None


def waits_since(request: Request) -> date | None:
    """Return the day from which a request waits; None where its clock runs."""
    newest = request.steps.filter(kind__in=[StepKind.WAITS, StepKind.RUNS]).order_by("-pk").first()
    return newest.on if newest is not None and newest.kind == StepKind.WAITS else None


def _works(days: list[SchoolDays], start: date) -> Callable[[date], bool]:
    """Return what tells a working day: for several schools, a day off has to be one for all of them."""
    countries = {one.school.country for one in days} or {Country.ENGLAND}
    off = set.intersection(*(set(bank_holidays(each, start, start + FURTHEST)) for each in countries))
    added = set.intersection(*(one.added_holidays for one in days)) if days else set()
    return _not_off(off | added)


def _not_off(off: set[date]) -> Callable[[date], bool]:
    return lambda day: day.weekday() < SATURDAY and day not in off


def _known(days: list[SchoolDays], day: date) -> bool:
    return bool(days) and all(one.terms and one.terms[0][0] <= day <= one.terms[-1][1] for one in days)


def _teaches(days: list[SchoolDays], day: date) -> bool:
    """Return whether pupils of any of these schools are in; True where it is not known of one, so that no
    deadline is missed."""
    return not _known(days, day) or any(
        day not in one.special and any(first <= day <= last for first, last in one.terms) for one in days
    )
