"""Which accounts a person may see, set up, open and keep the keys of; and the public register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import is_on_team
from schoolgate.accounts.models import Account, AccountState, Notice, Part, TeamMember
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.rows import with_words
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity

SEES_ALL = frozenset({"decide_account", "oversee", "administer", "open_account"})
NameKey = tuple[str, int]


def accounts_page(
    *, after: NameKey | None = None, limit: int = 25, state: str | None = None
) -> tuple[list[Account], NameKey | None]:
    """Return the federation's accounts by name, each with its team in `.running`. Two queries.

    Every member of the federation may know which accounts speak in its name. Returns the rows and the key of
    the next page, None on the last one.
    """
    return page_after(
        _with_team(Account.objects.filter(state=state) if state else Account.objects.all()), after, limit
    )


def search(words: Sequence[str], *, limit: int) -> list[Account]:
    """Return the accounts with all these words in their name, handle or school, by name, each with its team
    in `.running`. Two queries."""
    rows = with_words(Account.objects.all(), words, "name", "handle", Coalesce("school__name", Value("")))
    return list(_with_team(rows).order_by("name", "pk")[:limit])


def account_for(person: Person, pk: int) -> Account:
    """Return one account with its team, proposal and notices. Raises NotFound, also for another
    federation's."""
    found = (
        _with_team(Account.objects.filter(pk=pk))
        .select_related("proposal__by", "school", "opened_by", "imported")
        .prefetch_related(Prefetch("notices", Notice.objects.select_related("to_person").order_by("id")))
        .first()
    )
    if found is None or found.federation_id != person.federation_id:
        raise NotFound
    if found.proposal is not None and found.proposal.school_id == found.school_id:
        found.proposal.school = found.school
    return found


def may_set_up(person: Person, account: Account, *, on: date) -> bool:
    """Return whether the person sees the inside of an account: its team, or a role that opens, decides or
    oversees there."""
    if is_on_team(person, account):
        return True
    held = capacities(person, on=on, school=account.school, account=account)
    return bool(held & SEES_ALL)


def register_page(*, after: NameKey | None = None, limit: int = 50) -> tuple[list[Account], NameKey | None]:
    """Return what the public register shows: open accounts by name, each with its school. One query.

    It names no persons: the contact is what the account itself gives.
    """
    rows = Account.objects.filter(state=AccountState.OPEN).select_related("school")
    return page_after(rows, after, limit)


def open_accounts(*, network: str | None = None) -> QuerySet[Account]:
    """Return accounts that may post, by name, each with its school."""
    rows = Account.objects.filter(state=AccountState.OPEN).select_related("school").order_by("name", "id")
    return rows.filter(network=network) if network else rows


def leads(account: Account) -> list[Person]:
    """Return the account's leads today, in the order in which they came to it."""
    rows = account.team.filter(part=Part.LEAD, to_day=None).select_related("person").order_by("id")
    return [member.person for member in rows]


def _with_team(rows: QuerySet[Account]) -> QuerySet[Account]:
    team = TeamMember.objects.filter(to_day=None).select_related("person").order_by("id")
    return rows.select_related("school").prefetch_related(Prefetch("team", team, to_attr="running"))


def page_after(
    rows: QuerySet[Account], after: NameKey | None, limit: int
) -> tuple[list[Account], NameKey | None]:
    """Return the accounts by name after a key, and the key of the next page."""
    if after is not None:
        name, pk = after
        rows = rows.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    found = list(rows.order_by("name", "pk")[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], (last.name, last.pk)


def parts_of(people: list[int], on: date) -> dict[int, frozenset[str]]:
    """Return the part that each of these people has in the federation's accounts on a day, in the words of
    the rulebook; people without one are left out. One query."""
    rows = TeamMember.objects.filter(
        Q(to_day=None) | Q(to_day__gte=on), from_day__lte=on, person_id__in=people
    ).exclude(account__state=AccountState.CLOSED)
    return {pk: frozenset({"runs_account"}) for pk in rows.values_list("person_id", flat=True)}


def check_may_set_up(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person opens accounts there, or is on the team of this one."""
    if is_on_team(by, account):
        return
    check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_open(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless one of the person's roles opens accounts there."""
    check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_hold_keys(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless one of the person's roles keeps the sign-in of accounts there."""
    check_capacity(by, "hold_keys", on=on, school=account.school, account=account)


def check_waiting(account: Account) -> None:
    """Raise NotNow unless the account is still to be opened, or existed before Schoolgate and is not in order
    yet."""
    if not account.being_set_up:
        raise NotNow(_("This account is no longer being set up."), _("Open it again to see its status."))
