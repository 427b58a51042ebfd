"""The turn of the school year: who leaves and starts, which roles end, what lapses, and which accounts then
have fewer leads than the policy asks for.

The number of queries does not grow with the people or the accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from schoolgate.accounts.handover_facts import LEADING, leads_asked_for
from schoolgate.accounts.models import (
    Account,
    AccountKey,
    AccountState,
    Care,
    GoingOn,
    Proposal,
    ProposalState,
    TeamMember,
)
from schoolgate.core.calendars import DAY, Turn
from schoolgate.core.clock import begins, local_day
from schoolgate.duties.models import ORDER, STILL_TO_DO, Duty
from schoolgate.people.leaving import extended_absences_within
from schoolgate.people.models import (
    Absence,
    ExtendedAbsence,
    ImportState,
    PeopleImport,
    Person,
    RoleAssignment,
    SchoolAccount,
    ScopeKind,
)
from schoolgate.people.queries import held_on, here_on, last_day_of, not_over
from schoolgate.policy import knowing
from schoolgate.policy.models import TrainingRecord
from schoolgate.policy.queries import PolicyInForce, counts_until, months_it_counts, still_trained
from schoolgate.policy.training import clauses_on_training
from schoolgate.reports.cover import Span, runs
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

MOST = 50
"""Rows shown of each list."""


@dataclass(frozen=True)
class Lapses:
    """How many of each have their day in the turn. `training`: None where no policy and no choice says that
    training runs out."""

    training: int | None
    evaluations: int
    away: int
    going_on: int
    sign_ins: int
    keys: int


def lapses(turn: Turn, book: Book) -> Lapses:
    """What has its day between the first and the last day of the turn, both included."""
    first, last = turn.first, turn.closes
    instants = (begins(first), begins(last + DAY))
    live = Account.objects.exclude(state=AccountState.CLOSED)
    return Lapses(
        training=_training(turn, book),
        evaluations=Care.objects.filter(account__in=live, evaluate_on__range=(first, last)).count(),
        away=Absence.objects.filter(ended_at=None, from_day__lte=last, to_day__gte=first).count(),
        going_on=GoingOn.objects.filter(
            account__in=live, leave__ended_at=None, until__range=(first, last)
        ).count(),
        sign_ins=live.filter(keys_run_out_at__gte=instants[0], keys_run_out_at__lt=instants[1]).count(),
        keys=AccountKey.objects.filter(account__in=live, ended="", change_by__range=(first, last)).count(),
    )


def _training(turn: Turn, book: Book) -> int | None:
    months = months_it_counts(book)
    if months is None:
        return None
    newest = TrainingRecord.objects.filter(person__left_on=None).order_by("person", "-on").distinct("person")
    ends = [counts_until(day, months) for day in newest.values_list("on", flat=True)]
    return sum(each is not None and turn.first <= each <= turn.closes for each in ends)


@dataclass(frozen=True)
class Short:
    """An account losing a person who answers for it. `stays`: who answers for it afterwards; `wanted`: how
    many the policy asks for, one where it gives no number."""

    account: Account
    goes: Sequence[Person]
    stays: Sequence[Person]
    wanted: int

    @property
    def is_short(self) -> bool:
        """Whether fewer are left than the policy asks for."""
        return len(self.stays) < self.wanted


@dataclass(frozen=True)
class Leavers:
    """The known leavers. `unsaid`: how many people here have no leaving day entered; `last_list`: when a
    list of people was last imported."""

    people: Sequence[Person]
    number: int
    short: Sequence[Short]
    unsaid: int
    last_list: datetime | None


@dataclass(frozen=True)
class Starts:
    """What the leaving of one person starts."""

    person: Person
    roles: int
    tasks: int
    accounts: Sequence[Short]


def leavers(turn: Turn, book: Book, *, on: date) -> Leavers:
    """Return everyone whose leaving day falls in the new school year's turn, and what they leave uncovered.
    Six queries at most."""
    known = Person.objects.filter(left_on__gte=turn.first, left_on__lte=turn.closes)
    people = list(known.order_by("left_on", "name", "pk"))
    last = PeopleImport.objects.filter(state=ImportState.DONE).order_by("-ended_at").first()
    return Leavers(
        people[:MOST],
        len(people),
        [each for each in accounts_without({one.pk for one in people}, book) if each.is_short],
        Person.objects.filter(here_on(on), left_on=None).count(),
        last.ended_at if last else None,
    )


def accounts_without(ids: Iterable[int], book: Book) -> list[Short]:
    """Return the accounts that these people answer for, by name, with who answers for them afterwards, not
    counting other known leavers. Two queries, one where they answer for none."""
    going = set(ids)
    theirs = TeamMember.objects.filter(
        ~Q(account__state=AccountState.CLOSED), person__in=going, part__in=LEADING, to_day=None
    )
    found = set(theirs.values_list("account_id", flat=True)) if going else set()
    if not found:
        return []
    rows = TeamMember.objects.filter(account_id__in=found, part__in=LEADING, to_day=None)
    teams: dict[Account, dict[Person, None]] = defaultdict(dict)
    for row in rows.select_related("account", "person").order_by("account__name", "account_id", "pk"):
        teams[row.account][row.person] = None
    wanted = leads_asked_for(book)
    return [
        Short(
            account,
            [one for one in team if one.pk in going],
            [one for one in team if one.pk not in going and one.left_on is None],
            wanted,
        )
        for account, team in teams.items()
    ]


def what_it_starts(people: Sequence[Person], book: Book, tasks: QuerySet[Duty], *, on: date) -> list[Starts]:
    """Return what starts if all of these people leave, one by one, with how many of these tasks (`known_to`)
    they have. Four queries."""
    ids = [each.pk for each in people]
    accounts = accounts_without(ids, book)
    roles = dict(
        not_over(RoleAssignment.objects.filter(person__in=ids), on=on)
        .values("person")
        .annotate(number=Count("pk"))
        .order_by("person")
        .values_list("person", "number")
    )
    waiting = dict(
        tasks.filter(person__in=ids, state__in=STILL_TO_DO)
        .values("person")
        .annotate(number=Count("pk"))
        .order_by("person")
        .values_list("person", "number")
    )
    return [
        Starts(
            each,
            roles.get(each.pk, 0),
            waiting.get(each.pk, 0),
            [one for one in accounts if each in one.goes],
        )
        for each in people
    ]


ROLE_DAY = timedelta(days=1)
AT_THE_HEAD = frozenset({"own_policy", "decide_account"})
"""What a role at the head of a policy may do, whatever that policy calls it."""
MOST_NAMED = 12
_Had = tuple[RoleAssignment, Sequence[ExtendedAbsence]]
"""An assignment, and the long leave of its holder."""


@dataclass(frozen=True)
class Ending:
    """A person's role that ends, with no holder on the day after."""

    assignment: RoleAssignment
    role: Role
    last_day: date


