"""Reads of accounts that existed before Schoolgate: which are not in order, and which continue by
permission."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from schoolgate.accounts.models import Account, GoingOn, ImportedAccount
from schoolgate.accounts.states import AccountState
from schoolgate.core.errors import NotFound
from schoolgate.core.reading_once import read_once
from schoolgate.people.models import Person


def going_on_by_permission(on: date) -> QuerySet[GoingOn]:
    """Return the permissions by which accounts that existed before Schoolgate publish on a day, earliest end
    first.

    What a report counts: `.count()`. It leaves out permissions that were withdrawn, have ended or have not
    begun, and those of accounts that are in order or closed by now.
    """
    return (
        GoingOn.objects.filter(
            leave__ended_at=None,
            leave__from_day__lte=on,
            until__gte=on,
            account__state=AccountState.OPEN,
            account__imported__regular_at=None,
        )
        .select_related("account__school", "leave__given_by")
        .order_by("until", "pk")
    )


def to_be_regular() -> QuerySet[ImportedAccount]:
    """Return the accounts that existed before Schoolgate and are not in order yet, earliest import first."""
    rows = ImportedAccount.objects.filter(regular_at=None, account__state=AccountState.OPEN)
    return rows.select_related("account__school").order_by("pk")


def those_there(which: str, *, on: date) -> QuerySet[ImportedAccount]:
    """Return the open accounts that existed before Schoolgate, for paging by `at`: those that do not meet the
    policy yet ("there"), those of them with permission to continue ("leave"), or those in order
    ("regular")."""
    rows = ImportedAccount.objects.filter(account__state=AccountState.OPEN)
    rows = rows.select_related("account__school", "decision")
    if which == "leave":
        return rows.filter(account__in=going_on_by_permission(on).order_by().values("account_id"))
    return rows.filter(regular_at__isnull=which != "regular")


def import_of(account: Account) -> ImportedAccount | None:
    """Return how an account came here that existed before Schoolgate; None for one opened here."""
    return (
        ImportedAccount.objects.select_related("by", "proposal", "regular_by").filter(account=account).first()
    )


def any_there() -> bool:
    """Return whether any account existed before Schoolgate."""
    return ImportedAccount.objects.exists()


@dataclass(frozen=True)
class ImportedCounts:
    """How many open accounts existed before Schoolgate; how many of them are in order, continue by
    permission, or wait."""

    there: int
    regular: int
    by_permission: int

    @property
    def waiting(self) -> int:
        """Return how many may not publish."""
        return self.there - self.regular - self.by_permission


def standing(on: date) -> ImportedCounts:
    """Return the numbers that every report names. Three queries."""
    rows = ImportedAccount.objects.filter(account__state=AccountState.OPEN)
    by_permission = going_on_by_permission(on).order_by().values("account_id").distinct().count()
    return ImportedCounts(rows.count(), rows.exclude(regular_at=None).count(), by_permission)


def leaves_of(accounts: Collection[int], *, on: date) -> Mapping[int, GoingOn]:
    """Return account -> the permission by which it continues on that day, the longest one. One query."""
    rows = going_on_by_permission(on).filter(account__in=list(accounts)) if accounts else ()
    return {row.account_id: row for row in rows}


def waits(accounts: Collection[int], *, on: date) -> frozenset[int]:
    """Return which of these accounts may not publish that day: existed before Schoolgate, not in order, no
    permission. One query, two where some are not in order, once in a page."""
    here = frozenset(accounts)
    return read_once(("accounts.waits", here, on), lambda: _waits(here, on)) if here else here


def _waits(accounts: Collection[int], on: date) -> frozenset[int]:
    rows = ImportedAccount.objects.filter(account__in=accounts, regular_at=None)
    open_ones = set(rows.values_list("account_id", flat=True))
    return frozenset(open_ones - leaves_of(open_ones, on=on).keys())


def permission_history(account: Account) -> list[GoingOn]:
    """Return every permission given to continue, newest first."""
    return list(account.going_on.select_related("leave__given_by").order_by("-pk"))


def permission_for(account: Account, pk: int) -> GoingOn:
    """Return one permission. Raises NotFound."""
    found = account.going_on.select_related("leave__given_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def keys_known_to(account: Account) -> list[Person]:
    """Return who knew its keys when it was imported, according to the list, by name; leavers stay named."""
    rows = account.keys_known_to.select_related("person").order_by("person__name", "pk")
    return [row.person for row in rows]
