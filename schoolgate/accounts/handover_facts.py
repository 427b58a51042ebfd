"""Which handovers are open, what a leaving would mean, and who covers for the duties of a leaver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from schoolgate.accounts.access import may_set_up
from schoolgate.accounts.duty_kinds import COVER
from schoolgate.accounts.models import (
    Account,
    AccountState,
    Ends,
    Handover,
    HandoverState,
    Part,
    RunBy,
    TeamMember,
)
from schoolgate.accounts.proposal_form import deciding_role
from schoolgate.accounts.proposals import actor, runners
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty, pass_on
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.people.confined import is_confined, known_among
from schoolgate.people.leaving import extended_absences
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import book_for, held_on, here_on, holders
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.safeguarding import leads
from schoolgate.policy.asking import verdicts
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.account_run import AccountLeadLeft, AccountPersonAdded, Leader

LEADING = (Part.LEAD, Part.ADMINISTRATOR)
"""The parts that must be handed over when a person leaves: they answer for the account, the others help
them."""


def leading(team: Iterable[TeamMember]) -> list[Person]:
    """Return the leads of an account from its current team, each once, in the order they came."""
    rows = sorted((row for row in team if row.part in LEADING), key=lambda row: row.pk)
    return list(dict.fromkeys(row.person for row in rows))


def lead_left_facts(
    leads: Sequence[Person],
    leaver: Person,
    *,
    left_on: date,
    at: datetime,
    by: Person | None = None,
    policy: PolicyInForce | None = None,
    account: Account | None = None,
    **said: Any,
) -> AccountLeadLeft:
    """Return the facts of a leaving. `leads`: the account's leads; `left_on`: the first day without the
    leaver. `by` with its policy and account is given where a person acts; `said`: what they state."""
    everybody = list(dict.fromkeys([*leads, leaver]))
    return AccountLeadLeft(
        now=at,
        on=local_day(at),
        by=actor(by, policy.book, on=local_day(at), school=account.school)
        if by is not None and policy is not None and account is not None
        else None,
        leaver=person_key(leaver.pk),
        leaders=tuple(
            Leader(
                key=person_key(one.pk),
                leaves_on=last_day(left_on if one.pk == leaver.pk else one.left_on),
                goes_on=one.pk != leaver.pk and one.left_on is None,
            )
            for one in everybody
        ),
        **said,
    )


def end_facts(
    handover: Handover,
    policy: PolicyInForce,
    *,
    leads: Sequence[Person],
    by: Person | None,
    at: datetime,
    ends: str,
    keeps: Sequence[str] | None,
) -> AccountLeadLeft:
    """Return the facts of ending a handover in this way."""
    taken_over = handover.successor_id is not None and ends == Ends.TRANSFER
    return lead_left_facts(
        leads,
        handover.leaver,
        left_on=handover.left_on,
        at=at,
        by=by,
        policy=policy,
        account=handover.account,
        ends=ends,
        new_lead=person_key(handover.successor_id) if taken_over and handover.successor_id else None,
        successor=person_key(handover.successor_id) if handover.successor_id else None,
        closed_on=local_day(handover.account.closed_at) if handover.account.closed_at else None,
        leaver_keeps=None if keeps is None else tuple(keeps),
    )


def person_added_facts(
    person: Person, account: Account, policy: PolicyInForce, *, by: Person, at: datetime, occasion: str
) -> AccountPersonAdded:
    """Return the facts of adding a person to an account's team, with what is on record about them."""
    on = local_day(at)
    return AccountPersonAdded.model_validate(
        {
            "now": at,
            "on": on,
            "by": actor(by, policy.book, on=on, school=account.school),
            "person": runners([person], policy.version, on=on)[person.pk],
            "occasion": occasion,
        }
    )


def last_day(left_on: date | None) -> date | None:
    """Return the last day of a person who is gone from `left_on` on."""
    return None if left_on is None else left_on - timedelta(days=1)


SITUATION = "account.lead_left"
RULED_POINTS = ("handover", "handover_result")


@dataclass(frozen=True)
class Runs:
    """Who runs a handover: those the policy names under `clauses`, or the role that this program
    asks."""

    run_by: RunBy
    role_key: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meant:
    """What a person's leaving means for one account. `wanted`: whether a handover is required."""

    account: Account
    part: str
    leads: Sequence[Person]
    staying: Sequence[Person]
    decision: Decision
    runs: Runs
    wanted: bool


