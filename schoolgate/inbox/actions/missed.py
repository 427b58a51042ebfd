"""What no door told the safeguarding leads of, and what they haven't read though it could wait."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import open_duties
from schoolgate.duties.models import Duty
from schoolgate.inbox import first_read
from schoolgate.inbox.actions.ranking import (
    AT_ONCE,
    OLD_WAITS,
    named_by_item,
    one_for_all,
    tell_of_danger,
)
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.looking_after import who_looks_after
from schoolgate.inbox.models import ORDINARY, Item
from schoolgate.inbox.states import ItemState
from schoolgate.people.confined import name_in_record
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.triage import URGENT


@action
def tell_what_was_missed(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Tell the safeguarding leads of each open item that may show danger and of which they weren't told,
    whichever door it came in by: ranked later, by an earlier version, or when no one could be asked. Each by
    itself, safe to run twice. Looks at `limit` items with ids above `after`; returns the id to continue from,
    None at the end."""
    rows = Item.every.filter(
        state=ItemState.OPEN, goes_first__lt=ORDINARY, lane__in=URGENT, destroyed_at=None, locked_at=None,
        waits_for_lead_since=None, lead_read_at=None, pk__gt=after,
    )  # fmt: skip
    told = Duty.objects.filter(kind=DANGER).values("subject")
    rows = rows.alias(in_record=name_in_record("inbox.item")).exclude(in_record__in=told)
    missed = list(
        rows.select_related("account__federation", "account__school", "school").order_by("pk")[:limit]
    )
    each_by_itself(
        missed, lambda row: tell_of_danger([row], who_looks_after(row.account, at=at), at=at), at=at,
        failed="no lead was told of a comment of danger",
    )  # fmt: skip
    return missed[-1].pk if len(missed) == limit else None


@action
def pass_quiet_on(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Ask the next people in line to read what waits quietly and none of those asked has read in time; safe
    to run twice. Looks at `limit` items with ids above `after`; returns the id to continue from, None at the
    end."""
    rows = Item.every.filter(
        waits_quietly=True, waits_for_lead_since__lte=at - OLD_WAITS, destroyed_at=None, pk__gt=after
    )
    asked = rows.exclude(let_in__at__gt=at - OLD_WAITS)
    waiting = list(
        asked.select_related("account__federation", "account__school", "school").order_by("pk")[:limit]
    )
    each_by_itself(
        waiting, lambda row: _pass_on(row, at=at), at=at, failed="a comment was not passed on to be read"
    )
    return waiting[-1].pk if len(waiting) == limit else None


def _pass_on(row: Item, *, at: datetime) -> None:
    on, book = local_day(at), book_for(row.account)
    asked = {one.pk for one in leads(book, row.school or row.account.school, on=on)}
    asked |= set(row.let_in.values_list("person_id", flat=True))
    named = named_by_item([row], book=book, on=on)[row.pk]
    line = first_read.line_of(row, at=at, out=named, asked=asked)
    if line:
        first_read.let_in(row, line[0], at=at)
        open_duties(at=at, wanted=[one_for_all(row, one) for one in line[0]])
        record("item.danger_passed_on", subject=row, at=at, number=len(line[0]))
