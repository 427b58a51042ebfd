"""Who calls, and the schools and accounts that a program has to name."""

from typing import Annotated

from ninja import Query, Router

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.api.calls import Call, inside
from schoolgate.api.fields import LARGEST, Limit, Out
from schoolgate.core.models import School
from schoolgate.people.queries import capacities

router = Router(tags=["who"])


class SchoolOut(Out):
    """A school of the federation."""

    id: int
    name: str


class MeOut(Out):
    """Who calls. `may`: what the person's roles allow somewhere; each act asks for its place again."""

    id: int
    name: str
    federation: str
    may: list[str]
    schools: list[SchoolOut]


class AccountOut(Out):
    """An open account that may speak. `school`: null where it speaks for the whole federation."""

    id: int
    name: str
    network: str
    handle: str
    school: int | None


class Accounts(Out):
    """A page of accounts. `next`: what to give as `after`; null on the last page."""

    rows: list[AccountOut]
    next: int | None


@router.get("/me", response=MeOut)
@inside
def me(call: Call) -> MeOut:
    """The caller, their federation, and which of its schools."""
    return MeOut(
        id=call.person.pk,
        name=call.person.name,
        federation=call.person.federation.slug,
        may=sorted(capacities(call.person, on=call.on, anywhere=True)),
        schools=[SchoolOut(id=each.pk, name=each.name) for each in School.objects.order_by("name", "pk")],
    )


@router.get("/accounts", response=Accounts)
@inside
def accounts(
    call: Call, after: Annotated[int | None, Query(None, ge=1, le=LARGEST)], limit: Limit
) -> Accounts:
    """The open accounts, by id."""
    rows = open_accounts().order_by("pk")
    found = list((rows.filter(pk__gt=after) if after else rows)[: limit + 1])
    shown = found[:limit]
    return Accounts(
        rows=[account_out(each) for each in shown], next=shown[-1].pk if len(found) > limit else None
    )


def account_out(account: Account) -> AccountOut:
    """An account as it is answered."""
    return AccountOut(
        id=account.pk,
        name=account.name,
        network=account.network,
        handle=account.handle,
        school=account.school_id,
    )