def led_by(person: Person) -> list[Account]:
    """Return the accounts that a person leads and that are not closed, by name.

    Each has its team in `.standing`. Two queries.
    """
    theirs = TeamMember.objects.filter(person=person, part__in=LEADING, to_day=None).values("account_id")
    accounts = list(
        Account.objects.filter(pk__in=theirs)
        .exclude(state=AccountState.CLOSED)
        .select_related("school")
        .order_by("name", "pk")
    )
    _give_teams(accounts)
    return accounts


def team_of(account: Account) -> list[TeamMember]:
    """Return the current team of an account, including people known to be leaving."""
    return list(account.team.filter(to_day=None).select_related("person").order_by("pk"))


def meant_by_leaving(person: Person, *, left_on: date, at: datetime) -> list[Meant]:
    """Return what a person's leaving from a day on means: each account they lead, under the policy.

    The number of queries grows with the accounts only where this program has to look for a role to ask.
    """
    return what_it_means(led_by(person), person, left_on=left_on, at=at)


def what_it_means(accounts: Sequence[Account], person: Person, *, left_on: date, at: datetime) -> list[Meant]:
    """Return the same for given accounts that hold their teams in `.standing`."""
    if not accounts:
        return []
    on = local_day(at)
    book = in_force(on).book
    teams = [leading(account.standing) for account in accounts]  # type: ignore[attr-defined]
    facts = [lead_left_facts(team, person, left_on=left_on, at=at) for team in teams]
    found = []
    for account, team, decision in zip(accounts, teams, verdicts(SITUATION, facts, on=on), strict=True):
        staying = [one for one in team if one.pk != person.pk and one.left_on is None]
        pressed = any(one.kind is Kind.REQUIRES and one.stands for one in decision.findings)
        wanted = bool(decision.duties) or (pressed and not _only_asks(decision))
        found.append(
            Meant(
                account=account,
                part=_part_of(account, person),
                leads=team,
                staying=staying,
                decision=decision,
                runs=runs_it(decision, book, account, leaver=person, staying=staying, on=on),
                wanted=wanted or len(staying) < leads_asked_for(book),
            )
        )
    return found


def runs_it(
    decision: Decision, book: Book, account: Account, *, leaver: Person, staying: Sequence[Person], on: date
) -> Runs:
    """Return who runs the handover by this decision; where the policy names no one, a role this program
    asks."""
    for duty in decision.duties:
        if duty.who == "answering_manager":
            return Runs(RunBy.MANAGER, deciding_role(book), duty.clauses)
        if _is_for_those_who_stay(book):
            return Runs(RunBy.STAYING, book.role(duty.who).key, duty.clauses)
        return Runs(RunBy.ROLE, book.role(duty.who).key, duty.clauses)
    return Runs(RunBy.HOUSE, asked_by_the_house(book, account, leaver, on))


def runners_of(handover: Handover, *, on: date) -> list[Person]:
    """Return the people who can run a handover today, by name. The leaver never does."""
    account = handover.account
    match RunBy(handover.run_by):
        case RunBy.STAYING:
            found = [one for one in leading(team_of(account)) if one.left_on is None]
        case RunBy.MANAGER:
            found = managers_of(handover.leaver, on=on) or holders(
                handover.role_key, on=on, school=account.school, account=account
            )
        case _:
            found = holders(handover.role_key, on=on, school=account.school, account=account)
    away = extended_absences([one.pk for one in found], on=on)
    return [one for one in found if one.pk != handover.leaver_id and one.pk not in away]


def managers_of(person: Person, *, on: date) -> list[Person]:
    """Return the line managers of a person on a day, by name."""
    rows = RoleAssignment.objects.filter(
        held_on(on), here_on(on, "person__"), scope_kind=ScopeKind.LINE_MANAGER_OF, managed=person
    )
    return list(Person.objects.filter(pk__in=rows.values("person_id")).order_by("name", "pk"))


