"""What must not go while a request is open: everything during its search, then what was found for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from schoolgate.core.subjects import number_of
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.rights.actions.keeping import drop_answers
from schoolgate.rights.models import Answer, Covered, Found, Gathering
from schoolgate.rights.states import Decision, GatheringState, State


def subjects_needed(names: Sequence[str]) -> set[str]:
    """Return those of these names, as `publishing.post:417`, that an open request still needs."""
    if Gathering.objects.filter(state=GatheringState.RUNNING).exists():
        return set(names)
    numbers = {number_of(name) for name in names}
    rows = Found.objects.filter(request__state=State.OPEN, number__in=numbers)
    return {f"{place}:{number}" for place, number in rows.values_list("place", "number")} & set(names)


class OfItems(Beside):
    """A comment that is locked after it was found is the safeguarding leads' to decide on, and back again."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Take the decision about it back, and what was covered; only the leads see it now."""
        rows = Found.objects.filter(place="inbox.item", number=item.pk, request__state=State.OPEN)
        _again(rows.filter(lead=False), lead=True, at=at)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give it back to those who decide on requests."""
        rows = Found.objects.filter(place="inbox.item", number=item.pk, request__state=State.OPEN)
        _again(rows.filter(lead=True), lead=False, at=at)


def _again(rows: QuerySet[Found], *, lead: bool, at: datetime) -> None:
    numbers = list(rows.values_list("pk", flat=True))
    drop_answers(Answer.objects.filter(request__found__in=numbers), at=at)
    Covered.objects.filter(found__in=numbers).delete()
    Found.objects.filter(pk__in=numbers).update(
        lead=lead, decision=Decision.UNDECIDED, exemption="", digest="", by=None, decided_at=None
    )
