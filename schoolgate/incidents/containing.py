"""What can be done at once with the thing that a concern is about, and doing it from its own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.keys import ask_for_change, check_has_part
from schoolgate.accounts.models import Account, AccountKey, ChangeReason
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import AlreadyDone, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.inbox import seeing, sight
from schoolgate.inbox.models import Item, Sight
from schoolgate.inbox.moderating import moderate
from schoolgate.incidents import things
from schoolgate.incidents.handling import check_may_see
from schoolgate.incidents.keeping import step
from schoolgate.incidents.models import Containment, Report, Step, StepKind
from schoolgate.people.models import Person
from schoolgate.people.rules import can, check_capacity
from schoolgate.publishing import rules
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import STANDS
from schoolgate.publishing.rules import stop_everything
from schoolgate.publishing.taking_down import take_down


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
        and can(seeing.check_may_hide, person, row, on=on)
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
    for taken in steps:
        if taken.kind == StepKind.CONTAINING:
            left = [*(one for one in left if one != taken.body), Containment(taken.body)]
        elif taken.kind == StepKind.CONTAINED:
            left = [one for one in left if one != taken.body]
    return left


# Contain what a concern is about, from its own page. What is to be done is written first, in a transaction
# of its own (`begin`); then it is done and written in one (`contain`). If the server stops in between, the
# concern says that it was begun and not done. What the network then does has a handshake of its own.


@action
def begin(*, report: Report, by: Person, at: datetime, how: Containment) -> Step:
    """Write down what is about to be done. Raises NotFound, and NotNow where it can't be done from here by
    this person."""
    check_may_see(report, by, at)
    if how not in ways_to_contain(report, by, on=local_day(at)):
        raise NotNow(
            _("You can’t do this here any more."),
            _("Open it again to see what you can do."),
        )
    return step(report, StepKind.CONTAINING, at=at, by=by, body=how)


@action
def contain(*, report: Report, by: Person, at: datetime, how: Containment, because: str = "") -> Step:
    """Do it as on its own page, with the decision of the policy kept there, and write that it was done.

    `because`: why a comment is hidden, one of `WhyKeptBack`. Nothing says elsewhere that there is a concern.
    Raises NotFound, NotAllowed, NotNow, BadInput, Refused: then nothing was done.
    """
    check_may_see(report, by, at)
    thing = things.by_subject(report.thing) if report.thing else None
    row = thing.row if thing is not None else None
    account = account_of(row)
    if how == Containment.TAKE_DOWN and isinstance(row, Post):
        take_down(by=by, at=at, post=row, reason="safety")
    elif how == Containment.HIDE and isinstance(row, Item):
        moderate(by=by, at=at, item=row, how=Sight.HIDDEN, because=because)
    elif how == Containment.STOP:
        with suppress(AlreadyDone):  # a colleague's stop contains it as well
            stop_everything(by=by, at=at, reason="harm", school=thing.school if thing else report.school)
    elif how == Containment.KEYS and account is not None:
        check_may_have_keys_changed(by, account, on=local_day(at))
        for key in keys_of(account):
            ask_for_change(key, ChangeReason.ASKED, at=at)
    else:
        raise NotNow(
            _("This isn’t possible for this kind of report."), _("Open it again to see what you can do.")
        )
    record("report.contained", subject=report, at=at, actor=by, how=str(how))
    return step(report, StepKind.CONTAINED, at=at, by=by, body=how)
