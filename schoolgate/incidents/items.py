"""What concerns do when the comment that they are about is locked to the safeguarding leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.incidents.actions.locking import give_back_with_item, keep_with_item
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.incidents.states import ReportState
from schoolgate.people.models import Person

OVER = (ReportState.CLOSED, ReportState.NOT_FOR_US)


def people_needed(people: Sequence[int]) -> set[int]:
    """Return those of these people who raised a concern that is not closed yet, or are named in one."""
    open_ones = Report.objects.exclude(state__in=OVER)
    about = KeptOut.objects.filter(person__in=people, report__in=open_ones.values("pk"))
    raised = open_ones.filter(by__in=people).values_list("by_id", flat=True)
    return {*about.values_list("person_id", flat=True), *raised} & set(people)


class OfItems(Beside):
    """Concerns, which tell no other room what they know."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Keep the concerns that have a copy of it to the safeguarding leads."""
        keep_with_item(item=item, by=by, at=at)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give those concerns back."""
        give_back_with_item(item=item, by=by, at=at)
