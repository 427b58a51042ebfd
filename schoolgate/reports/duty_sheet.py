"""What the person on duty needs on paper for when the program is down: accounts, people, their numbers.

It contains no secrets. The number of queries does not grow with the accounts or the people.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from schoolgate.accounts.models import Account, AccountState, Part, TeamMember
from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.school_holidays import Holiday
from schoolgate.people.absences import absences
from schoolgate.people.models import Person, PersonTelephone, RoleAssignment
from schoolgate.people.queries import held_by
from schoolgate.people.roles_held import MOST_NAMED, roles_held
from schoolgate.people.safeguarding import lead_of
from schoolgate.people.states import ScopeKind
from schoolgate.reports.cover import ANSWERS, DECIDES, reach_of, runs, with_team
from schoolgate.rota.queries import mine
from schoolgate.rulebook import Book

GOOD_FOR = timedelta(days=6)
"""A sheet is for a week, the day of printing included."""
MOST = 150
"""The number of accounts that fit on a sheet people still read."""
PRINTS = frozenset({"administer", "oversee", "decide_account", "stop_everything"})
"""Who may print it: it has telephone numbers of colleagues on it. Opening an account needs none: in some
policies each member of staff may."""
BEFORE_DUTY = timedelta(days=1)
"""House rule: a person on duty has the sheet from a day before their time begins until it ends."""
ON_DUTY = ANSWERS | DECIDES | {"stop_everything"}


@dataclass(frozen=True)
class OnSheet:
    """A person on the sheet: their part or role, their number ("" where none is known), and the days of
    this week on which they are away."""

    person: Person
    part: str
    telephone: str
    away: Sequence[tuple[date, date]] = ()


@dataclass(frozen=True)
class SheetAccount:
    """An account with who runs it, leads first."""

    account: Account
    people: Sequence[OnSheet]


@dataclass(frozen=True)
class SheetRole:
    """A role of the policy with who has it; `more` where they are too many to be named."""

    name: str
    people: Sequence[OnSheet]
    more: int = 0


@dataclass(frozen=True)
class DutySheet:
    """The whole sheet. `left_out`: how many accounts there are beyond those on it."""

    until: date
    accounts: Sequence[SheetAccount]
    roles: Sequence[SheetRole]
    safeguarders: Sequence[tuple[Safeguarder, OnSheet]]
    countries: frozenset[str]
    left_out: int = 0
    without_number: Sequence[Person] = field(default_factory=list)


def _team(account: Account) -> list[TeamMember]:
    rows: Sequence[TeamMember] = getattr(account, "whole_team", ())
    return sorted(rows, key=lambda row: (row.part != Part.LEAD, row.pk))


def _of(assignment: RoleAssignment, schools: Collection[int] | None) -> bool:
    return schools is None or assignment.school_id is None or assignment.school_id in schools


def _reach(assignment: RoleAssignment) -> str:
    """The school, "" for the whole federation."""
    return assignment.school.name if assignment.school else ""


@dataclass(frozen=True)
class Needs:
    """Whose numbers a person needs for their duty: the accounts, and the schools (None: all)."""

    accounts: Q
    schools: frozenset[int] | None


def needs_sheet(person: Person, book: Book, *, at: datetime) -> Needs | None:
    """Return what of the sheet a person needs: people whose role prints it and safeguarding leads, for their
    places; the person on duty, from a day before, for the place of the shift. None: nothing. Running an
    account or being named on the sheet opens no number."""
    on = local_day(at)
    held = held_by(person, on=on)
    keys = {role.key for role in book.roles if PRINTS & set(role.capacities)}
    printing = [row for row in held if row.role_key in keys]
    places: set[int | None] = lead_of(person, held)
    places |= {row.school_id for row in printing if row.scope_kind == ScopeKind.SCHOOL}
    places |= {None for row in printing if row.scope_kind == ScopeKind.FEDERATION}
    places |= {one.rota.school_id for one in mine(person, first=at, last=at + BEFORE_DUTY)}
    if not places and not printing:
        return None
    if None in places:
        return Needs(Q(), None)
    reached = reach_of(person, printing, book, PRINTS) | Q(school__in=places)
    return Needs(reached, frozenset(one for one in places if one is not None))


def duty_sheet(book: Book, reached: Q, *, schools: Collection[int] | None, on: date) -> DutySheet:
    """Return the sheet for the week that begins on a day, with the open accounts that `reached` allows.

    `schools`: include holders of roles at these, beside those of the whole federation; None: at all.
    """
    until = on + GOOD_FOR
    rows = Account.objects.filter(reached, state=AccountState.OPEN).select_related("school")
    week = Holiday(on, until, ())
    accounts = list(with_team(rows, week).order_by("name", "pk")[:MOST])
    left_out = rows.count() - len(accounts) if len(accounts) == MOST else 0
    held = [each for each in roles_held(book, on=on) if ON_DUTY & set(each.role.capacities)]
    named = [
        (
            each.role.name,
            [row for row in [*each.own, *each.acting] if _of(row, schools)],
            each.number if each.number > MOST_NAMED else 0,
        )
        for each in held
    ]
    guards = list(Safeguarder.objects.filter(ended_at=None).select_related("school").order_by("-place", "pk"))
    if schools is not None:
        guards = [one for one in guards if one.school_id is None or one.school_id in schools]
    people = {row.person_id: row.person for account in accounts for row in _team(account)}
    people |= {row.person_id: row.person for _name, assignments, _more in named for row in assignments}
    guard_ids = [guard.person_id for guard in guards if guard.person_id not in people]
    people |= {person.pk: person for person in Person.objects.filter(pk__in=guard_ids)}
    numbers = dict(PersonTelephone.objects.filter(person__in=people).values_list("person_id", "number"))
    away = absences(people.values(), first=on, last=until)
    days = [on + n * timedelta(days=1) for n in range(GOOD_FOR.days + 1)]

    def shown(person_id: int, part: str) -> OnSheet:
        gone = runs(day for day in days if not away.is_there(person_id, day))
        return OnSheet(people[person_id], part, numbers.get(person_id, ""), gone)

    return DutySheet(
        until=until,
        accounts=[
            SheetAccount(
                account, [shown(row.person_id, str(row.get_part_display())) for row in _team(account)]
            )
            for account in accounts
        ],
        roles=[
            SheetRole(name, [shown(row.person_id, _reach(row)) for row in assignments], more)
            for name, assignments, more in named
            if assignments or more
        ],
        safeguarders=[(guard, shown(guard.person_id, "")) for guard in guards if guard.person_id in people],
        countries=frozenset(School.objects.values_list("country", flat=True).distinct()),
        left_out=left_out,
        without_number=sorted(
            (person for pk, person in people.items() if pk not in numbers), key=lambda person: person.name
        ),
    )
