"""What can be done at once with the thing that a concern is about, and what was begun and not done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from schoolgate.accounts.keys import check_has_part
from schoolgate.accounts.models import Account, AccountKey
from schoolgate.core.errors import NotAllowed
from schoolgate.inbox import rules as inbox_rules
from schoolgate.inbox import sight
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import Sight
from schoolgate.incidents import things
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.states import Containment, StepKind
from schoolgate.people.models import Person
from schoolgate.people.rules import can, check_capacity
from schoolgate.publishing import rules
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import STANDS


def ways_to_contain(report: Report, person: Person, *, on: date) -> list[Containment]:
    """Return what this person can do at once from the page of a concern: only what they could do anyway."""
    return list(_ways(report, person, on))


def _ways(report: Report, person: Person, on: date) -> Iterator[Containment]:
    thing = things.by_subject(report.thing) if report.thing else None
    row = thing.row if thing is not None else None
    if isinstance(row, Post) and row.state in STANDS and can(rules.check_may_take_down, person, row, on=on):
        yield Containment.TAKE_DOWN
    if (
        isinstance(row, Item)
        and can(inbox_rules.check_may_hide, person, row, on=on)
        and Sight.HIDDEN in sight.ways(row)
    ):
        yield Containment.HIDE
    if can(rules.check_may_stop, person, thing.school if thing else report.school, on=on):
        yield Containment.STOP
    account = account_of(row)
    if account is not None and keys_of(account) and can(check_may_have_keys_changed, person, account, on=on):
        yield Containment.KEYS


def account_of(row: object) -> Account | None:
    """Return the account that a concern is about: that of a comment, or the account itself."""
    if isinstance(row, Account):
        return row
    return row.account if isinstance(row, Item) else None


def keys_of(account: Account) -> list[AccountKey]:
    """Return the keys of an account that can be changed."""
    return list(AccountKey.objects.filter(account=account, ended="").select_related("account").order_by("pk"))


def check_may_have_keys_changed(person: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless a person runs the account or may stop posting."""
    try:
        check_has_part(person, account, on=on)
    except NotAllowed:
        check_capacity(person, "stop_everything", on=on, school=account.school)


def begun_and_not_done(steps: Iterable[Step]) -> list[Containment]:
    """Return what was begun, and is not known to be done: the server was switched off in between, or the
    policy or a rule refused it."""
    left: list[Containment] = []
    for step in steps:
        if step.kind == StepKind.CONTAINING:
            left = [*(one for one in left if one != step.body), Containment(step.body)]
        elif step.kind == StepKind.CONTAINED:
            left = [one for one in left if one != step.body]
    return left
