"""Ask people to read new comments in the time that the policy names, where it names one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from schoolgate.accounts.models import Account
from schoolgate.accounts.sites import hosting
from schoolgate.core.clock import local_day
from schoolgate.duties.actions import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.inbox.actions.ranking import without_named
from schoolgate.inbox.duty_kinds import READ
from schoolgate.inbox.looking_after import Looking
from schoolgate.inbox.models import Item
from schoolgate.policy.asking import answered, record_decisions
from schoolgate.policy.choices import chosen_times
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.school_days import calendar_of
from schoolgate.rulebook.situations.item_look import ItemLook

READ_IT = "read_it"


def ask_to_read(
    rows: Iterable[Item],
    account: Account,
    looking: Looking,
    *,
    named: Mapping[int, frozenset[int]],
    at: datetime,
) -> None:
    """Open a task to read each new comment by the policy's time. What a person brought in has been read, and
    where no time is named the task to reply is all. `named`: the people each names, who aren't asked."""
    if not book_in_scope().at("item.look", "read_in_time"):
        return
    new = [row for row in rows if row.pasted_by_id is None and not row.private]
    if not new or (host := hosting(account)) != "school":
        return
    choices = chosen_times(on=local_day(at))
    asked = [
        ItemLook(
            now=at,
            account_is_official=True,
            hosting=host,
            received_at=row.received_at,
            seen=(),
            choices=choices,
            calendar=calendar_of(row.school, local_day(row.received_at)),
        )
        for row in new
    ]
    wanted = []
    for row, kept in zip(
        new,
        record_decisions("item.look", list(zip(asked, new, strict=True)), at=at, by=None),
        strict=True,
    ):
        duty = next((one for one in answered(kept).duties if one.what == READ_IT), None)
        due = Due.of(duty.due) if duty else Due.none_promised()
        if duty is None or due == Due.none_promised():
            continue
        wanted.append(
            Opened(
                kind=READ,
                subject=row,
                due=due,
                school=row.school,
                account=row.account_id,
                clauses=tuple(duty.clauses),
                decision=kept,
                **without_named(looking, row, named[row.pk], at=at).asked(),
            )
        )
    open_duties(at=at, wanted=wanted)
