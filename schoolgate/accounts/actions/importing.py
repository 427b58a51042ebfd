"""Apply a list of existing accounts. Its steps are those of every list (`people.lists.importer`)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.opening import open_duties
from schoolgate.accounts.importing.fields import HEADINGS, check_columns
from schoolgate.accounts.importing.planning import Plan, plan_import
from schoolgate.accounts.importing.reading import Read
from schoolgate.accounts.models import (
    Account,
    AccountImport,
    AccountMapping,
    ImportedAccount,
    KeysKnownTo,
    TeamMember,
)
from schoolgate.accounts.rules.imported import check_may_bring_in
from schoolgate.accounts.states import AccountState, Part
from schoolgate.accounts.states.imported import MOST_ACCOUNTS
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.people.lists.columns import known_headings
from schoolgate.people.lists.importer import Events, Importer
from schoolgate.people.lists.storing import Shape
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce, in_force


def _write(plan: Plan, importing: AccountImport, *, by: Person, at: datetime) -> None:
    """Put the accounts on the register. The policy in force is asked about each with what is known, and the
    people it names are asked for what is missing; this publishes nothing on any of them. Raises NotNow
    where no policy is in force."""
    policy = in_force(local_day(at))
    texts = {
        f"{name}-{number}": getattr(read, name)
        for number, read in enumerate(plan.accounts)
        for name in ("name", "handle", "address", "purpose")
    }
    check_leaving(Door.REGISTER, texts, about=importing, by=by, at=at)
    for read in plan.accounts:
        _take_in(read, importing, policy, by=by, at=at)


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
    brought = ImportedAccount.objects.create(
        account=account, since=read.since, by=by, at=at, listed_in=importing
    )
    kept = open_duties(account, policy, by=by, at=at)
    brought.decision = kept
    brought.save(update_fields=["decision"])
    record(
        "account.taken_in", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        list=importing.pk,
    )  # fmt: skip
    return account


ACCOUNTS = Importer(
    lists=AccountImport,
    mappings=AccountMapping,
    events=Events(
        uploaded="account.list_brought",
        explained="account.list_explained",
        applied="account.list_taken_in",
        dropped="account.list_dropped",
        lapsed="account.list_lapsed",
    ),
    may=check_may_bring_in,
    check_columns=lambda _by, *columns: check_columns(*columns),
    plan=plan_import,
    write=_write,
    ids={"added": "accounts_added"},
    shape=Shape(
        most_rows=MOST_ACCOUNTS + 1,
        too_short=_("The list needs a row of headings, and a row for each account below."),
        known=known_headings(HEADINGS),
    ),
)