def handover_for(person: Person, pk: int, *, on: date) -> Handover:
    """Return one handover with its account and people, for those who run it, are on the team, or open,
    decide and oversee there. Raises NotFound for all others."""
    found = _with_people(Handover.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound
    if may_set_up(person, found.account, on=on) or person in runners_of(found, on=on):
        return found
    raise NotFound


def facts_of(handover: Handover, *, at: datetime) -> AccountLeadLeft:
    """Return the current facts of a handover, before it is stated how it will end."""
    return lead_left_facts(
        leading(team_of(handover.account)),
        handover.leaver,
        left_on=handover.left_on,
        at=at,
        successor=person_key(handover.successor_id) if handover.successor_id else None,
    )


def open_handovers(account: Account) -> list[Handover]:
    """Return the handovers of an account that have not ended, oldest first. Few accounts have one, and the
    query with all that belongs to one is large."""
    rows = Handover.objects.filter(account=account, state=HandoverState.OPEN)
    return list(_with_people(rows).order_by("pk")) if rows.exists() else []


def open_handovers_of(leaver: Person) -> list[Handover]:
    """Return the handovers that a leaver leaves behind and that have not ended, by account."""
    rows = Handover.objects.filter(leaver=leaver, state=HandoverState.OPEN)
    return list(_with_people(rows).order_by("account__name", "pk"))


def at_risk(accounts: Iterable[Account], *, on: date) -> set[int]:
    """Return which of these accounts are at risk: a lead leaves, and the handover is not settled yet.

    Where the policy rules on the handover, until it has ended; elsewhere until the account has as many leads
    as the policy requires, and at least one. Two queries at most, however many accounts.
    """
    ids = [account.pk for account in accounts]
    rows = Handover.objects.filter(account_id__in=ids, state=HandoverState.OPEN)
    waiting = set(rows.values_list("account_id", flat=True))
    if not waiting:
        return waiting
    book = in_force(on).book
    if book.at(SITUATION, *RULED_POINTS):
        return waiting
    staying: dict[int, set[int]] = {}
    team = TeamMember.objects.filter(
        account_id__in=waiting, part__in=LEADING, to_day=None, person__left_on=None
    )
    for account_id, person_id in team.values_list("account_id", "person_id"):
        staying.setdefault(account_id, set()).add(person_id)
    return {pk for pk in waiting if len(staying.get(pk, ())) < leads_asked_for(book)}


def leads_asked_for(book: Book) -> int:
    """Return how many leads the policy wants for an account; one where it gives no number."""
    wanted = [point.minimum or 1 for point in book.proposal_form if point.key in ("run_by", "administrators")]
    return max(wanted, default=1)


def people_who_can_follow(handover: Handover, *, limit: int) -> list[tuple[int, str]]:
    """Return the people who can take the account over, by name: all who are here and are not leaving."""
    rows = Person.objects.filter(left_on=None).exclude(pk=handover.leaver_id).order_by("name", "pk")
    return list(rows.values_list("pk", "name")[:limit])


def successor_by_id(handover: Handover, pk: int) -> Person:
    """Return a person who can take the account over. Raises NotFound for a leaver and for another
    federation's."""
    found = person_by_id(pk)
    if found.left_on is not None or found.pk == handover.leaver_id:
        raise NotFound
    return found


def uncovered(person: Person, *, on: date) -> list[Account]:
    """Return the accounts that have no lead while this person is away."""
    accounts = led_by(person)
    others = {
        one.pk
        for account in accounts
        for one in leading(account.standing)  # type: ignore[attr-defined]
        if one.pk != person.pk and (one.left_on is None or one.left_on > on)
    }
    away = extended_absences(others, on=on)
    return [
        account
        for account in accounts
        if not any(
            one.pk in others and one.pk not in away
            for one in leading(account.standing)  # type: ignore[attr-defined]
        )
    ]


def _with_people(rows: QuerySet[Handover]) -> QuerySet[Handover]:
    return rows.select_related(
        "account__school", "leaver", "successor", "successor_named_by", "ended_by", "decision", "end_decision"
    )


def _give_teams(accounts: Sequence[Account]) -> None:
    teams: dict[int, list[TeamMember]] = {account.pk: [] for account in accounts}
    rows = TeamMember.objects.filter(account_id__in=list(teams), to_day=None).select_related("person")
    for row in rows.order_by("pk"):
        teams[row.account_id].append(row)
    for account in accounts:
        account.standing = teams[account.pk]  # type: ignore[attr-defined]


def _part_of(account: Account, person: Person) -> str:
    parts = {row.part for row in account.standing if row.person_id == person.pk}  # type: ignore[attr-defined]
    return str(next((part for part in LEADING if part in parts), Part.LEAD))


def _only_asks(decision: Decision) -> bool:
    """Return whether only end-of-handover statements are missing, such as what the leaver would keep."""
    return all(
        one.point not in RULED_POINTS for one in decision.findings if one.kind is Kind.REQUIRES and one.stands
    )


def _is_for_those_who_stay(book: Book) -> bool:
    return "handover_controller" in book.stated(SITUATION, "handover", "what")


def asked_by_the_house(book: Book, account: Account, leaver: Person, on: date) -> str:
    """Return the role asked where the policy names no one: one that opens accounts and that another person
    holds; else the role that manages people."""
    for capacity in ("open_account", "administer"):
        for role in book.roles:
            if capacity not in role.capacities:
                continue
            held = holders(role.key, on=on, school=account.school, account=account)
            if any(one.pk != leaver.pk for one in held):
                return role.key
    return next((role.key for role in book.pack.roles_with("administer")), book.roles[0].key)


def duties_left_by(person: Person, *, at: datetime) -> QuerySet[Duty]:
    """Return the open duties of a leaver; none before the day of leaving."""
    if person.left_on is None or person.left_on > local_day(at):
        return Duty.objects.none()
    return Duty.objects.filter(person=person, state__in=STILL_TO_DO).order_by("id")


@action
def move_duty_on(*, person: Person, at: datetime, number: int) -> None:
    """Pass on an open duty of a leaver on the day of leaving. Safe to run twice.

    It goes to the second person the duty names; else, for an account, to its other leads; else to the
    role that the leaver had, where another person has it; else to the role that manages people. What only
    the leaver could have done ends. This is the program's rule: no policy covers it.
    """
    rows = duties_left_by(person, at=at).select_related("school", "about_person", "then_person")
    duty = rows.filter(pk=number).first()
    if duty is None:
        return
    if not kind_of(duty.kind).passed_on:
        cancel(kind=duty.kind, subject=duty.subject, because="left", at=at, person=person)
        return
    instead, role = who_instead(duty, person, at=at)
    pass_on(duty=duty, because="left", at=at, person=instead, role=role or "")


@action
def ask_who_covers(*, person: Person, at: datetime) -> int:
    """Ask who covers the accounts that have no lead while a person is on long leave; returns how many."""
    on = local_day(at)
    asked = 0
    for account in uncovered(person, on=on):
        role = asked_by_the_house(in_force(on).book, account, person, on)
        open_duty(
            kind=COVER, subject=account, role=role, school=account.school, account=account.pk,
            due=Due.none_promised(), at=at,
        )  # fmt: skip
        asked += 1
    return asked


@action
def end_asking_who_covers(*, account: Account, at: datetime, how: str) -> int:
    """Stop asking who covers once the account has a lead again; returns how many."""
    on = local_day(at)
    leads = [one for one in leading(team_of(account)) if one.left_on is None or one.left_on > on]
    away = extended_absences([one.pk for one in leads], on=on)
    if all(one.pk in away for one in leads):
        return 0
    return discharge(kind=COVER, subject=account, by=None, at=at, how=how)


def who_instead(duty: Duty, leaver: Person, *, at: datetime) -> tuple[Person | None, str | None]:
    """Return who does this instead of a leaver: a person, or the key of a policy role. What only some people
    may know of goes to one of them: of the leaver's roles, else a safeguarding lead."""
    on = local_day(at)
    if is_confined(duty.subject):
        return _of_those_who_know(duty, leaver, on)
    second = duty.then_person
    if second is not None and second.pk != leaver.pk and (second.left_on is None or second.left_on > on):
        return second, None
    if duty.then_role_key:
        return None, duty.then_role_key
    account = Account.objects.filter(pk=duty.subject_account).first() if duty.subject_account else None
    if account is not None:
        for other in leading(team_of(account)):
            if other.pk != leaver.pk and other.left_on is None:
                return other, None
    book = book_for(leaver)
    had = _roles_had(leaver)
    for role in book.roles:
        if role.key in had and holders(role.key, on=on, school=duty.school):
            return None, role.key
    looks_after = [role.key for role in book.pack.roles_with("administer")]
    return None, next(iter(looks_after), book.roles[0].key)


def _of_those_who_know(duty: Duty, leaver: Person, on: date) -> tuple[Person | None, str | None]:
    """Return the first person who may know of the task's subject; the role that manages people where no one
    does, so that the task is seen to be left."""
    book, had = book_for(leaver), _roles_had(leaver)
    second = [duty.then_person] if duty.then_person else []
    of_roles = [one for key in sorted(had) for one in holders(key, on=on, school=duty.school)]
    for person in [*second, *of_roles, *leads(book, duty.school, on=on)]:
        here = person.left_on is None or person.left_on > on
        if here and person.pk != leaver.pk and duty.subject in known_among(person, [duty.subject], on):
            return person, None
    return None, next((role.key for role in book.pack.roles_with("administer")), book.roles[0].key)


def _roles_had(leaver: Person) -> set[str]:
    ended = RoleAssignment.objects.filter(person=leaver, ended_on=leaver.left_on)
    return set(ended.values_list("role_key", flat=True))
