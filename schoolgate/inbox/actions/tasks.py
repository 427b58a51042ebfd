"""Open tasks about an item: about one that is locked, for the safeguarding leads alone, or who is next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from schoolgate.core.clock import local_day
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.inbox.first_read import readers
from schoolgate.inbox.models import Item
from schoolgate.inbox.rules import leads_who_may
from schoolgate.people.models import Person


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
    gets it instead or, where it may be about all of them, the next people in line; no one else.

    Args:
        subject: what it is about, if that isn't the item itself.
        more: what else `open_duty` takes.
    """
    to: list[tuple[Person | None, str | None]] = [(person, role)]
    if item.locked_at is not None:
        to = [(one, None) for one in readers(item, at=at)]
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
    """Return the safeguarding leads of the item's school that it isn't about."""
    return leads_who_may(item, on=local_day(at))
