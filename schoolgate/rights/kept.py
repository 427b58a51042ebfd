"""What must not go while a request is open: everything during its search, then what was found for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from schoolgate.core.subjects import number_of
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.disclosure import OnOurPage
from schoolgate.inbox.models import Item
from schoolgate.inbox.seeing import on_our_page
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.rights.models import Found, Gathering, GatheringState, State
from schoolgate.rights.requests import decide_again


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
        decide_again(_rows(item).filter(lead=False), lead=True, at=at)

    def kept_from(self, item: Item, *, at: datetime) -> None:
        """Give what was found of it to the leads, and keep it from the people it may be about."""
        found = _rows(item)
        found.update(meant=item.meant)
        decide_again(found.filter(lead=False), lead=True, at=at)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give it back to those who decide on requests."""
        decide_again(_rows(item).filter(lead=True, meant=[]), lead=False, at=at)


def of_posts(post: Post, at: datetime) -> None:
    """Give what was found of a draft to the leads once it is kept to them, and back again."""
    rows = Found.objects.filter(place="publishing.post", number=post.pk, request__state=State.OPEN)
    decide_again(rows.filter(lead=not post.leads_only, meant=[]), lead=post.leads_only, at=at)


def _rows(item: Item) -> QuerySet[Found]:
    """Return what was found of a comment for open requests: itself, and what our own page has of it."""
    ours = Q(place=OnOurPage.code, number__in=on_our_page([item.network_id]).values("pk"))
    return Found.objects.filter(Q(place="inbox.item", number=item.pk) | ours, request__state=State.OPEN)
