"""Who leaves at the end of the school year, and which accounts then have fewer leads than the policy asks
for.

The number of queries does not grow with the people or the accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from schoolgate.accounts.handover_facts import LEADING, leads_asked_for
from schoolgate.accounts.models import Account, AccountState, TeamMember
from schoolgate.core.school_year import Turn
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.models import PeopleImport, Person, RoleAssignment
from schoolgate.people.queries import here_on, not_over
from schoolgate.people.states import ImportState
from schoolgate.rulebook import Book

MOST = 50


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
