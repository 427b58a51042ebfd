"""The governors' report as one reader may see it: for a period and as it is today, the rows behind a
number, and each section of the policy as kept, watched or broken, from the tasks under its clauses and
the record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from math import sqrt
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Model, Q, QuerySet

from schoolgate.accounts.care import here
from schoolgate.accounts.models import Account, AccountKey, AccountState, TeamMember
from schoolgate.core.calendars import days_of_schools
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.rows import ask, count_of, statement_of
from schoolgate.duties.models import Duty, DutyState
from schoolgate.duties.queries import belonging, each_task_once, late_at, one_task
from schoolgate.inbox import seeing
from schoolgate.people.models import Permission, Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import Where, assignments, book_for
from schoolgate.policy import knowing
from schoolgate.policy.queries import PolicyInForce, by_section, policy_or_none
from schoolgate.policy.reviewing import changes_open
from schoolgate.reports.evidence import SEES_EVIDENCE
from schoolgate.reports.governors_measures import (
    MEASURES,
    REPLIES,
    SAFEGUARDING,
    Counted,
    Numbers,
    Period,
    Rows,
    Third,
    before,
    concerns_in,
    count,
    of_schools,
    offered,
    period_of,
    permissions,
    replied,
    replies,
    tasks,
    terms_of,
    whole,
    within,
)
from schoolgate.rulebook import Book

EVERY_TASK = Q()
OVERDUE, LATE, DONE = "overdue", "late", "done"

_TASKS = """\
SELECT part.section, count(DISTINCT task.one) FILTER (WHERE task.overdue),
  count(DISTINCT task.one) FILTER (WHERE task.late), count(DISTINCT task.one) FILTER (WHERE task.done)
FROM ({tasks}) AS task, LATERAL jsonb_array_elements_text(task.clauses) AS rests(clause)
JOIN unnest(%s::text[], %s::int[]) AS part(clause, section) ON part.clause = rests.clause
GROUP BY part.section
"""
_RECORDED = """\
SELECT part.section, count(DISTINCT happened.number)
FROM core_ledgerrow AS happened
JOIN ledger_clause AS rests USING (federation_id, number)
JOIN unnest(%(clauses)s::text[], %(sections)s::int[]) AS part(clause, section) ON part.clause = rests.clause
WHERE happened.at >= %(since)s AND happened.at < %(until)s
  AND NOT happened.subject LIKE ANY(%(rooms)s) AND NOT happened.subject LIKE 'duties.%%'
  AND NOT happened.subject = ANY(%(hidden)s)
