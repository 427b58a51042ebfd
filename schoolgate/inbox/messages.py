"""Messages from official accounts, as far as a person may know of them; the process for replies."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from schoolgate.inbox.listing import reach_of
from schoolgate.inbox.models import GroupMessage, ResponseProcess
from schoolgate.people.models import Person


def messages_for(person: Person, *, on: date, limit: int, pk: int | None = None) -> list[GroupMessage]:
    """Return the latest messages from accounts whose items this person may read, newest first, without those
    that were destroyed; only `pk` where it is given. Two queries."""
    places = reach_of(person, on=on).places()
    if not places:
        return []
    rows = GroupMessage.objects.filter(reduce(or_, places), destroyed_at=None)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return list(rows.select_related("account__school", "school", "by").order_by("-id")[:limit])


def process_in_force() -> ResponseProcess | None:
    """Return the adopted process for replying to what others write elsewhere; None where there is none."""
    return ResponseProcess.objects.select_related("by").order_by("-id").first()
