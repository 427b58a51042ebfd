"""Who is available on some days, by the rota or without it, the days without anyone, and the tasks due
then; and the sheet on paper for when the program is down.

"There" means that no absence is known; it does not promise that the person checks the account. The sheet
has no secrets. The number of queries does not grow with the days, the accounts or the people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.accounts.models import Account, AccountState, Part, TeamMember
from schoolgate.core.calendars import Holiday
from schoolgate.core.clock import begins, local_day
from schoolgate.core.models import Safeguarder, School, Stop
from schoolgate.duties.models import ORDER, STILL_TO_DO, Duty
from schoolgate.people.assignments import MOST_NAMED, roles_held
from schoolgate.people.leaving import Absences, absences
from schoolgate.people.models import Person, PersonTelephone, RoleAssignment, ScopeKind
from schoolgate.people.queries import held_by
from schoolgate.people.safeguarding import lead_of
from schoolgate.rota.turns import OnDuty, mine
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

DAY = timedelta(days=1)
ANSWERS = frozenset({"moderate", "answer", "second_person"})
"""People who cover for the team of an account, by a role of the policy."""
DECIDES = frozenset({"decide_account", "approve_post"})
"""Roles without a stand-in: while no holder is there, no decision is made."""
SEES = ANSWERS | DECIDES | {"administer", "oversee", "open_account", "own_policy", "stop_everything"}
COUNTED = frozenset({"administer", "oversee", "decide_account"})
"""People who read how many tasks of others are due."""
DUTY, LEADS, TEAM, ROLE, NOBODY = "duty", "leads", "team", "role", "nobody"
Span = tuple[date, date]


@dataclass(frozen=True)
class AccountDay:
    """Who is there for an account on a day. `how`: on duty, a lead, others of its team, by role, or
    no one."""

    day: date
    how: str
    people: Sequence[Person] = ()


@dataclass(frozen=True)
class AccountCover:
    """An account over the days of a holiday."""

    account: Account
    days: Sequence[AccountDay]

    @property
    def gaps(self) -> list[Span]:
        """The days on which no one is there, in runs."""
        return runs(each.day for each in self.days if each.how == NOBODY)

    @property
    def without_lead(self) -> list[Span]:
        """The days on which the account has someone, but no lead, in runs."""
        return runs(each.day for each in self.days if each.how in (TEAM, ROLE))


@dataclass
class OnDay:
    """The tasks of a day. `tasks`: how many are due; `left_lying`: those of them whose person is away."""

    day: date
    lapses: list[Account] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    tasks: int = 0
    left_lying: int = 0
    away: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything to report."""
        return bool(self.lapses or self.stops or self.tasks)


@dataclass(frozen=True)
class RoleGap:
    """Days without anyone there who decides by this role. `ever`: False where no one holds it at all."""

    role: Role
    spans: Sequence[Span]
    school: str = ""
    ever: bool = True


@dataclass(frozen=True)
class Cover:
    """A holiday, day by day."""

    accounts: Sequence[AccountCover]
    days: Sequence[OnDay]
    deciders: Sequence[RoleGap]


def runs(days: Iterable[date]) -> list[Span]:
    """Return days in order as spans of consecutive days, both ends included."""
    found: list[Span] = []
    for day in days:
        if found and found[-1][1] + DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def accounts_of(holiday: Holiday, reached: Q) -> QuerySet[Account]:
    """Return the open accounts that a holiday concerns, of those that `reached` allows."""
    here = Q(school=None) | Q(school__in=[school.pk for school in holiday.schools])
    return Account.objects.filter(here & reached, state=AccountState.OPEN).select_related("school")


def with_team(rows: QuerySet[Account], holiday: Holiday) -> QuerySet[Account]:
    """Return the accounts with everyone on their team on any of the days, in `.whole_team`."""
    within = Q(from_day__lte=holiday.last) & (Q(to_day=None) | Q(to_day__gte=holiday.first))
    team = TeamMember.objects.filter(within).select_related("person").order_by("id")
    return rows.prefetch_related(Prefetch("team", team, to_attr="whole_team"))


