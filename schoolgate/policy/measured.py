"""Reads what reached each rule in real decisions, as it was counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from schoolgate.policy.models import DecisionRecord, Measuring, RuleAsked
from schoolgate.rulebook.coverage import Asking

WEEK = timedelta(weeks=1)
Asked = dict[str, dict[str, Asking]]
"""Rule -> situation -> what came out."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many decisions are counted; how many of these have no facts any more; how many are not counted yet,
    or cannot be."""

    counted: int = 0
    facts_gone: int = 0
    waiting: int = 0
    unread: int = 0


def asking_of(row: RuleAsked) -> Asking:
    """Return the numbers of one row."""
    asking = Asking(row.decided, row.waited, row.shown, row.told, first=row.week, last=row.week)
    asking.facts.update(row.facts)
    asking.missing.update(row.missing)
    return asking


def rules_asked(
    policy: str, *, clauses: Collection[str] | None = None, since: date | None = None, apart: bool = True
) -> Asked:
    """Return what reached each rule of a policy, with the law's and the program's own beside it.

    `clauses`: only rules that begin with one of these. `since`: from the week of this day. `apart`: also
    what is counted apart.
    """
    found: Asked = {}
    for row in _rows(policy, clauses, since, apart).iterator():
        by_situation = found.setdefault(row.rule, {})
        if row.situation in by_situation:
            by_situation[row.situation].add(asking_of(row))
        else:
            by_situation[row.situation] = asking_of(row)
    return found


def rules_reached(policy: str, *, apart: bool = True) -> set[str]:
    """Return the rules that had every fact that they needed in some decision. One query."""
    rows = _rows(policy, None, None, apart).filter(Q(decided__gt=0) | Q(shown__gt=0))
    return set(rows.values_list("rule", flat=True).distinct())


def reach() -> Reach:
    """Return how far the decisions of the federation in scope are counted. Two queries."""
    far = Measuring.objects.first() or Measuring()
    waiting = DecisionRecord.objects.filter(pk__gt=far.last).count()
    return Reach(far.counted, far.facts_gone, waiting, far.unread)


def _rows(
    policy: str, clauses: Collection[str] | None, since: date | None, apart: bool
) -> QuerySet[RuleAsked]:
    rows = RuleAsked.objects.filter(policy=policy)
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    if since is not None:
        rows = rows.filter(week__gt=since - WEEK)
    return rows if apart else rows.filter(apart=False)
