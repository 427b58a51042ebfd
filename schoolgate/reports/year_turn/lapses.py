"""What lapses in the turn of the year, in numbers; the pages that these lead to show which. Six queries."""

from __future__ import annotations

from dataclasses import dataclass

from schoolgate.accounts.models import Account, AccountKey, AccountState, Care, GoingOn
from schoolgate.core.clock import begins
from schoolgate.core.school_year import DAY, Turn
from schoolgate.people.models import Absence
from schoolgate.policy.models import TrainingRecord
from schoolgate.policy.validity import counts_until, months_it_counts
from schoolgate.rulebook import Book


@dataclass(frozen=True)
class Lapses:
    """How many of each have their day in the turn. `training`: None where no policy and no choice says that
    training runs out."""

    training: int | None
    evaluations: int
    away: int
    going_on: int
    sign_ins: int
    keys: int


def lapses(turn: Turn, book: Book) -> Lapses:
    """What has its day between the first and the last day of the turn, both included."""
    first, last = turn.first, turn.closes
    instants = (begins(first), begins(last + DAY))
    live = Account.objects.exclude(state=AccountState.CLOSED)
    return Lapses(
        training=_training(turn, book),
        evaluations=Care.objects.filter(account__in=live, evaluate_on__range=(first, last)).count(),
        away=Absence.objects.filter(ended_at=None, from_day__lte=last, to_day__gte=first).count(),
        going_on=GoingOn.objects.filter(
            account__in=live, leave__ended_at=None, until__range=(first, last)
        ).count(),
        sign_ins=live.filter(keys_run_out_at__gte=instants[0], keys_run_out_at__lt=instants[1]).count(),
        keys=AccountKey.objects.filter(account__in=live, ended="", change_by__range=(first, last)).count(),
    )


def _training(turn: Turn, book: Book) -> int | None:
    months = months_it_counts(book)
    if months is None:
        return None
    newest = TrainingRecord.objects.filter(person__left_on=None).order_by("person", "-on").distinct("person")
    ends = [counts_until(day, months) for day in newest.values_list("on", flat=True)]
    return sum(each is not None and turn.first <= each <= turn.closes for each in ends)