def reach_of(person: Person, held: Iterable[RoleAssignment], book: Book, by: frozenset[str] = SEES) -> Q:
    """Return which accounts' cover this person sees: those that they run, and those that their roles
    reach."""
    keys = {role.key for role in book.roles if by & set(role.capacities)}
    reached = Q(pk__in=TeamMember.objects.filter(person=person, to_day=None).values("account"))
    for assignment in held:
        if assignment.role_key not in keys:
            continue
        if assignment.scope_kind == ScopeKind.FEDERATION:
            return Q()
        if assignment.scope_kind == ScopeKind.SCHOOL:
            reached |= Q(school=assignment.school_id)
        if assignment.scope_kind == ScopeKind.ACCOUNT:
            reached |= Q(pk=assignment.account_id)
    return reached


def cover(
    holiday: Holiday,
    accounts: Sequence[Account],
    book: Book,
    *,
    all_of_it: bool,
    tasks: QuerySet[Duty] | None,
    on_duty: Mapping[date, OnDuty] | None = None,
) -> Cover:
    """Some days, a holiday or a week, for these accounts (from `with_team`).

    Args:
        all_of_it: also who decides and which stops end, which concern no account alone.
        tasks: of which it counts how many fall due and how many no one does (`duties.queries.known_to`);
            None: it counts none.
        on_duty: who is on duty by the rota at any time of each day.
    """
    held = _assignments(holiday, book)
    due = [] if tasks is None else _due(tasks, holiday)
    people = {row.person_id: row.person for row in held}
    for account in accounts:
        people |= {row.person_id: row.person for row in _team(account)}
    people |= {person.pk: person for _day, person in due if person is not None}
    away = absences(people.values(), first=holiday.first, last=holiday.last)
    answering = [row for row in held if _has(book, row.role_key, ANSWERS)]
    days = {day: OnDay(day) for day in holiday.days}
    for account in accounts:
        lapses = account.keys_run_out_at and local_day(account.keys_run_out_at)
        if lapses in days:
            days[lapses].lapses.append(account)
    for day, person in due:
        if day in days:
            days[day].tasks += 1
            days[day].left_lying += person is not None and not away.is_there(person.pk, day)
    if all_of_it:
        for stop in _stops(holiday):
            if stop.until is not None:
                days[local_day(stop.until)].stops.append(stop)
    return Cover(
        [_of_account(account, holiday, answering, away, on_duty or {}) for account in accounts],
        list(days.values()),
        _deciders(holiday, held, away, book) if all_of_it else [],
    )


def _has(book: Book, role_key: str, capacities: frozenset[str]) -> bool:
    return any(role.key == role_key and capacities & set(role.capacities) for role in book.roles)


def _team(account: Account) -> Sequence[TeamMember]:
    return getattr(account, "whole_team", ())


def _assignments(holiday: Holiday, book: Book) -> list[RoleAssignment]:
    keys = [role.key for role in book.roles if (ANSWERS | DECIDES) & set(role.capacities)]
    within = Q(from_day__lte=holiday.last) & (Q(to_day=None) | Q(to_day__gte=holiday.first))
    still = Q(ended_on=None) | Q(ended_on__gt=holiday.first)
    rows = RoleAssignment.objects.filter(within & still, role_key__in=keys)
    rows = rows.filter(scope_kind__in=[ScopeKind.FEDERATION, ScopeKind.SCHOOL, ScopeKind.ACCOUNT])
    return list(rows.select_related("person").order_by("person__name", "pk"))


def _counts(row: RoleAssignment, day: date) -> bool:
    within = row.from_day <= day and (row.to_day is None or day <= row.to_day)
    return within and (row.ended_on is None or day < row.ended_on)


