"""What must not go while a request about data is open, and, once it is closed, what is due and how it is
destroyed.

The row of a request and its steps stay, because the record names them: when it was answered, and who did
it. A file of an answer goes from the store with the sweep that removes what no row names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import SIX_YEARS, Area, Declared, Part, Public, Row
from schoolgate.core.subjects import number_of
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.disclosure import OnOurPage
from schoolgate.inbox.models import Item
from schoolgate.inbox.seeing import on_our_page
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.rights.models import (
    Answer,
    AnswerState,
    Covered,
    Found,
    Gathering,
    GatheringState,
    Request,
    State,
    Step,
)
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


class Requests(Declared):
    """Requests about data that were closed."""

    key, number, endings = "requests", 12, ("request_period", "request_parts")
    area = Area.LAW
    public = Public.NOWHERE
    name = _("Data requests")
    thing = _("Data request")
    counted = _("From the day it was closed.")
    goes = _(
        "Who asked, whose data they wanted and why, our notes, the list of what was found, and our answers "
        "with their files."
    )
    stays = _("The request’s kind, dates and outcome, and who dealt with it.")
    because = SIX_YEARS
    first = _("Close the request, and finish every task about it.")
    row = Row(
        Request,
        over=Q(state=State.CLOSED),
        since="state_at",
        empties={"words_ref": None},
        sealed=("words_ref",),
        parts=(
            Part(Covered, "found__request"),
            Part(Found, "request", sealed=("words_ref",)),
            Part(Gathering, "request", sealed=("sought_ref",)),
            Part(Step, "request", {"words_ref": None}, sealed=("words_ref",)),
            Part(
                Answer, "request", {"letter_ref": None, "state": AnswerState.GONE, "file": ""},
                sealed=("letter_ref",),
            ),
        ),
    )  # fmt: skip
