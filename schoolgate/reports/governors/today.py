"""What the governors' report counts as it is on the day of viewing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from schoolgate.accounts.care import here
from schoolgate.accounts.models import Account, AccountKey, AccountState, TeamMember
from schoolgate.duties.queries import each_task_once
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.policy.practice import changes_open
from schoolgate.reports.governors.measures import Rows, tasks

TWO_PEOPLE = 2
TODAY = ("accounts_open", "accounts_few", "keys_late", "tasks_overdue", "changes_open")


@dataclass(frozen=True)
class OfToday:
    """Rows that count on a day, the column with when, and the path to what they are about."""

    rows: Rows
    at: str
    about: str


def of_today(
    schools: Collection[int] | None, *, at: datetime, on: date, hidden: Collection[str]
) -> Mapping[str, OfToday]:
    """Return the rows of each of `TODAY`, of these schools, of all if None."""
    mine = Q() if schools is None else Q(school_id__in=list(schools))
    of_account = Q() if schools is None else Q(account__school_id__in=list(schools))
    accounts = Account.objects.filter(mine, state=AccountState.OPEN)
    run = TeamMember.objects.filter(here(on)).order_by().values("account")
    two = run.annotate(people=Count("person", distinct=True)).filter(people__gte=TWO_PEOPLE)
    keys = AccountKey.objects.filter(of_account, ended="", change_by__lt=on)
    late = each_task_once(tasks(hidden).filter(mine, state__in=STILL_TO_DO, due_by__lt=at))
    return {
        "accounts_open": OfToday(accounts, "opened_at", "pk"),
        "accounts_few": OfToday(accounts.exclude(pk__in=two.values("account")), "opened_at", "pk"),
        "keys_late": OfToday(keys, "change_by", "account"),
        "tasks_overdue": OfToday(late, "due_by", "subject"),
        "changes_open": OfToday(changes_open(), "on", "pk"),
    }
