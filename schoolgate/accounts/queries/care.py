"""Reads of how accounts are looked after, each with a number of queries that does not grow with its rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.accounts.models import Account, Archive, Closing, Look, Offer, TeamMember
from schoolgate.accounts.states import AccountState, Looked, Part
from schoolgate.core.clock import begins, local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import is_held
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.rulebook import Book

LOOKED_THROUGH = timedelta(days=60)
"""How far back checks are searched; for a longer gap the last check is stored with the account."""
WEEKS = 5
"""How many weeks a page shows, this one included."""


def here(on: date) -> Q:
    """Return who runs an account on a day and is there: neither left nor on long leave."""
    runs = Q(from_day__lte=on) & (Q(to_day=None) | Q(to_day__gte=on))
    return runs & here_on(on, "person__") & ~Q(away_on(on, person="person"))


def in_care(rows: QuerySet[Account], *, on: date) -> QuerySet[Account]:
    """Return accounts with all that their care needs; team members who are not away are in `.there`."""
    team = TeamMember.objects.filter(here(on)).select_related("person").order_by("id")
    return rows.select_related("school", "proposal", "watched__last_look__by").prefetch_related(
        Prefetch("team", team, to_attr="there")
    )


def cared_for(pk: int, *, on: date) -> Account:
    """Return one account that is there, as `in_care` does."""
    return in_care(Account.objects.filter(pk=pk), on=on).get()


def in_order(account: Account, *first: str) -> list[Person]:
    """Return who runs the account and is there, leads first, or those with the parts `first` before all
    others.

    Takes an account from `in_care`.
    """
    members: Sequence[TeamMember] = getattr(account, "there", ())
    wanted = first or (Part.LEAD,)
    ordered = sorted(members, key=lambda row: (row.part not in wanted, row.part != Part.LEAD, row.pk))
    return list(dict.fromkeys(row.person for row in ordered))


def last_looks(accounts: Collection[Account], *, at: datetime) -> dict[int, list[Look]]:
    """Return for each account the newest check of each kind and by each set of roles. One query."""
    recent = Look.objects.filter(account__in=accounts, at__gt=at - LOOKED_THROUGH, at__lte=at)
    found: dict[int, list[Look]] = {account.pk: [] for account in accounts}
    for look in recent.order_by("account_id", "what", "roles", "-at").distinct("account_id", "what", "roles"):
        found[look.account_id].append(look)
    for account in accounts:
        care = getattr(account, "watched", None)
        last = care.last_look if care is not None else None
        if last is not None and last.at <= at - LOOKED_THROUGH:
            found[account.pk].append(last)
    return found


def looks_since(account: Account, since: date) -> list[Look]:
    """Return every check of an account from a day on, newest first, with who checked."""
    rows = account.looks.filter(at__gte=begins(since)).select_related("by")
    return list(rows.order_by("-at", "-id")[:2000])


@dataclass(frozen=True)
class Week:
    """A week from Monday on: the days with a check, and how many of its days have come."""

    monday: date
    looked: tuple[date, ...]
    days: int


def weeks_of(looks: Iterable[Look], *, on: date, weeks: int = WEEKS) -> list[Week]:
    """Return the last weeks of an account, oldest first, this one included."""
    days = {local_day(look.at) for look in looks if look.what == Looked.ACCOUNT}
    this = on - timedelta(days=on.weekday())
    mondays = [this - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    return [
        Week(
            monday=monday,
            looked=tuple(sorted(day for day in days if monday <= day < monday + timedelta(days=7))),
            days=min(7, (on - monday).days + 1),
        )
        for monday in mondays
    ]


def mine_to_look_in(person: Person, *, on: date, limit: int = 20) -> list[Account]:
    """Return the open accounts that this person runs, each with its last check. Two queries."""
    ids = TeamMember.objects.filter(here(on), person=person, account__state=AccountState.OPEN)
    rows = Account.objects.filter(pk__in=ids.values("account")).select_related("watched__last_look__by")
    return list(rows.order_by("name", "pk")[:limit])


def without_anybody(*, on: date, limit: int = 50) -> list[Account]:
    """Return accounts that are not closed and have no lead who is there. One query."""
    led = TeamMember.objects.filter(here(on), part=Part.LEAD).values("account")
    rows = Account.objects.exclude(state=AccountState.CLOSED).exclude(pk__in=led)
    return list(rows.select_related("school").order_by("name", "pk")[:limit])


def asks_for_looks(book: Book) -> bool:
    """Return whether this policy has anything on daily checks of accounts."""
    return bool(book.bound("account.watch"))


def runs_any(person: Person) -> bool:
    """Return whether a person is on the team of any account."""
    return TeamMember.objects.filter(person=person, to_day=None).exists()


def names_here(on: date, *, limit: int) -> list[tuple[int, str]]:
    """Return the id and name of everyone here on a day, by name. One query."""
    return list(Person.objects.filter(here_on(on)).order_by("name", "pk").values_list("pk", "name")[:limit])


def team_names(account: Account) -> list[tuple[int, str]]:
    """Return the id and name of each person on an account's team, in the order in which they came. One
    query."""
    team = account.team.filter(to_day=None).order_by("id").values_list("person_id", "person__name")
    return list(dict.fromkeys(team))


def offers_of(account: Account, *, limit: int = 20) -> list[Offer]:
    """Return who was asked to take a part in an account, newest first. One query."""
    return list(account.offers.select_related("to", "by", "instead_of").order_by("-id")[:limit])


def offer_by_id(pk: int) -> Offer:
    """Return one part that a person was asked to take. Raises NotFound, also for another federation's."""
    found = Offer.objects.select_related("account__school", "to", "by", "instead_of").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def archive_by_id(pk: int) -> Archive:
    """Return one archive of an account. Raises NotFound, also for another federation's."""
    found = Archive.objects.select_related("account__school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def farewell(closing: Closing, *, at: datetime) -> str:
    """Return the message to followers as it may be published now; "" where there is none, where no one has
    read what the proposal had, or where a child in it may no longer be named."""
    words, network = closing.followers, closing.account.network
    held = is_held(Door.FAREWELL, {"followers": words}, about=closing, at=at, network=network)
    return "" if held else words
