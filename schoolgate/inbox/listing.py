"""The inbox of one person: the items that they may read, page by page, by key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import Left, RowNumber

from schoolgate.core.at_once import statement_of
from schoolgate.core.errors import NotFound
from schoolgate.core.searching import LOOKED_AT
from schoolgate.inbox import queries
from schoolgate.inbox.filters import ME, Filters
from schoolgate.inbox.models import Answer, Item, ItemVersion
from schoolgate.inbox.ordering import Key, Order
from schoolgate.inbox.rules import SEES, may_see
from schoolgate.inbox.states import ItemState
from schoolgate.inbox.words import newest_with
from schoolgate.networks.intents import TO_DRIVE
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import book_for, held_by
from schoolgate.publishing.models import PostTarget

FIRST_WORDS = 280
"""How much of a text the list fetches, in characters: the rest may be long."""

NEEDED = "SELECT * FROM (rows) AS read WHERE met OR place = %s"

READ_FIRST = 250
"""Rows of a list that are asked about filters first: mostly they fill a page."""

MOST_PRESSING_FIRST = Order(("goes_first", "answer_by", "pk"))
NEWEST_FIRST = Order(("-pk",))
NEWEST_OF_A_PERIOD_FIRST = Order(("-received_at", "-pk"))


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Reach:
    """What a person may read: every item, or those of these schools and accounts."""

    everything: bool = False
    schools: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()

    def only_school(self) -> int | None:
        """Return the one school that all of it belongs to."""
        return (
            min(self.schools) if len(self.schools) == 1 and not (self.everything or self.accounts) else None
        )

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
        return Item.objects.filter(reduce(or_, places)) if places else Item.objects.none()

    def within(self, chosen: Filters) -> tuple[Reach, Filters]:
        """Return the places that the filters leave, where an index serves them, and the other filters."""
        if chosen.account and (self.everything or chosen.account in self.accounts):
            return Reach(accounts=frozenset({chosen.account})), replace(chosen, account=None)
        if chosen.school and (self.everything or chosen.school in self.schools):
            return Reach(schools=frozenset({chosen.school})), replace(chosen, school=None)
        return self, chosen

    def rows_by_place(self) -> list[QuerySet[Item]]:
        """Return the items of each place, each of which an index of its own serves."""
        return [Item.objects.filter(place) for place in self.places()]


EVERYTHING = Reach(everything=True)
UNREAD = Q(released=False, kept_back="", private=False)
"""Hidden until someone here shows it."""


def reach_of(person: Person, *, on: date, able: frozenset[str] = SEES) -> Reach:
    """Where assignments of a day carry one of `able`: by default, where the person may read. One query."""
    sees = {role.key for role in book_for(person).roles if able & role.capacities}
    held = [one for one in held_by(person, on=on) if one.role_key in sees]
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
) -> tuple[list[Item], int | None]:
    """What the person may read, newest first, older than the id `before`; with the id to continue from.

    `unread`: only items that are hidden until someone here shows them.
    """
    after = None if before is None else (before,)
    found, key = narrowed(person, NO_FILTERS, on=on, state=state, unread=unread, after=after, limit=limit)
    return found, key[0] if key else None


def item_for(person: Person, pk: int, *, on: date) -> Item:
    """Return one of them, with its versions and answers. Raises NotFound where the person may not know about
    it."""
    found = queries.item(pk)
    if not may_see(person, found, on=on):
        raise NotFound
    return found


def of_ids(person: Person, ids: Iterable[int], *, on: date, state: str = "") -> list[Item]:
    """Return those of these items that the person may read, as the list shows them."""
    found = shown(reach_of(person, on=on).rows()).filter(pk__in=list(ids))
    return list(found.filter(state=state) if state else found)


def search(
    person: Person, words: Sequence[str], *, on: date, limit: int, chosen: Filters = NO_FILTERS
) -> list[Item]:
    """Return comments and messages with all these words in their text or author's name, newest first, of
    those that the person may read and chose, as the list shows them. At most nine queries."""
    reach, chosen = reach_of(person, on=on).within(chosen)
    if not words or not reach.places():
        return []
    rows = reach.rows().filter(*chosen.each(person), chosen.period() or Q())
    school = reach.only_school()

    def readable(most: int) -> list[int]:
        lists = _by_place(reach, NEWEST_FIRST, list(ItemState))
        return [pk for (pk,) in _keys(lists, NEWEST_FIRST, most)]

    ids = newest_with(
        rows, words, limit, school=school, newest=None if school or reach.everything else readable
    )
    return list(shown(Item.objects.filter(pk__in=ids)).order_by("-id"))


def narrowed(
    person: Person,
    chosen: Filters,
    *,
    on: date,
    state: ItemState | None = None,
    by_due: bool = False,
    unread: bool = False,
    after: Key | None = None,
    limit: int = 25,
) -> tuple[list[Item], Key | None]:
    """Return a page of what the person may read and chose, with the key of the next page.

    `unread`: only items that are hidden until someone here shows them. With filters, a page reads no more
    than the next `LOOKED_AT` rows, so it may be short and have a next page.
    """
    reach, chosen = reach_of(person, on=on).within(chosen)
    if not reach.places():
        return [], None
    states = [state] if state else list(ItemState)
    order, period, among = order_of(chosen, by_due=by_due), chosen.period(), chosen.each(person)
    only = UNREAD if unread else None
    if period is not None and not by_due:
        # An index serves the times of arrival of the federation, and of each school.
        if reach.accounts:
            among.append(reduce(or_, reach.places()))
            reach = EVERYTHING
        among += [*([Q(state=state)] if state else []), *([UNREAD] if unread else [])]
        return page(reach, order, only=period, among=among, after=after, limit=limit)
    if only is None and chosen.indexed and (reach.everything or chosen.assigned == ME):
        only = among.pop(0)
    among += [period] if period is not None else []
    return page(reach, order, states=states, only=only, among=among, after=after, limit=limit)


def order_of(chosen: Filters, *, by_due: bool) -> Order:
    """Return the order of a list that is narrowed like this."""
    if by_due:
        return MOST_PRESSING_FIRST
    return NEWEST_FIRST if chosen.period() is None else NEWEST_OF_A_PERIOD_FIRST


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
    states: Sequence[ItemState] = (),
    only: Q | None = None,
    among: Sequence[Q] = (),
    after: Key | None = None,
    limit: int = 25,
) -> tuple[list[Item], Key | None]:
    """Return a page of what a person may read, in this order, after the key; with the key of the next page.

    The ids come first: from the newest of the whole federation, or, place by place and status by status, so
    that an index serves each; without `states`, whatever the status. `only`: what the index serves too.
    `among`: what is asked of the next `LOOKED_AT` rows of each; then a page may be short though more follow.
    """
    lists = _by_place(reach, order, states, only, *([order.beyond(after)] if after is not None else []))
    if not lists:
        return [], None
    keys, end = _keys_among(lists, order, among, limit) if among else (_keys(lists, order, limit), None)
    rows = list(shown(Item.objects.filter(pk__in=[key[-1] for key in keys[:limit]])).order_by(*order.fields))
    return rows, keys[limit - 1] if len(keys) > limit else end


def _by_place(
    reach: Reach, order: Order, states: Sequence[ItemState], only: Q | None = None, *more: Any
) -> list[QuerySet[Item]]:
    """Return the lists that make up a list: one for each place and status that an index serves."""
    whole = not states or (reach.everything and only is None and len(states) == len(ItemState))
    return [
        rows.filter(only or Q(), *more, each).order_by(*order.fields)
        for rows in reach.rows_by_place()
        for each in ([Q()] if whole else [Q(state=state) for state in states])
    ]


def _keys(lists: list[QuerySet[Item]], order: Order, limit: int) -> list[Key]:
    """Return the first keys of these lists together, one more than the page has."""
    return sorted(
        _together([rows.values_list(*order.names)[: limit + 1] for rows in lists]), reverse=order.descending
    )[: limit + 1]


def _together(parts: list[Any]) -> Any:
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _keys_among(
    lists: list[QuerySet[Item]], order: Order, among: Sequence[Q], limit: int
) -> tuple[list[Key], Key | None]:
    """Return the first keys of those that meet `among`, and where the first list ends that wasn't read to its
    end: nothing behind it counts yet. Few rows of each are read first, then `LOOKED_AT` together."""
    keys, end = _met(lists, order, among, READ_FIRST // len(lists) + limit)
    if end is not None and len(keys) <= limit:
        keys, end = _met(lists, order, among, max(LOOKED_AT // len(lists), limit + 1))
    return keys[: limit + 1], end


def _met(
    lists: list[QuerySet[Item]], order: Order, among: Sequence[Q], most: int
) -> tuple[list[Key], Key | None]:
    """Return the keys that meet `among` of the first `most` rows of each list, up to where the shortest of
    those ends that weren't read to their end; and that end."""
    met = ExpressionWrapper(reduce(and_, among), BooleanField())
    place = Window(RowNumber(), order_by=order.fields)
    parts = [
        rows.annotate(met=met, place=place).values_list("place", "met", *order.names)[:most] for rows in lists
    ]
    read = [(place == most, meets, tuple(key)) for place, meets, *key in _needed(parts, most)]
    nearest = max if order.descending else min
    end = nearest((key for last, _meets, key in read if last), default=None)
    kept = (key for _last, meets, key in read if meets and (end is None or nearest(key, end) == key))
    return sorted(kept, reverse=order.descending), end


def _needed(parts: list[Any], most: int) -> list[tuple[Any, ...]]:
    """Return, of the rows that these lists read, only those that are met or the last: the others stay in the
    database."""
    if not parts:
        return []
    statements: list[str] = []
    given: list[Any] = []
    for part in parts:
        statement, values = statement_of(part)
        statements.append(NEEDED.replace("rows", statement))
        given += [*values, most]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _newest_text() -> QuerySet[ItemVersion]:
    return ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number")


def shown(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Return the rows with what the list shows of each."""
    texts = PostTarget.objects.annotate(words=Left("text", FIRST_WORDS)).defer("text").order_by("id")
    return (
        lines(rows)
        .select_related("account", "school", "post", "assigned_to")
        .prefetch_related(Prefetch("post__targets", texts, to_attr="texts"))
    )


def lines(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Return the rows with the words that each begins with now, in `.words`."""
    newest = _newest_text().annotate(start=Left("text", FIRST_WORDS)).values("start")
    return rows.annotate(words=Subquery(newest[:1]))
