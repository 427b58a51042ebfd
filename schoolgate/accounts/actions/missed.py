"""Missed care of accounts, and who is asked for it. Called by actions."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from schoolgate.accounts.duty_kinds import LOOK_IN, READ_FRIENDS, READ_THROUGH
from schoolgate.accounts.facts.care import AHEAD, calendars
from schoolgate.accounts.models import Account, Look
from schoolgate.accounts.queries.care import in_order
from schoolgate.accounts.states import Part
from schoolgate.core.clock import local_day
from schoolgate.duties.actions import Then
from schoolgate.duties.due import Due
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.policy.asking import verdict
from schoolgate.rota.queries import OnDuty
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.account_watch import AccountWatch
from schoolgate.rulebook.working_time import Calendar

OF_POINT = {
    "looked_at": LOOK_IN,
    "days_looked_at": LOOK_IN,
    "contributions_read": READ_THROUGH,
    "friends_comments_read": READ_FRIENDS,
}
"""The duty to open where a rule at this point was not met."""
FIRST_PARTS = {LOOK_IN: (), READ_THROUGH: (Part.ADMINISTRATOR,), READ_FRIENDS: (Part.MODERATOR,)}
"""Who is asked before the leads."""
A_MOMENT = timedelta(seconds=1)


def missed_in(decision: Decision, book: Book) -> dict[str, Finding]:
    """Return what is overdue by the decision on how an account was watched: kind of duty -> the finding.

    What a clause only advises is shown, but no one owes it. Where the policy gives no number, none was chosen
    and a week has passed, the federation has to say how often is enough, and meanwhile someone checks.
    """
    advised = {bound.clauses for bound in book.bound("account.watch") if bound.may_depart}
    found: dict[str, Finding] = {}
    for finding in decision.findings:
        kind = OF_POINT.get(finding.point)
        too_long = finding.kind is Kind.REFERS and finding.point == "looked_at"
        not_done = finding.stands and (too_long or finding.kind is Kind.BREACHED)
        if kind and not_done and finding.clauses not in advised:
            found.setdefault(kind, finding)
    return found


def due_of(finding: Finding, asked: AccountWatch, *, on: date) -> Due:
    """Return when the missed check was due: the first missed day, or the end of the time allowed."""
    days = finding.args.get("missed")
    if days:
        return Due.day(min(days))
    last = max(
        (one.at for one in asked.looks or () if one.what == _looked(finding)), default=asked.open_since
    )
    if last is None:
        return Due.none_promised()
    then = verdict("account.watch", asked.model_copy(update={"now": last + A_MOMENT}), on=on)
    for duty in then.duties:
        if duty.clauses == finding.clauses:
            return Due.of(duty.due)
    return Due.none_promised()


def _looked(finding: Finding) -> str:
    return {"contributions_read": "contributions", "friends_comments_read": "friends"}.get(
        finding.point, "account"
    )


def asked_for(
    account: Account, kind: str, *, duty: OnDuty | None = None
) -> tuple[Person, Then | None] | None:
    """Return who is asked, and who is next once that is overdue, by the program's own rule; None: no one is
    there.

    Takes an account from `queries.care.in_care`. `duty`: the person on duty by the rota, who comes first.
    """
    first = duty.people(account.school_id) if duty is not None else []
    people = [*first, *in_order(account, *FIRST_PARTS.get(kind, ()))]
    people = list(dict.fromkeys(people))
    if not people:
        return None
    return people[0], Then(Basis.HOUSE, person=people[1]) if len(people) > 1 else None


def calendar_around(
    accounts: Iterable[Account], looks: Iterable[Look] | Mapping[int, list[Look]], *, at: datetime
) -> dict[int, Calendar]:
    """Return the calendars of the schools of these accounts, from before their last checks on, by school."""
    known = [one for each in looks.values() for one in each] if isinstance(looks, Mapping) else list(looks)
    chosen = list(accounts)
    starts = [local_day(one.at) for one in known] + [
        local_day(account.opened_at) for account in chosen if account.opened_at
    ]
    on = local_day(at)
    first = max(min(starts, default=on), on - timedelta(days=400))
    return calendars([account.school for account in chosen], min(first, on), on + AHEAD)
