"""The internal register: the leads of each account, its keys, checks, dates, and risks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Min, Q, QuerySet

from schoolgate.accounts.access import NameKey
from schoolgate.accounts.care import in_care
from schoolgate.accounts.handover_facts import at_risk
from schoolgate.accounts.models import Account, AccountMark, AccountState, GoingOn, Part, SeenThere
from schoolgate.accounts.opening_facts import leaves_of
from schoolgate.people.models import Person
from schoolgate.policy.models import Attested
from schoolgate.policy.queries import policy_or_none, vouched


@dataclass(frozen=True)
class Inside:
    """One account as seen by those who look after all of them.

    `cover`: the other team members who are not away. `trained`: how many of the team are trained today, None
    where the policy requires no training. `key_due`: the earliest day by which a key must be changed.
    `risks`: short codes, the gravest first.
    """

    account: Account
    leads: list[Person]
    cover: list[Person]
    key_due: date | None
    connection_ends: datetime | None
    looked_at: datetime | None
    evaluate_on: date | None
    trained: int | None
    risks: tuple[str, ...]
    goes_on: GoingOn | None = None
    """The permission by which an account that existed before Schoolgate continues for now."""

    @property
    def people(self) -> int:
        """Return how many team members are not away."""
        return len(self.leads) + len(self.cover)


RISKS = ("nobody", "leaving", "ended", "key", "mark")
"""It has no lead; a lead leaves and it is not settled; its connection has ended; a key is past its day;
a mark that showed that it is ours is missing."""


def inside_register(
    *, on: date, at: datetime, after: NameKey | None = None, limit: int = 50, state: str = "open",
    risky: bool = False,
) -> tuple[list[Inside], NameKey | None]:  # fmt: skip
    """Return accounts by name with all that their care needs, and the key of the next page.

    `risky`: only those at risk. The number of queries does not grow with the rows.
    """
    rows = in_care(Account.objects.filter(state=state), on=on)
    if risky:
        rows = rows.filter(pk__in=_risky(on=on, at=at))
    if after is not None:
        rows = rows.filter(name__gte=after[0]).exclude(name=after[0], pk__lte=after[1])
    found = list(_with_dates(rows).order_by("name", "pk")[: limit + 1])
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return _made(shown, on=on, at=at), (last.name, last.pk) if last else None


def _with_dates(rows: QuerySet[Account]) -> QuerySet[Account]:
    return rows.select_related("imported").annotate(
        key_due=Min("keys__change_by", filter=Q(keys__ended_at=None))
    )


def _made(shown: list[Account], *, on: date, at: datetime) -> list[Inside]:
    leaving = _leaving(shown, on=on)
    lost = set(_lost().filter(account__in=shown).values_list("account_id", flat=True))
    trained = _trained(shown, on=on)
    leaves = leaves_of([one.pk for one in shown], on=on)
    rows = [_one(account, leaving, lost, trained, on=on, at=at) for account in shown]
    return [replace(row, goes_on=leaves.get(row.account.pk)) for row in rows]


def _one(
    account: Account, leaving: set[int], lost: set[int], trained: set[int] | None, *, on: date, at: datetime
) -> Inside:
    members = account.there  # type: ignore[attr-defined]
    leads = list(dict.fromkeys(row.person for row in members if row.part == Part.LEAD))
    cover = [one for one in dict.fromkeys(row.person for row in members) if one not in leads]
    care = getattr(account, "watched", None)
    key_due: date | None = account.key_due  # type: ignore[attr-defined]
    risks = {
        "nobody": not leads and account.state != AccountState.CLOSED,
        "leaving": account.pk in leaving,
        "ended": account.keys_run_out_at is not None and account.keys_run_out_at <= at,
        "key": key_due is not None and key_due < on,
        "mark": account.pk in lost,
    }
    people = {person.pk for person in (*leads, *cover)}
    return Inside(
        account=account, leads=leads, cover=cover, key_due=key_due, connection_ends=account.keys_run_out_at,
        looked_at=care.last_look.at if care is not None and care.last_look is not None else None,
        evaluate_on=care.evaluate_on if care is not None else None,
        trained=None if trained is None else len(people & trained),
        risks=tuple(risk for risk in RISKS if risks[risk]),
    )  # fmt: skip


def _leaving(accounts: Collection[Account], *, on: date) -> set[int]:
    return at_risk(accounts, on=on) if policy_or_none(on) is not None else set()


def _lost() -> QuerySet[AccountMark]:
    return AccountMark.objects.filter(seen=SeenThere.MISSING, there_at__isnull=False)


def _trained(accounts: Collection[Account], *, on: date) -> set[int] | None:
    """Return those of the teams who are trained today; None where this policy asks for no training."""
    policy = policy_or_none(on)
    if policy is None or not policy.book.at("account.open", "trained"):
        return None
    people = {row.person_id for one in accounts for row in one.there}  # type: ignore[attr-defined]
    said = vouched(people, policy.version, on=on)
    return {pk for pk, answers in said.items() if answers.get(Attested.TRAINED)}


def _risky(*, on: date, at: datetime) -> set[int]:
    """Return the accounts at risk among those that are not closed. A number of queries that does not grow."""
    live = list(in_care(Account.objects.exclude(state=AccountState.CLOSED), on=on))
    due = Account.objects.filter(
        Q(keys_run_out_at__lte=at) | Q(keys__ended_at=None, keys__change_by__lt=on)
    ).exclude(state=AccountState.CLOSED)
    nobody = {
        account.pk
        for account in live
        if not any(row.part == Part.LEAD for row in account.there)  # type: ignore[attr-defined]
    }
    marks = set(_lost().values_list("account_id", flat=True))
    return nobody | marks | set(due.values_list("pk", flat=True)) | _leaving(live, on=on)
