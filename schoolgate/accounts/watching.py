"""The sweep over open accounts: missed checks, inactive accounts, and reviews that are due.

Rows are written only where something changes: a duty that is newly owed, or one that is no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from schoolgate.accounts import care, closing
from schoolgate.accounts.care import (
    asked_for,
    calendar_around,
    due_of,
    in_care,
    in_order,
    last_looks,
    missed_in,
)
from schoolgate.accounts.closing import evaluations_due
from schoolgate.accounts.duty_kinds import (
    FRESHEN,
    LEFT_ALONE,
    LOOK_IN,
    NOBODY,
    OF_LOOKS,
    READ_FRIENDS,
    READ_THROUGH,
    TAKE_PART,
)
from schoolgate.accounts.models import Account, AccountState, Look, Looked, Part
from schoolgate.accounts.proposal_form import deciding_role
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opened, Then, cancel, discharge, open_duties
from schoolgate.duties.models import Basis, Due, Duty
from schoolgate.duties.queries import standing
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decisions, verdicts
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, policy_or_none
from schoolgate.rota.turns import on_duty
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.kinds import Kind

ACCOUNTS_AT_ONCE = 200
"""Accounts looked at in one transaction, so that its locks are short."""


@dataclass
class Sweep:
    """What one transaction of the sweep works with, and what it is going to write."""

    accounts: list[Account]
    policy: PolicyInForce
    at: datetime
    looks: dict[int, list[Look]]
    standing: dict[str, dict[str, list[Duty]]]
    wanted: list[tuple[str, Facts, Account, Callable[[DecisionRecord], Opened]]] = field(default_factory=list)

    @property
    def on(self) -> date:
        """Return the day in London."""
        return local_day(self.at)

    def stands(self, kind: str, account: Account) -> bool:
        """Return whether someone has already been asked for it."""
        return bool(self.standing.get(kind, {}).get(subject_of(account)))


@action
def watch_accounts(*, at: datetime, after: int = 0, limit: int = ACCOUNTS_AT_ONCE) -> int | None:
    """Check the next open accounts whose number comes after `after`; returns where to continue, None at the
    end. Safe to run twice; the number of queries does not grow with the accounts of one call, except for what
    is no longer owed.
    """
    on = local_day(at)
    policy = policy_or_none(on)
    if policy is None:  # nothing is adopted yet, so nothing can be owed
        return None
    rows = Account.objects.filter(state=AccountState.OPEN, pk__gt=after).order_by("pk")
    accounts = list(in_care(rows, on=on)[:limit])
    if not accounts:
        return None
    sweep = Sweep(accounts, policy, at, last_looks(accounts, at=at), _standing(accounts))
    if policy.book.bound("account.watch"):
        _watched(sweep)
        _took_part(sweep)
    if policy.book.bound("account.status"):
        _alive(sweep)
    _open(sweep)
    _led(sweep)
    evaluations_due(accounts, policy, at=at)
    return accounts[-1].pk if len(accounts) == limit else None


def _standing(accounts: Sequence[Account]) -> dict[str, dict[str, list[Duty]]]:
    return {kind: dict(standing(kind, accounts)) for kind in (*OF_LOOKS, FRESHEN, LEFT_ALONE, NOBODY)}


def _watched(sweep: Sweep) -> None:
    """Ask about missed checks: the person on duty, else the first of the team, and then the next."""
    known = calendar_around(sweep.accounts, sweep.looks, at=sweep.at)
    asked = [
        care.watch_facts(
            account,
            sweep.looks[account.pk],
            sweep.policy.book,
            since=care.first_day_after(account, sweep.looks[account.pk]),
            at=sweep.at,
            calendar=known.get(account.school_id or 0),
        )
        for account in sweep.accounts
    ]
    found = verdicts("account.watch", asked, on=sweep.on)
    duty = on_duty(sweep.at)
    for account, given, decision in zip(sweep.accounts, asked, found, strict=True):
        missed = missed_in(decision, sweep.policy.book)
        for kind in (LOOK_IN, READ_THROUGH, READ_FRIENDS):
            if kind not in missed and sweep.stands(kind, account):
                cancel(kind=kind, subject=account, because="not_missed", at=sweep.at)
        for kind, finding in missed.items():
            people = asked_for(account, kind, duty=duty)
            if people is None or sweep.stands(kind, account):
                continue
            due = due_of(finding, given, on=sweep.on)
            sweep.wanted.append(
                ("account.watch", given, account, _opened(kind, account, due, people, finding.clauses))
            )


def _took_part(sweep: Sweep) -> None:
    """Whether the role that must take part in watching has done so, where the federation chose how often."""
    book = sweep.policy.book
    roles = book.roles_at("account.watch", "part_in_watching")
    if not roles or not book.stated("account.watch", "part_in_watching", "interval_days"):
        return
    key = book.role(roles[0]).key
    asked = []
    for account in sweep.accounts:
        looks = sweep.looks[account.pk]
        theirs = [one for one in looks if key in one.roles.split(",") and one.what == Looked.ACCOUNT]
        since = care.first_day_after(account, theirs)
        asked.append(
            care.watch_facts(account, looks, sweep.policy.book, since=since, at=sweep.at, calendar=None)
        )
    found = verdicts("account.watch", asked, on=sweep.on)
    for account, given, decision in zip(sweep.accounts, asked, found, strict=True):
        clauses = next(
            (one.clauses for one in decision.at("part_in_watching") if one.kind is Kind.BREACHED), ()
        )
        if not clauses and sweep.stands(TAKE_PART, account):
            discharge(kind=TAKE_PART, subject=account, by=None, at=sweep.at, how="looked")
        elif clauses and not sweep.stands(TAKE_PART, account):
            sweep.wanted.append(("account.watch", given, account, _for_role(account, key, clauses)))


def _for_role(account: Account, key: str, clauses: tuple[str, ...]) -> Callable[[DecisionRecord], Opened]:
    def opened(kept: DecisionRecord) -> Opened:
        return Opened(
            kind=TAKE_PART, subject=account, due=Due.none_promised(), role=key, school=account.school,
            account=account.pk, clauses=clauses, decision=kept,
        )  # fmt: skip

    return opened


def _alive(sweep: Sweep) -> None:
    """Ask about accounts that are inactive or unattended, by the numbers of days that the federation
    chose."""
    waiting = closing.unanswered([account.pk for account in sweep.accounts])
    asked = [
        care.status_facts(
            account,
            last_visit=max((one.at for one in sweep.looks[account.pk]), default=None),
            unanswered=waiting[account.pk],
            at=sweep.at,
        )
        for account in sweep.accounts
    ]
    found = verdicts("account.status", asked, on=sweep.on)
    managers = _managers(sweep)
    for account, given, decision in zip(sweep.accounts, asked, found, strict=True):
        for kind, point in ((FRESHEN, "kept_fresh"), (LEFT_ALONE, "not_left_alone")):
            clauses = _not_kept(decision, point)
            if not clauses and sweep.stands(kind, account):
                discharge(kind=kind, subject=account, by=None, at=sweep.at, how="in_order")
            elif clauses and not sweep.stands(kind, account):
                people = _answering(account, managers)
                if people is not None:
                    opened = _opened(kind, account, Due.none_promised(), people, clauses)
                    sweep.wanted.append(("account.status", given, account, opened))


def _not_kept(decision: Decision, point: str) -> tuple[str, ...]:
    return next(
        (
            found.clauses
            for found in decision.at(point)
            if found.stands and found.kind in (Kind.OBLIGES, Kind.BREACHED)
        ),
        (),
    )


def _managers(sweep: Sweep) -> dict[int, Person]:
    """Return the managers named in proposals as answering for their accounts, by account. One query."""
    named = {
        account.pk: account.proposal.answers.get("accountable_manager")
        for account in sweep.accounts
        if account.proposal
    }
    people = Person.objects.in_bulk([pk for pk in named.values() if pk])
    return {
        account: people[pk]
        for account, pk in named.items()
        if pk in people and not _gone(people[pk], sweep.on)
    }


def _gone(person: Person, on: date) -> bool:
    return person.left_on is not None and person.left_on <= on


def _answering(account: Account, managers: Mapping[int, Person]) -> tuple[Person, Then | None] | None:
    """Return the manager who answers for the account, where its proposal names one; else its first lead."""
    people = in_order(account)
    manager = managers.get(account.pk)
    if manager is None:
        return asked_for(account, FRESHEN)
    return manager, Then(Basis.HOUSE, person=people[0]) if people and people[0] != manager else None


def _opened(
    kind: str,
    account: Account,
    due: Due,
    people: tuple[Person, Then | None],
    clauses: Iterable[str],
) -> Callable[[DecisionRecord], Opened]:
    person, then = people

    def opened(kept: DecisionRecord) -> Opened:
        return Opened(
            kind=kind, subject=account, due=due, person=person, school=account.school, account=account.pk,
            clauses=tuple(clauses), decision=kept, then=then,
        )  # fmt: skip

    return opened


def _open(sweep: Sweep) -> None:
    """Record each decision that found something overdue, and open the duties."""
    for situation in dict.fromkeys(each[0] for each in sweep.wanted):
        wanted = [each for each in sweep.wanted if each[0] == situation]
        kept = record_decisions(situation, [(each[1], each[2]) for each in wanted], at=sweep.at, by=None)
        open_duties(at=sweep.at, wanted=[each[3](row) for each, row in zip(wanted, kept, strict=True)])


def _led(sweep: Sweep) -> None:
    """Open a duty for each account without a lead, and close it once there is one: a rule of this program,
    whatever the policy."""
    role = whom_to_ask(sweep.policy.book)
    wanted = []
    for account in sweep.accounts:
        led = any(member.part == Part.LEAD for member in getattr(account, "there", ()))
        if led and sweep.stands(NOBODY, account):
            discharge(kind=NOBODY, subject=account, by=None, at=sweep.at, how="somebody_leads")
        elif not led and role and not sweep.stands(NOBODY, account):
            wanted.append(
                Opened(
                    kind=NOBODY,
                    subject=account,
                    due=Due.none_promised(),
                    role=role,
                    school=account.school,
                    account=account.pk,
                )
            )
    if wanted:
        open_duties(at=sweep.at, wanted=wanted)


def whom_to_ask(book: Book) -> str:
    """Return the key of the role that handles an account without a lead: those who decide on accounts, else
    the administrators; empty where the policy has neither."""
    administers = (role.key for role in book.pack.roles_with("administer"))
    return deciding_role(book) or next(administers, "")
