"""Open tasks about an item: about one that is locked, for the safeguarding leads alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from schoolgate.core.clock import local_day
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.safeguarding import leads


def open_task(
    item: Item,
    *,
    kind: str,
    at: datetime,
    subject: Model | None = None,
    person: Person | None = None,
    role: str | None = None,
    due: Due | None = None,
    **more: Any,
) -> None:
    """Open a task about an item, for a person or a role. About one that is locked, each safeguarding lead
    gets it instead, and no one else.

    Args:
        subject: what it is about, if that isn't the item itself.
        more: what else `open_duty` takes.
    """
    to: list[tuple[Person | None, str | None]] = [(person, role)]
    if item.locked_at is not None:
        to = [(lead, None) for lead in leads_of(item, at=at)]
    for one, its_role in to:
        open_duty(
            kind=kind,
            subject=subject or item,
            at=at,
            due=due or Due.none_promised(),
            person=one,
            role=its_role,
            school=item.school,
            account=item.account_id,
            **more,
        )


def leads_of(item: Item, *, at: datetime) -> list[Person]:
    """Return the safeguarding leads of the item's school."""
    school = item.school or item.account.school
    return leads(book_of(item.account.federation), school, on=local_day(at))