@dataclass
class Head:
    """A role at the head of the policy: who has it, or will. `more`: those beyond the ones named."""

    role: Role
    rows: list[tuple[RoleAssignment, date | None]] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Waiting:
    """What is waiting for a person in a role: in the role's own name, in the person's own, and proposals
    under way in the whole federation."""

    of_role: Sequence[Duty]
    of_person: Sequence[Duty]
    more: int
    proposals: int


def endings(turn: Turn, book: Book, *, on: date) -> list[Ending]:
    """Return roles whose last day falls in the turn and not before today, with no holder after; soonest
    first.

    Acting for another person is left out: it was meant to end. Three queries.
    """
    names = {role.key: role for role in book.roles}
    first = max(on, turn.first)
    ends = Q(to_day__gte=first, to_day__lte=turn.closes)
    ends |= Q(ended_on__gt=first, ended_on__lte=turn.closes + ROLE_DAY)
    rows = _named(RoleAssignment.objects.filter(ends, acting_for=None, role_key__in=names))
    found = [
        Ending(row, names[row.role_key], last)
        for row in rows
        if (last := last_day_of(row)) is not None and first <= last <= turn.closes
    ]
    after: dict[tuple[object, ...], list[_Had]] = {}
    keys = {each.role.key for each in found}
    later = not_over(RoleAssignment.objects.filter(role_key__in=keys), on=first)
    for had in _with_leaves(later, first, turn.closes + ROLE_DAY):
        after.setdefault(_reach(had[0]), []).append(had)
    alone = [
        each for each in found if not _somebody(after[_reach(each.assignment)], each.last_day + ROLE_DAY)
    ]
    return sorted(alone, key=lambda each: (each.last_day, each.role.name, each.assignment.pk))


def heads(book: Book, *, on: date) -> list[Head]:
    """Return the roles at the head of the policy, in its order, with who has them for the federation or a
    school, now or later, and their last day where one is set. One query."""
    found = {role.key: Head(role) for role in book.roles if AT_THE_HEAD & role.capacities}
    rows = not_over(RoleAssignment.objects.filter(here_on(on, "person__"), role_key__in=found), on=on)
    places = (ScopeKind.FEDERATION, ScopeKind.SCHOOL)
    for row in _named(rows.filter(acting_for=None, scope_kind__in=places)):
        head = found[row.role_key]
        if len(head.rows) < MOST_NAMED:
            head.rows.append((row, last_day_of(row)))
        else:
            head.more += 1
    return list(found.values())


def days_without(assignment: RoleAssignment, first: date, last: date) -> list[Span]:
    """Return the days between two days, both included, on which no one else has this role in this reach, in
    runs. Two queries."""
    rows = _with_leaves(not_over(_same(assignment).filter(from_day__lte=last), on=first), first, last)
    days = (first + number * ROLE_DAY for number in range((last - first).days + 1))
    return runs(day for day in days if not _somebody(rows, day))