GROUP BY part.section
"""


class State(StrEnum):
    """How a section was followed, the worst first."""

    BROKEN = "broken"  # a task under it was overdue when the period ended
    WATCHED = "watched"  # a task was done late
    KEPT = "kept"  # something was recorded under it, and nothing was late
    SILENT = "silent"  # nothing was recorded under it


@dataclass(frozen=True)
class Section:
    """A section of the policy: its number on the page of evidence, and what it was found to be.

    `overdue`, `late`, `done`: tasks, each once. `recorded`: rows of the record, each once.
    """

    number: int
    name: str
    overdue: int
    late: int
    done: int
    recorded: int

    @property
    def state(self) -> State:
        """Return how the section was followed."""
        if self.overdue:
            return State.BROKEN
        if self.late:
            return State.WATCHED
        return State.KEPT if self.recorded or self.done else State.SILENT


def sections_in(
    book: Book, period: Period, *, at: datetime, hidden: Collection[str], only: Q = EVERY_TASK
) -> list[Section]:
    """Return the sections of a policy as they were followed in a period, in reading order. Two queries.

    Args:
        hidden: how the record names what may not show, beside concerns and breaches.
        only: the tasks that count, where not all do. The record is of the whole federation, so then it
            counts for nothing. One query less.
    """
    named = {clause.id: number for number, clauses in _numbered(book).items() for clause in clauses}
    rows = _tasks_of(period, at=at, hidden=hidden, only=only)
    counted = {
        kind: ExpressionWrapper(condition, BooleanField()) for kind, condition in _kinds(period, at).items()
    }
    rows = rows.annotate(one=one_task(min(period.until, at)), **counted)
    sql, params = statement_of(rows.values("one", "clauses", *counted))
    recorded: Mapping[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TASKS.format(tasks=sql), [*params, list(named), list(named.values())])
        found = {section: numbers for section, *numbers in cursor.fetchall()}
        if only == EVERY_TASK:
            cursor.execute(_RECORDED, {
                "clauses": list(named),
                "sections": list(named.values()),
                "since": period.since,
                "until": min(period.until, at),
                "rooms": [f"{room}.%" for room in SAFEGUARDING],
                "hidden": list(hidden),
            })  # fmt: skip
            recorded = dict(cursor.fetchall())
    sections = []
    for number, clauses in _numbered(book).items():
        overdue, late, done = found.get(number, (0, 0, 0))
        sections.append(Section(number, clauses[0].section, overdue, late, done, recorded.get(number, 0)))
    return sections


def tasks_behind(
    book: Book, number: int, kind: str, period: Period, *, at: datetime, hidden: Collection[str], only: Q
) -> QuerySet[Duty]:
    """Return the tasks that a number of a section counted, each once. Raises NotFound for a section or a kind
    that is none."""
    clauses, kinds = _numbered(book).get(number), _kinds(period, at)
    if clauses is None or kind not in kinds:
        raise NotFound
    rests = reduce(or_, (Q(clauses__contains=[clause.id]) for clause in clauses))
    rows = _tasks_of(period, at=at, hidden=hidden, only=only).filter(rests, kinds[kind])
    return each_task_once(rows, min(period.until, at))


def _numbered(book: Book) -> dict[int, list[Any]]:
    return {
        number: clauses
        for number, (_name, clauses) in enumerate(by_section(book.clauses.values()), start=1)
    }  # fmt: skip


def _tasks_of(period: Period, *, at: datetime, hidden: Collection[str], only: Q) -> QuerySet[Duty]:
    """Return the duties that were open at some time of a period."""
    until = min(period.until, at)
    open_then = Q(ended_at=None) | Q(ended_at__gte=period.since)
    rows: QuerySet[Duty] = tasks(hidden).filter(only, open_then, opened_at__lt=until).order_by()
    return rows


def _kinds(period: Period, at: datetime) -> dict[str, Q]:
    until = min(period.until, at)
    done = Q(state=DutyState.DISCHARGED, ended_at__lt=until)
    return {
        OVERDUE: Q(due_by__lt=until) & (Q(ended_at=None) | Q(ended_at__gte=until)),
        LATE: done & Q(ended_at__gt=F("due_by")),
        DONE: done,
    }


TWO_PEOPLE = 2
TODAY = ("accounts_open", "accounts_few", "keys_late", "tasks_overdue", "changes_open")


@dataclass(frozen=True)
class OfToday:
    """Rows that count on a day, the column with when, and the path to what they are about."""

    rows: Rows
    at: str
    about: str


def of_today(
    schools: Collection[int] | None, *, at: datetime, on: date, hidden: Collection[str]
) -> Mapping[str, OfToday]:
    """Return the rows of each of `TODAY`, of these schools, of all if None."""
    mine = Q() if schools is None else Q(school_id__in=list(schools))
    of_account = Q() if schools is None else Q(account__school_id__in=list(schools))
    accounts = Account.objects.filter(mine, state=AccountState.OPEN)
    run = TeamMember.objects.filter(here(on)).order_by().values("account")
    two = run.annotate(people=Count("person", distinct=True)).filter(people__gte=TWO_PEOPLE)
    keys = AccountKey.objects.filter(of_account, ended="", change_by__lt=on)
    late = each_task_once(tasks(hidden).filter(mine, late_at(at)))
    return {
        "accounts_open": OfToday(accounts, "opened_at", "pk"),
        "accounts_few": OfToday(accounts.exclude(pk__in=two.values("account")), "opened_at", "pk"),
        "keys_late": OfToday(keys, "change_by", "account"),
        "tasks_overdue": OfToday(late, "due_by", "subject"),
        "changes_open": OfToday(changes_open(), "on", "pk"),
    }


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
    hidden = seeing.subjects_of_all()
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
        return ask(**{key: count_of(rows[key].rows) for key in rows if key != "changes_open"})
    found = ask(**{key: count_of(each.rows) for key, each in rows.items()})
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


MOST = 200
"""How many rows a page shows."""
LISTED = frozenset((*REPLIES, *TODAY)) | {each.key for each in MEASURES if each.about}
"""The numbers whose rows are listed."""
LEAVE = "leave-"
"""Before the key of a role: the permissions that were given in it."""
BESIDE: Mapping[type[Model], str] = {Duty: "kind", Permission: "given_by__name"}
"""The column that says more of a row: what the task was, who gave the permission."""


@dataclass(frozen=True)
class Row:
    """What was counted, and when. `subject`: such as `publishing.post:417`. `beside`: a task's kind, or who
    gave a permission."""

    subject: str
    at: datetime | date
    beside: str = ""


def rows_behind(asked: Asked, key: str) -> tuple[Sequence[Row], int]:
    """Return the newest `MOST` rows of a number, and how many there are, as the report counts them for its
    reader, without counting the rest of it. At most three queries. Raises NotFound for a number that has none
    to show."""
    on = local_day(asked.at)
    now = asked.period.so_far(on)
    if key in TODAY:
        there = of_today(asked.schools, at=asked.at, on=on, hidden=seeing.subjects_of_all())[key]
        return _newest(there.rows, at=there.at, of="pk", about=there.about)
    if key in REPLIES:
        rows = replied(key, now, schools=asked.schools, until=min(asked.at, now.until))
        return _newest(rows, at="received_at", of="pk", about="pk")
    if key.startswith(LEAVE) and asked.schools is None:
        given = permissions(seeing.subjects_of_all()).filter(within(now, "at"))
        given = given.filter(role_key=key.removeprefix(LEAVE))
        return _newest(given, at="at", of="pk", about="subject")
    measure = next((each for each in MEASURES if each.key == key and each.about), None)
    found = of_schools(measure, asked.schools, hidden=seeing.subjects_of_all()) if measure else None
    if measure is None or found is None:
        raise NotFound
    return _newest(found.filter(measure.within(now)), at=measure.at, of=measure.of, about=measure.about)


def _newest(rows: Rows, *, at: str, of: str, about: str) -> tuple[list[Row], int]:
    beside = BESIDE.get(rows.model, "")
    columns = list(dict.fromkeys((of, about, *([beside] if beside else []))))
    found: Rows = rows.order_by().values(*columns).annotate(latest=Max(at))
    label = _label(rows.model, about)
    newest = found.order_by("-latest", *columns).values(*columns, "latest")[:MOST]
    shown = [
        Row(f"{label}:{each[about]}" if label else str(each[about]), each["latest"], each.get(beside, ""))
        for each in newest
    ]
    return shown, found.count() if len(shown) == MOST else len(shown)


def _label(model: type[Model], about: str) -> str:
    """Return the name of the kind at the end of a path; empty where the column has the whole name."""
    for part in about.split("__"):
        if part != "pk":
            field: Any = model._meta.get_field(part)
            if field.related_model is None:
                return ""
            model = field.related_model
    return model._meta.label_lower


@dataclass(frozen=True)
class Part:
    """What counts for a person. `schools`: the names of the schools they oversee, empty where that is the
    whole federation. `own`: they oversee none, so only tasks of their own and of their roles count."""

    period: Period
    only: Q
    hidden: Sequence[str]
    at: datetime
    schools: Sequence[str] = ()
    own: bool = False


def part_of(person: Person, held: Sequence[RoleAssignment], text: str, *, at: datetime) -> Part:
    """Return what counts for a person in the period that an address names (`periods.period_of`). Raises
    NotFound for a period that is none.

    Args:
        held: the assignments of the day (`people.queries.held_by`).
    """
    asked, hidden = asked_for(person, text, at=at), seeing.subjects_of_all()
    period, schools = asked.period, asked.schools
    if schools is not None and not schools:
        return Part(period, belonging(person, held), hidden, at, own=True)
    names = School.objects.filter(pk__in=schools or ()).order_by("name").values_list("name", flat=True)
    return Part(period, tasks_of(schools), hidden, at, schools=list(names) if schools else ())


def sections_of(book: Book, part: Part) -> list[Section]:
    """Return the sections of the policy, as they were followed there."""
    return sections_in(book, part.period, at=part.at, hidden=part.hidden, only=part.only)


def tasks_behind_number(book: Book, part: Part, number: int, kind: str, *, most: int) -> list[Duty]:
    """Return the newest tasks that a number of a section counted. One query. Raises NotFound if there is no
    such number."""
    rows = tasks_behind(book, number, kind, part.period, at=part.at, hidden=part.hidden, only=part.only)
    return list(rows.order_by("-opened_at", "-pk")[:most])
