"""A list of accounts that are there already is brought, explained, and taken in: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from schoolgate.accounts.actions.opening import open_duties
from schoolgate.accounts.importing.fields import TOO_SHORT, check_columns
from schoolgate.accounts.importing.here import look_here
from schoolgate.accounts.importing.planning import Plan, plan_import
from schoolgate.accounts.importing.reading import Read
from schoolgate.accounts.models import (
    Account,
    AccountImport,
    AccountMapping,
    BroughtIn,
    KeysKnownTo,
    TeamMember,
)
from schoolgate.accounts.queries.brought_in import import_for
from schoolgate.accounts.rules.brought_in import check_may_bring_in
from schoolgate.accounts.states import AccountState, Part
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.people.lists.columns import Meaning, headings_of
from schoolgate.people.lists.importing import (
    check_school,
    drop,
    enter,
    free_name,
    keep_mapping,
    let_lapse,
    note_erased,
    take_over,
)
from schoolgate.people.lists.storing import KeptList
from schoolgate.people.lists.taking import (
    check_taken,
    ended,
    look_again,
    not_explained,
    wait_for_others,
)
from schoolgate.people.models import Person
from schoolgate.people.sheets import Sheet
from schoolgate.people.states.importing import ImportState
from schoolgate.policy.queries import PolicyInForce, in_force


@action
def start_account_import(*, by: Person, at: datetime, kept: KeptList) -> AccountImport:
    """Enter a list that was put away (`people.lists.storing.keep_list`); one with the same headings is read
    like the one before. Raises NotAllowed."""
    check_may_bring_in(by, on=local_day(at))
    importing = enter(AccountImport, AccountMapping, kept, by=by, at=at)
    record("account.list_brought", subject=importing, at=at, actor=by, lines=importing.lines)
    return importing


@action
def explain_account_columns(
    *,
    by: Person,
    at: datetime,
    importing: AccountImport,
    sheet: Sheet,
    name: str,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    shape: str,
) -> AccountMapping:
    """Say what the columns of a list are, under a name; a mapping of that name, for the same headings, is
    changed. Raises NotAllowed, NotNow (no longer open), BadInput (name_of_mapping, or a field)."""
    _check_open(by, importing, at=at)
    name = free_name(AccountMapping, name, shape)
    check_columns(columns, defaults, headings_of(sheet, too_short=TOO_SHORT))
    check_school(defaults)
    mapping = keep_mapping(
        AccountMapping, importing, name=name, shape=shape, columns=columns, defaults=defaults, by=by, at=at
    )
    record("account.list_explained", subject=mapping, at=at, actor=by)
    return mapping


def what_comes_of_accounts(importing: AccountImport, sheet: Sheet, *, on: date) -> Plan:
    """What would come of a list on a day, line by line. Raises NotNow where the columns are not explained."""
    if importing.mapping is None:
        raise not_explained()
    return plan_import(sheet, Meaning.of(importing.mapping), look_here(on), content=importing.content)


@action
def take_in_accounts(
    *, by: Person, at: datetime, importing: AccountImport, sheet: Sheet, seen: str
) -> AccountImport:
    """Put the accounts of a list on the register, exactly as they were shown: `seen` is `Plan.seen`.

    All of it or nothing. Of each account the policy in force is asked with what is known, and what it waits
    for is asked of those whom it names; nothing is published on any of them by it. Raises NotAllowed, NotNow
    (ended, something changed meanwhile, a line is refused, no policy is in force).
    """
    importing = _check_open(by, importing, at=at)
    policy = in_force(local_day(at))
    wait_for_others()
    plan = what_comes_of_accounts(importing, sheet, on=local_day(at))
    check_taken(refused=plan.refused, shown=plan.seen, seen=seen)
    try:
        with transaction.atomic():
            for read in plan.accounts:
                _take_in(read, importing, policy, by=by, at=at)
    except IntegrityError:
        # Somebody entered one of these addresses while we were writing.
        raise look_again() from None
    over = take_over(importing, at=at, counts=plan.counts)
    record(
        "account.list_taken_in",
        subject=importing,
        at=at,
        actor=by,
        added=plan.counts["accounts_added"],
        content=importing.content,
    )
    return over


def _take_in(
    read: Read, importing: AccountImport, policy: PolicyInForce, *, by: Person, at: datetime
) -> Account:
    account = Account.objects.create(
        school_id=read.school_id,
        name=read.name,
        network=read.network,
        handle=read.handle,
        address=read.address,
        kind=read.kind,
        purpose=read.purpose,
        audience=read.audience,
        pupils_in_audience=read.pupils,
        youngest_pupil=read.youngest,
        state=AccountState.OPEN,
        made_at=at,
        opened_at=at,
        opened_by=by,
    )
    day = local_day(at)
    parts = [(person, Part.LEAD) for person in read.run_by]
    parts += [(person, Part.RUNNER) for person in read.second if person not in read.run_by]
    TeamMember.objects.bulk_create(
        TeamMember(account=account, person_id=person, part=part, from_day=day) for person, part in parts
    )
    KeysKnownTo.objects.bulk_create(
        KeysKnownTo(account=account, person_id=person, at=at) for person in read.known_to
    )
    brought = BroughtIn.objects.create(account=account, since=read.since, by=by, at=at, listed_in=importing)
    kept = open_duties(account, policy, by=by, at=at)
    brought.decision = kept
    brought.save(update_fields=["decision"])
    record(
        "account.taken_in", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        list=importing.pk,
    )  # fmt: skip
    return account


@action
def drop_account_import(*, by: Person, at: datetime, importing: AccountImport) -> AccountImport:
    """Do not take a list in; its lines are erased. Raises NotAllowed, NotNow (no longer open)."""
    importing = _check_open(by, importing, at=at)
    over = drop(importing, at=at)
    record("account.list_dropped", subject=importing, at=at, actor=by)
    return over


@action
def let_account_imports_lapse(*, at: datetime) -> list[str]:
    """End the lists that nobody confirmed in a day; returns the files of all that have ended and still have
    one, for the sweep to erase once the transaction is over."""
    return let_lapse(AccountImport, "account.list_lapsed", at=at)


@action
def note_account_lists_erased(*, at: datetime, files: list[str]) -> None:
    """The files are gone: nothing points to them any more. `at` is the sweep's instant."""
    note_erased(AccountImport, files)


def _check_open(by: Person, importing: AccountImport, *, at: datetime) -> AccountImport:
    """The list, locked. Raises NotAllowed, NotFound (somebody else's), NotNow (no longer open)."""
    check_may_bring_in(by, on=local_day(at))
    found = import_for(by, importing.pk, lock=True)
    if found.state != ImportState.OPEN:
        raise ended()
    return found