def waits_for(assignment: RoleAssignment, tasks: QuerySet[Duty]) -> Waiting:
    """Return what of these tasks (`known_to`) is open for this role and for this person, soonest first. Four
    queries."""
    tasks = tasks.filter(state__in=STILL_TO_DO)
    open_ones = tasks.select_related("person", "school", "then_person")
    reach = Q(school=assignment.school) | Q(school=None) if assignment.school_id else Q()
    of_role = open_ones.filter(reach, person=None, role_key=assignment.role_key)
    of_person = open_ones.filter(person=assignment.person)
    counts = tasks.aggregate(
        role=Count("pk", filter=reach & Q(person=None, role_key=assignment.role_key)),
        person=Count("pk", filter=Q(person=assignment.person)),
    )
    shown = [list(rows.order_by(*ORDER)[:MOST_NAMED]) for rows in (of_role, of_person)]
    return Waiting(
        shown[0],
        shown[1],
        counts["role"] + counts["person"] - len(shown[0]) - len(shown[1]),
        Proposal.objects.filter(reach, state=ProposalState.SUBMITTED).count(),
    )


def _same(assignment: RoleAssignment) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        role_key=assignment.role_key, scope_kind=assignment.scope_kind, school=assignment.school,
        account_id=assignment.account_id, item=assignment.item, managed=assignment.managed,
    ).exclude(person=assignment.person)  # fmt: skip


def _reach(row: RoleAssignment) -> tuple[object, ...]:
    return (row.role_key, row.scope_kind, row.school_id, row.account_id, row.item, row.managed_id)


def _with_leaves(rows: QuerySet[RoleAssignment], first: date, last: date) -> list[_Had]:
    found = list(rows.select_related("person"))
    away = extended_absences_within([row.person_id for row in found], first=first, last=last)
    return [(row, away.get(row.person_id, ())) for row in found]


def _somebody(rows: Sequence[_Had], day: date) -> bool:
    """Whether one of these counts on a day: its holder is here then and not on long leave."""
    for row, leaves in rows:
        last, left = last_day_of(row), row.person.left_on
        counts = row.from_day <= day and (last is None or last >= day) and (left is None or left > day)
        if counts and not any(_covers(leave, day) for leave in leaves):
            return True
    return False


def _covers(leave: ExtendedAbsence, day: date) -> bool:
    ends = leave.to_day is not None and leave.to_day < day
    return leave.from_day <= day and not ends and (leave.over_on is None or leave.over_on > day)


def _named(rows: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    return rows.select_related("person", "school", "managed").order_by("from_day", "person__name", "pk")


@dataclass(frozen=True)
class Starter:
    """A person without a role today whose first one begins on a day. The other fields come from rows; None
    where the policy does not cover them."""

    person: Person
    first_day: date
    signs_in: bool
    has_read: bool | None
    is_trained: bool | None

    @property
    def lacks_nothing(self) -> bool:
        """Whether no row that could be there is missing."""
        return self.signs_in and self.has_read is not False and self.is_trained is not False


@dataclass(frozen=True)
class Starters:
    """The starters, soonest first, how many they are, and how many people here have no role at all."""

    rows: Sequence[Starter]
    number: int
    without_role: int


def starters(policy: PolicyInForce, *, until: date, at: datetime) -> Starters:
    """Return those who begin after today, up to and on a day. Eight queries at most."""
    on = local_day(at)
    coming = RoleAssignment.objects.filter(here_on(on, "person__"), from_day__gt=on, from_day__lte=until)
    coming = coming.filter(ended_on=None).exclude(
        person__in=RoleAssignment.objects.filter(held_on(on)).values("person")
    )
    first: dict[Person, date] = {}
    for row in coming.select_related("person__user").order_by("from_day", "person__name", "pk"):
        first.setdefault(row.person, row.from_day)
    shown = list(first)[:MOST]
    ids = [each.pk for each in shown]
    joined = set(
        SchoolAccount.objects.filter(user__in=[each.user_id for each in shown]).values_list(
            "user_id", flat=True
        )
    )
    asks = knowing.wants(policy, on=on).asks
    said = knowing.answers(ids, policy.version) if asks else {}
    trains = bool(clauses_on_training(policy.book))
    trained = still_trained(ids, book=policy.book, on=on) if trains else {}
    held = not_over(RoleAssignment.objects.all(), on=on).values("person")
    return Starters(
        [
            Starter(
                each,
                first[each],
                each.user.has_usable_password() or each.user_id in joined,
                (each.pk in said and said[each.pk].answer) if asks else None,
                trained.get(each.pk, False) if trains else None,
            )
            for each in shown
        ],
        len(first),
        Person.objects.filter(here_on(on)).exclude(pk__in=held).count(),
    )
