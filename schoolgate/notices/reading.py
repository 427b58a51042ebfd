"""Reads the record's events about tasks once, in order, and turns them into notices.

Rows of the record are numbered without gaps, and a later reader sees every row up to its own: so the position
is one number, and nothing is told twice or left out, however often a worker dies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from schoolgate.core.actions import action
from schoolgate.core.bulk import insert
from schoolgate.core.clock import local_day
from schoolgate.core.ids import reserve
from schoolgate.core.models import LedgerHead, LedgerRow
from schoolgate.core.subjects import number_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO, DutyState
from schoolgate.notices.kinds import approvals, is_dangerous, key_of, others_may_know
from schoolgate.notices.models import Notice, ReadUpTo, Wish
from schoolgate.notices.recipients import Reach, administrators, reach_of_duties
from schoolgate.notices.states import Moment, Urgency

AT_ONCE_ROWS = 5_000
"""Rows of the record that are read in one transaction."""
SOON = timedelta(hours=2)
NOT_OLDER_THAN = timedelta(days=1)
"""Where the record was never read before, what happened earlier is on Today and is not told by mail."""
TOLD_OF = {
    "duty.opened": Moment.OPENED,
    "duty.passed_on": Moment.OPENED,
    "duty.overdue": Moment.OVERDUE,
    "duty.moved_on": Moment.MOVED_ON,
}


@dataclass(frozen=True)
class Telling:
    """A person to tell at once of a task."""

    person_id: int
    duty: Duty
    moment: Moment


@action
def read_record(*, at: datetime, limit: int = AT_ONCE_ROWS) -> bool:
    """Read the next rows of the record and write the notices that follow; returns whether there are more.

    Who else reads at the same moment waits until this one is through.
    """
    mark = lock(at)
    head = LedgerHead.objects.values_list("number", flat=True).first() or 0
    upto = min(head, mark.number + limit)
    if upto <= mark.number:
        return False
    rows = LedgerRow.objects.filter(
        federation_id=current_scope().federation_id,
        number__gt=mark.number,
        number__lte=upto,
        event__in=list(TOLD_OF),
    )
    said = list(rows.order_by("number").values_list("event", "subject"))
    write(list(_of_record(said, at)), at=at)
    mark.number = upto
    mark.save(update_fields=["number"])
    return upto < head


@action
def read_clock(*, at: datetime, limit: int = AT_ONCE_ROWS) -> int:
    """Write the notices of approvals that are due within two hours; returns for how many duties."""
    lock(at)
    told = Notice.objects.filter(duty=OuterRef("pk"), moment=Moment.SOON)
    soon = Duty.objects.filter(
        ~Exists(told),
        kind__in=approvals(),
        state=DutyState.OPEN,
        due_by__gte=at,
        due_by__lte=at + SOON,
    )
    duties = list(soon.order_by("due_by", "pk")[:limit])
    reach = reach_of_duties(duties, on=local_day(at))
    write([Telling(pk, duty, Moment.SOON) for duty in duties for pk in reach.first(duty)], at=at)
    return len(duties)


def lock(at: datetime) -> ReadUpTo:
    """Return how far the record was read, locked until the end of the transaction."""
    mark, new = ReadUpTo.objects.get_or_create(defaults={"number": 0})
    mark = ReadUpTo.objects.select_for_update().get(pk=mark.pk)
    if new:
        older = LedgerRow.objects.filter(
            federation_id=current_scope().federation_id, at__lt=at - NOT_OLDER_THAN
        )
        mark.number = older.order_by("-number").values_list("number", flat=True).first() or 0
        mark.save(update_fields=["number"])
    return mark


def write(tellings: Sequence[Telling], *, at: datetime) -> int:
    """Write a notice for each, unless there is one already; return how many were given. Two statements."""
    rows = [
        Notice(
            pk=pk,
            person_id=each.person_id,
            kind=key_of(each.duty.kind, urgency=each.duty.urgency),
            moment=each.moment,
            subject=each.duty.subject,
            duty=each.duty,
            urgency=Urgency.AT_ONCE,
            made_at=at,
        )
        for pk, each in zip(reserve(Notice, len(tellings)), tellings, strict=True)
    ]
    insert(rows, ignore_conflicts=True)
    return len(rows)


def _of_record(said: Iterable[tuple[str, str]], at: datetime) -> Iterator[Telling]:
    happened = [(TOLD_OF[event], number_of(subject)) for event, subject in said]
    duties = {
        duty.pk: duty
        for duty in Duty.objects.filter(pk__in={pk for _, pk in happened}, state__in=STILL_TO_DO)
    }
    reach = reach_of_duties(duties.values(), on=local_day(at))
    wish = _wishes_at_once()
    spare: list[int] | None = None
    for moment, pk in dict.fromkeys(happened):
        if (duty := duties.get(pk)) is None:
            continue
        people = reach.second(duty) if moment == Moment.MOVED_ON else reach.first(duty)
        if moment == Moment.OPENED and not is_dangerous(duty.kind):
            people = [one for one in people if (one, kind_of(duty.kind).mail) in wish]
        elif not people and moment != Moment.MOVED_ON:
            # No one holds the role today, or its holders are away: tell others instead.
            people = _whoever_else(reach, duty)
            if not people and others_may_know(duty.kind):
                people = spare = administrators(local_day(at)) if spare is None else spare
            moment = Moment.NOT_REACHED  # noqa: PLW2901 - what the others are told
        yield from (Telling(one, duty, moment) for one in people)


def _whoever_else(reach: Reach, duty: Duty) -> list[int]:
    return [] if duty.moved_on_at else reach.second(duty)


def _wishes_at_once() -> set[tuple[int, str]]:
    """Who wants to be told at once of what need not be: few people, so all of them are read."""
    return set(Wish.objects.filter(urgency=Urgency.AT_ONCE).values_list("person_id", "kind"))
