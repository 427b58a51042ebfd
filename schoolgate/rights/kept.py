"""What must not go while a request is open: everything during its search, then what was found for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from schoolgate.core.subjects import number_of
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.publishing.models import PostPicture
from schoolgate.rights.models import Covered, Found, Gathering
from schoolgate.rights.states import Decision, GatheringState, State

PLACES = {"comments": "inbox.item", "pictures": "media.picture", "people": "people.person"}
"""The kinds of records that wait, by where their rows are found. A photograph waits with its comment, and a
picture with the posts that have it."""


def needed_of(kind: str) -> Callable[[Sequence[int]], set[int]]:
    """Return what `core.retention` asks: which of these rows an open request still needs."""

    def needs(pks: Sequence[int]) -> set[int]:
        if Gathering.objects.filter(state=GatheringState.RUNNING).exists():
            return set(pks)
        rows = Found.objects.filter(request__state=State.OPEN)
        found = set(rows.filter(place=PLACES[kind], number__in=pks).values_list("number", flat=True))
        return found | (_of_posts(pks, rows) if kind == "pictures" else set())

    return needs


def subjects_needed(names: Sequence[str]) -> set[str]:
    """Return those of these names, as `publishing.post:417`, that an open request still needs."""
    if Gathering.objects.filter(state=GatheringState.RUNNING).exists():
        return set(names)
    numbers = {number_of(name) for name in names}
    rows = Found.objects.filter(request__state=State.OPEN, number__in=numbers)
    return {f"{place}:{number}" for place, number in rows.values_list("place", "number")} & set(names)


def _of_posts(pks: Sequence[int], rows: QuerySet[Found]) -> set[int]:
    posts = rows.filter(place="publishing.post").values("number")
    placed = PostPicture.objects.filter(picture__in=pks, post__in=posts)
    return set(placed.values_list("picture", flat=True))


class OfItems(Beside):
    """A comment that is locked after it was found is the safeguarding leads' to decide on, and back again."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Take the decision about it back, and what was covered; only the leads see it now."""
        rows = Found.objects.filter(place="inbox.item", number=item.pk, request__state=State.OPEN)
        _again(rows.filter(lead=False), lead=True)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give it back to those who decide on requests."""
        rows = Found.objects.filter(place="inbox.item", number=item.pk, request__state=State.OPEN)
        _again(rows.filter(lead=True), lead=False)


def _again(rows: QuerySet[Found], *, lead: bool) -> None:
    numbers = list(rows.values_list("pk", flat=True))
    Covered.objects.filter(found__in=numbers).delete()
    Found.objects.filter(pk__in=numbers).update(
        lead=lead, decision=Decision.UNDECIDED, exemption="", digest="", by=None, decided_at=None
    )
