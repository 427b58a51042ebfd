"""Reopen the duties that an act ended, when the act is undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from schoolgate.core.actions import action
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import open_again
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.models import Person


@action
def reopen(
    *,
    subjects: Iterable[Model | str],
    ended_at: datetime,
    by: Person | None,
    at: datetime,
    kinds: Iterable[str] = (),
) -> int:
    """Reopen each duty about these things that ended at that very instant; return how many.

    A duty that has ended stays as it is; the new one has its person or role, its deadline, its clauses. One
    that is overdue already is found by the next sweep. `kinds`: only these.
    """
    names = [subject_of(subject) for subject in subjects]
    rows = Duty.objects.filter(subject__in=names, ended_at=ended_at).exclude(state__in=STILL_TO_DO)
    again = (
        open_again(ended, at=at, by=by, person=ended.person, role_key=ended.role_key)
        for ended in (rows.filter(kind__in=list(kinds)) if kinds else rows)
    )
    return sum(new for _duty, new in again)
