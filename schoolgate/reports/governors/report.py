"""The whole report for a period, as one reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import Any

from django.db.models import Count, Q, QuerySet

from schoolgate.core import at_once
from schoolgate.core.at_once import count_of
from schoolgate.core.clock import local_day
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.school_days import days_of_schools
from schoolgate.inbox import locked
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for
from schoolgate.people.states import ScopeKind
from schoolgate.policy import knowing
from schoolgate.policy.queries import PolicyInForce, policy_or_none
from schoolgate.reports.governors.concerns import Third, concerns_in
from schoolgate.reports.governors.measures import (
    MEASURES,
    Counted,
    Numbers,
    count,
    permissions,
    replies,
    whole,
    within,
)
from schoolgate.reports.governors.periods import Period, before, offered, period_of, terms_of
from schoolgate.reports.governors.sections import EVERY_TASK, Section, sections_in
from schoolgate.reports.governors.today import of_today
from schoolgate.reports.rules import SEES_EVIDENCE

MOST_CHANGES = MOST_RISKS = 3
NOTABLE = 1.0
"""How far a number must have moved, in units of its own chance (the root of the sum), to be named."""
RISKS = (
    "replies_overdue", "tasks_overdue", "keys_late", "accounts_few", "review_overdue", "replies_late",
    "tasks_late", "ack_waiting", "posts_alone", "appeals_upheld", "changes_open",
)  # fmt: skip
"""The figures that are a risk where they aren't nought, the gravest first."""


@dataclass(frozen=True)
class Asked:
    """What is to be counted: for which days, against which, and for which schools; None is the whole
    federation."""

    period: Period
    before: Period
    choices: Sequence[Period]
    at: datetime
    schools: frozenset[int] | None


@dataclass(frozen=True)
class Report(Asked):
    """`numbers`: by measure and school. `today`: what is so on the day of viewing, by name. `leave`:
    permissions by role."""

    policy: PolicyInForce | None
    names: Mapping[int, str]
    numbers: Mapping[str, Numbers]
    today: Mapping[str, int]
    leave: Sequence[tuple[str, Counted]]
    concerns: Sequence[Third]
    sections: Sequence[Section]
    first_recorded: date | None

    @property
    def comparable(self) -> bool:
        """Return whether anything can have been recorded in the period before."""
        return self.first_recorded is not None and self.first_recorded <= self.before.last

    def of(self, key: str) -> Counted | None:
        """Return the number of a measure, None where it isn't counted for this reader."""
        found = self.numbers.get(key)
        return whole(found) if found is not None else None

    @property
    def changes(self) -> list[str]:
        """Return the measures that moved most against the period before, the largest first."""
        if not self.comparable:
            return []
        moved = {key: _moved(counted) for key in self.numbers if (counted := self.of(key)) is not None}
        found = sorted((key for key, far in moved.items() if far >= NOTABLE), key=lambda key: -moved[key])
        return found[:MOST_CHANGES]

    @property
    def risks(self) -> list[tuple[str, int]]:
        """Return the gravest figures that aren't nought, with their numbers."""
        found = [(key, self._number(key)) for key in RISKS]
        return [(key, number) for key, number in found if number][:MOST_RISKS]

    def _number(self, key: str) -> int:
        counted = self.of(key)
        return counted.now if counted is not None else self.today.get(key, 0)


def _moved(counted: Counted) -> float:
    return abs(counted.now - counted.then) / sqrt(counted.now + counted.then or 1)


def schools_overseen(person: Person, *, on: date) -> frozenset[int] | None:
    """Return the schools for which a person is accountable; None for the whole federation."""
    book = book_for(person)
    carry = {role.key for role in book.roles if role.capacities & SEES_EVIDENCE}
    held = [row for row in assignments(person, on=on, where=Where(anywhere=True)) if row.role_key in carry]
    if any(row.scope_kind == ScopeKind.FEDERATION for row in held):
        return None
    return frozenset(row.school_id for row in held if row.school_id)


def tasks_of(schools: frozenset[int] | None) -> Q:
    """Return the condition on the tasks of these schools; None is the whole federation."""
    return EVERY_TASK if schools is None else Q(school_id__in=sorted(schools))


def asked_for(person: Person, text: str, *, at: datetime) -> Asked:
    """Return what a person asks for with the period that an address names (`periods.period_of`). Two queries.
    Raises NotFound for a period that is none."""
    on = local_day(at)
    terms = terms_of(days_of_schools(), on=on)
    choices = offered(terms, on=on)
    chosen = period_of(text, choices, on=on)
    schools = schools_overseen(person, on=on)
    return Asked(chosen, before(chosen, terms, on=on), choices, at, schools)


def report_for(person: Person, text: str, *, at: datetime) -> Report:
    """Return the report for the period that an address names (`periods.period_of`). A number of queries that
    doesn't grow with the period. Raises NotFound for a period that is none."""
    asked, on = asked_for(person, text, at=at), local_day(at)
    now, then, schools = asked.period.so_far(on), asked.before, asked.schools
    policy = policy_or_none(on)
    hidden = locked.subjects_of_all()
    numbers = {
        each.key: found
        for each in MEASURES
        if (found := count(each, now, then, schools=schools, hidden=hidden)) or schools is None or each.school
    }
    first = LedgerRow.objects.filter(number=1).values_list("at", flat=True).first()
    everywhere = schools is None
    return Report(
        **vars(asked),
        policy=policy,
        names=dict(_named(schools)),
        numbers=numbers | replies(now, then, schools=schools, until=min(at, now.until)),
        today=_today(policy, schools, on=on, at=at, hidden=hidden),
        leave=_leave(now, then, hidden) if everywhere else (),
        concerns=concerns_in(now, on=on) if everywhere else (),
        sections=sections_in(policy.book, now, at=at, hidden=hidden, only=tasks_of(schools))
        if policy
        else (),
        first_recorded=local_day(first) if first else None,
    )


def _named(schools: frozenset[int] | None) -> list[tuple[int, str]]:
    rows = School.objects.order_by("name", "pk")
    if schools is not None:
        rows = rows.filter(pk__in=schools)
    return list(rows.values_list("pk", "name"))


def _today(
    policy: PolicyInForce | None,
    schools: frozenset[int] | None,
    *,
    on: date,
    at: datetime,
    hidden: Sequence[str],
) -> dict[str, int]:
    """What is so on the day of viewing."""
    rows = of_today(schools, at=at, on=on, hidden=hidden)
    if policy is None:
        return at_once.ask(**{key: count_of(rows[key].rows) for key in rows if key != "changes_open"})
    found = at_once.ask(**{key: count_of(each.rows) for key, each in rows.items()})
    found["review_overdue"] = int(policy.overdue)
    if schools is None:
        known, _by_school = knowing.counted(on=on)
        found |= {"ack_bound": known.bound, "ack_yes": known.yes, "ack_waiting": known.waiting}
    return found


def _leave(now: Period, then: Period, hidden: Sequence[str]) -> list[tuple[str, Counted]]:
    """Permissions that were given, by the role that gave them."""
    of = {"now": within(now, "at"), "then": within(then, "at")}
    rows = permissions(hidden).filter(of["now"] | of["then"])
    counts = {when: Count("pk", filter=within) for when, within in of.items()}
    found: QuerySet[Any, Any] = rows.values("role_key").annotate(**counts)
    columns = found.order_by("role_key").values_list("role_key", *of)
    return [(role, Counted(now_, then_)) for role, now_, then_ in columns]
