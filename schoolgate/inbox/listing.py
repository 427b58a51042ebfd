"""The inbox of one person: the items that they may read, page by page, by key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Left

from schoolgate.core.errors import NotFound
from schoolgate.core.searching import LOOKED_AT, with_words
from schoolgate.inbox import queries
from schoolgate.inbox.models import Answer, Item, ItemVersion
from schoolgate.inbox.ordering import Key, Order
from schoolgate.inbox.rules import SEES, may_see
from schoolgate.inbox.states import ItemState
from schoolgate.networks.intents import TO_DRIVE
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_of
from schoolgate.people.states import ScopeKind
from schoolgate.publishing.models import PostTarget

FIRST_WORDS = 280
"""How much of a text the list fetches, in characters: the rest may be long."""

MOST_PRESSING_FIRST = Order(("goes_first", "answer_by", "pk"))
NEWEST_FIRST = Order(("-pk",))


@dataclass(frozen=True)
class Reach:
    """What a person may read: every item, or those of these schools and accounts."""

    everything: bool = False
    schools: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()

    def places(self) -> list[Q]:
        """Return one condition for each place, each served by an index of its own."""
        if self.everything:
            return [Q()]
        schools = [Q(school_id=pk) for pk in sorted(self.schools)]
        # What a school's assignment shows already is not listed twice.
        accounts = [
            Q(account_id=pk) & ~Q(school_id__in=sorted(self.schools)) if self.schools else Q(account_id=pk)
            for pk in sorted(self.accounts)
        ]
        return [*schools, *accounts]

    def rows(self) -> QuerySet[Item]:
        """Return the items of these places."""
        places = self.places()
        return _readable().filter(reduce(or_, places)) if places else Item.objects.none()

    def rows_by_place(self) -> list[QuerySet[Item]]:
        """Return the items of each place, each of which an index of its own serves."""
        return [_readable().filter(place) for place in self.places()]


def _readable() -> QuerySet[Item]:
    """Return what can be read at all, by people whose places include it."""
    return Item.objects.all()


def reach_of(person: Person, *, on: date, able: frozenset[str] = SEES) -> Reach:
    """Where assignments of a day carry one of `able`: by default, where the person may read. One query."""
    sees = {role.key for role in book_of(person.federation).roles if able & role.capacities}
    held = [one for one in assignments(person, on=on, where=Where(anywhere=True)) if one.role_key in sees]
    return Reach(
        everything=any(one.scope_kind == ScopeKind.FEDERATION for one in held),
        schools=frozenset(
            one.school_id for one in held if one.scope_kind == ScopeKind.SCHOOL and one.school_id
        ),
        accounts=frozenset(
            one.account_id for one in held if one.scope_kind == ScopeKind.ACCOUNT and one.account_id
        ),
    )


def newest(
    person: Person,
    *,
    on: date,
    state: ItemState | None = None,
    before: int | None = None,
    limit: int = 25,
    unread: bool = False,
    lane: str = "",
) -> tuple[list[Item], int | None]:
    """What the person may read, newest first, older than the id `before`; with the id to continue from.

    `unread`: only items that are hidden until someone here shows them. `lane`: only those of it.
    """
    only = Q(released=False, kept_back="", private=False) if unread else Q()
    found, key = page(
        reach_of(person, on=on),
        NEWEST_FIRST,
        states=[state] if state else list(ItemState),
        only=only & Q(lane=lane) if lane else only,
        after=None if before is None else (before,),
        limit=limit,
    )
    return found, key[0] if key else None


def waiting_by_due(
    person: Person, *, on: date, after: Key | None = None, limit: int = 25
) -> tuple[list[Item], Key | None]:
    """Return open items, most pressing first, those without a deadline last; with the key of the next
    page."""
    reach = reach_of(person, on=on)
    return page(reach, MOST_PRESSING_FIRST, states=[ItemState.OPEN], after=after, limit=limit)


def item_for(person: Person, pk: int, *, on: date) -> Item:
    """Return one of them, with its versions and answers. Raises NotFound where the person may not know about
    it."""
    found = queries.item(pk)
    if not may_see(person, found, on=on):
        raise NotFound
    return found


def of_ids(person: Person, ids: Iterable[int], *, on: date, state: str = "") -> list[Item]:
    """Return those of these items that the person may read, as the list shows them."""
    found = _shown(reach_of(person, on=on).rows()).filter(pk__in=list(ids))
    return list(found.filter(state=state) if state else found)


def search(person: Person, words: Sequence[str], *, on: date, limit: int) -> list[Item]:
    """Return comments and messages with all these words in their text or author's name, newest first, of
    those that the person may read, as the list shows them. At most four queries; reads the newest
    `LOOKED_AT`."""
    newest = reach_of(person, on=on).rows().order_by("-id").values("pk")[:LOOKED_AT]
    rows = _shown(Item.objects.filter(pk__in=newest))
    text = Subquery(_newest_text().values("text")[:1])
    found = with_words(rows, words, text, "author_name", "author_handle")
    return list(found.order_by("-id")[:limit])


def answers_in_flight(person: Person, *, on: date, limit: int = 100) -> list[Answer]:
    """Return the answers that the program is sending or will send, oldest first: those to items that this
    person may read on that day."""
    read = reach_of(person, on=on).rows().values("pk")
    rows = Answer.objects.filter(state__in=TO_DRIVE, by_hand=False, item__in=read)
    return list(rows.select_related("item__account", "by").order_by("id")[:limit])


def page(
    reach: Reach,
    order: Order,
    *,
    states: Sequence[ItemState],
    only: Q | None = None,
    after: Key | None = None,
    limit: int = 25,
) -> tuple[list[Item], Key | None]:
    """Return a page of what a person may read, in this order, after the key; with the key of the next page.

    In two queries and one for the texts of the posts. The ids come first: from the newest of the whole
    federation, or, place by place, from what the person may read, so that no more than a page of each is read.
    """
    more = [only or Q(), *([order.beyond(after)] if after is not None else [])]
    every = len(states) == len(ItemState)
    asked = [
        rows.filter(*more, *([] if every and reach.everything else [Q(state=state)]))
        .order_by(*order.fields)
        .values_list(*order.names)[: limit + 1]
        for rows in reach.rows_by_place()
        for state in ([states[0]] if every and reach.everything else states)
    ]
    if not asked:
        return [], None
    both: Any = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    keys = sorted(both, reverse=order.descending)[: limit + 1]
    rows = _shown(Item.objects.filter(pk__in=[key[-1] for key in keys[:limit]]))
    return list(rows.order_by(*order.fields)), keys[limit - 1] if len(keys) > limit else None


def _newest_text() -> QuerySet[ItemVersion]:
    return ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number")


def _shown(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Return the rows with what the list shows of each."""
    texts = PostTarget.objects.annotate(words=Left("text", FIRST_WORDS)).defer("text").order_by("id")
    return (
        rows.select_related("account", "school", "post")
        .annotate(
            words=Subquery(_newest_text().annotate(start=Left("text", FIRST_WORDS)).values("start")[:1])
        )
        .prefetch_related(Prefetch("post__targets", texts, to_attr="texts"))
    )