def _of_account(
    account: Account,
    holiday: Holiday,
    answering: Sequence[RoleAssignment],
    away: Absences,
    on_duty: Mapping[date, OnDuty],
) -> AccountCover:
    by_role = [
        row
        for row in answering
        if row.scope_kind == ScopeKind.FEDERATION
        or (row.scope_kind == ScopeKind.SCHOOL and row.school_id == account.school_id)
        or (row.scope_kind == ScopeKind.ACCOUNT and row.account_id == account.pk)
    ]
    return AccountCover(
        account,
        [
            AccountDay(day, DUTY, people)
            if day in on_duty and (people := on_duty[day].people(account.school_id))
            else _on_day(account, day, by_role, away)
            for day in holiday.days
        ],
    )


def _on_day(account: Account, day: date, by_role: Sequence[RoleAssignment], away: Absences) -> AccountDay:
    team = [
        row
        for row in _team(account)
        if row.from_day <= day
        and (row.to_day is None or day <= row.to_day)
        and away.is_there(row.person_id, day)
    ]
    leads = [row.person for row in team if row.part == Part.LEAD]
    if leads:
        return AccountDay(day, LEADS, leads)
    if team:
        return AccountDay(day, TEAM, list(dict.fromkeys(row.person for row in team)))
    roles = [row.person for row in by_role if _counts(row, day) and away.is_there(row.person_id, day)]
    return AccountDay(day, ROLE, list(dict.fromkeys(roles))) if roles else AccountDay(day, NOBODY)


def _due(tasks: QuerySet[Duty], holiday: Holiday) -> list[tuple[date, Person | None]]:
    due = tasks.filter(
        state__in=STILL_TO_DO, due_by__gte=begins(holiday.first), due_by__lte=begins(holiday.last + DAY)
    )
    rows = due.select_related("person").order_by(*ORDER)
    return [(_day_of(row), row.person) for row in rows[:5000]]


def _day_of(duty: Duty) -> date:
    return duty.due_day or local_day(duty.due_by)


def _stops(holiday: Holiday) -> list[Stop]:
    first, after = begins(holiday.first), begins(holiday.last + DAY)
    rows = Stop.objects.filter(lifted_at=None, until__gte=first, until__lt=after)
    return list(rows.select_related("school").order_by("until", "pk"))


def _deciders(holiday: Holiday, held: Sequence[RoleAssignment], away: Absences, book: Book) -> list[RoleGap]:
    found = []
    held_by_any = any(_has(book, row.role_key, DECIDES) for row in held)
    for role in book.roles:
        if not DECIDES & set(role.capacities):
            continue
        rows = [row for row in held if row.role_key == role.key]
        if not rows and held_by_any:
            continue
        if not rows:
            found.append(RoleGap(role, [(holiday.first, holiday.last)], ever=False))
            continue
        everywhere = [row for row in rows if row.scope_kind == ScopeKind.FEDERATION]
        if everywhere or len(holiday.schools) < 2:
            found += _gap(role, rows, holiday, away)
            continue
        for school in holiday.schools:
            of_it = [row for row in rows if row.school_id == school.pk]
            found += _gap(role, of_it, holiday, away, school.name)
    return found


def _gap(
    role: Role, rows: Sequence[RoleAssignment], holiday: Holiday, away: Absences, school: str = ""
) -> list[RoleGap]:
    without = [
        day
        for day in holiday.days
        if not any(_counts(row, day) and away.is_there(row.person_id, day) for row in rows)
    ]
    return [RoleGap(role, runs(without), school, ever=bool(rows))] if without else []


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


def _team_on_sheet(account: Account) -> list[TeamMember]:
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
    people = {row.person_id: row.person for account in accounts for row in _team_on_sheet(account)}
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
                account,
                [shown(row.person_id, str(row.get_part_display())) for row in _team_on_sheet(account)],
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
