"""From rows to the facts of account.keys."""

from datetime import date, datetime
from typing import Literal

from django.db.models import Q

from schoolgate.accounts.facts.proposals import actor
from schoolgate.accounts.models import Account
from schoolgate.accounts.states import KeyKind
from schoolgate.core.clock import local_day
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for, capacities_of_roles
from schoolgate.people.states import ScopeKind
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.situations.account_run import AccountKeys


def has_part(person: Person, account: Account, *, on: date) -> bool:
    """Return whether the person has a part in this very account: on its team, or keeping its sign-in by a
    role held for it alone. A role for a whole school or federation does not count: under some policies all
    staff have one."""
    here = Q(to_day=None) | Q(to_day__gt=on)
    if account.team.filter(here, person=person, from_day__lte=on).exists():
        return True
    held = assignments(person, on=on, where=Where(account=account))
    roles = held.filter(scope_kind=ScopeKind.ACCOUNT).values_list("role_key", flat=True)
    return "hold_keys" in capacities_of_roles(roles, book_for(person))


def keys_facts(
    account: Account,
    policy: PolicyInForce,
    *,
    by: Person,
    at: datetime,
    kind: str,
    act: Literal["see", "keep"],
    place: Literal["vault", "locked"] = "vault",
) -> AccountKeys:
    """Return the facts of seeing or storing a key of an account.

    A recovery code, a seed or a token opens the account as its password does, and counts as one. Nothing
    can be read in the vault. The same goes for a sealed paper: people who open the safe can't read it
    without breaking a seal, and a broken seal is on record and makes the key fall due for change.
    """
    on = local_day(at)
    return AccountKeys(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        what="account details" if kind == KeyKind.PARTICULARS else "passwords",
        act=act,
        by_has_part=has_part(by, account, on=on),
        place=place if act == "keep" else None,
        in_clear=False if act == "keep" else None,
    )
