"""The inbox of one person: the items that they may read, filtered, ordered, searched by words, and page
by page, by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Left, RowNumber
from django.db.models.lookups import GreaterThan, LessThan

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.days import day_in
from schoolgate.core.errors import NotFound
from schoolgate.core.rows import LOOKED_AT, every_word, statement_of
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox import seeing
from schoolgate.inbox.first_read import ask_about_pictures
from schoolgate.inbox.models import Answer, Item, ItemKind, ItemLanguage, ItemState, ItemVersion
from schoolgate.inbox.ranking import COLUMNS, known_at, rank, says_no_to_a_picture
from schoolgate.inbox.seeing import SEES, may_see
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.intents import TO_DRIVE
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import book_for, held_by
from schoolgate.publishing.models import PostTarget
from schoolgate.triage import Lane

# What a person narrows the inbox to. It is asked beside their reach, and never in place of it.

ME, NO_ONE = "me", "none"


@dataclass(frozen=True)
class Filters:
    """Each field narrows; what is None or empty doesn't."""

    school: int | None = None
    account: int | None = None
    kind: str = ""
    lane: str = ""
    network: str = ""
    language: str = ""
    assigned: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.as_text())

    def as_text(self) -> dict[str, str]:
        """Return what is set, as an address or a saved view carries it."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: str(value) for name, value in given.items() if value}

    def period(self) -> Q | None:
        """Return the condition on the time of arrival, or None."""
        found = []
        if self.since:
            found.append(Q(received_at__gte=begins(self.since)))
        if self.until:
            found.append(Q(received_at__lt=begins(self.until + timedelta(days=1))))
        return reduce(and_, found) if found else None

    def each(self, person: Person) -> list[Q]:
        """Return the other conditions, those with the fewest items first; each has an index of its own but
        the network's and NO_ONE's, which come last."""
        found = []
        if self.assigned == ME:
            found.append(Q(assigned_to=person))
        if self.account:
            found.append(Q(account_id=self.account))
        if self.lane:
            found.append(Q(lane=self.lane))
        if self.kind:
            found.append(Q(kind=self.kind))
        if self.language:
            found.append(Q(language=self.language))
        if self.school:
            found.append(Q(school_id=self.school))
        if self.network:
            # Ids, so that PostgreSQL never joins every item to its account; 0 is no account's.
            theirs = Account.objects.filter(network=self.network).values_list("pk", flat=True)
            found.append(Q(account_id__in=list(theirs) or [0]))
        if self.assigned == NO_ONE:
            found.append(Q(assigned_to=None))
        return found

    @property
    def indexed(self) -> bool:
        """Whether the first of `each` has an index."""
        one = (self.account, self.lane, self.kind, self.language, self.school)
        return self.assigned == ME or any(one)


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Return the filters that an address or a saved view names. Raises NotFound for values that none has."""
    checked: dict[str, Any] = {}
    for name, read in READ.items():
        text = str(given.get(name) or "").strip()
        if text:
            try:
                checked[name] = read(text)
            except ValueError:
                raise NotFound from None
    return Filters(**checked)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _one_of(*allowed: str) -> Any:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _network(text: str) -> str:
    return str(_one_of(*all_capabilities())(text))


def _day(text: str) -> date:
    return day_in(text)


READ: Mapping[str, Any] = {
    "school": _number,
    "account": _number,
    "kind": lambda text: ItemKind(text).value,
    "lane": lambda text: Lane(text).value,
    "network": _network,
    "language": lambda text: ItemLanguage(text).value,
    "assigned": _one_of(ME, NO_ONE),
    "since": _day,
    "until": _day,
}


Key = tuple[Any, ...]
"""Where a page ends: the values of its last row in the fields of its order."""


class Row(Func):
    """A row of values: PostgreSQL compares two of them as an index over the same columns sorts them."""

    function = "ROW"
    output_field = TextField()


@dataclass(frozen=True)
class Order:
    """The fields by which a list is sorted, all in one direction; the last is the id, so no two are equal.

    A minus sign before each of them: highest first.
    """

    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        if len({field.startswith("-") for field in self.fields}) != 1:
            raise ValueError("an order has one direction, or no index serves it")

    @property
    def descending(self) -> bool:
        """Whether the highest comes first."""
        return self.fields[0].startswith("-")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the fields without their direction."""
        return tuple(field.removeprefix("-") for field in self.fields)

    @property
    def kinds(self) -> tuple[type, ...]:
        """Return what each value of a key is: an instant, or a number."""
        return tuple(datetime if name.endswith(("_at", "_by")) else int for name in self.names)

    def beyond(self, key: Key) -> GreaterThan | LessThan:
        """Return the condition of the rows that follow the row with this key."""
        compare = LessThan if self.descending else GreaterThan
        return compare(Row(*map(F, self.names)), Row(*map(Value, key)))


MOST_KEPT = 1_000
"""Different words of one text that can be searched. House rule: no one looks for the next one."""
MOST_ENDINGS = 20
"""How many different words that begin as one was typed are searched."""
COMMON = 500
"""A word of this many items is common; how many more there are makes no difference."""
SEARCHED = 1_000
"""Of common words: how many of the newest items with the rarest, and of the person’s items, are read."""
FEW = 100
"""How many of the newest items of each word are read first: mostly they are enough."""
AT_ONCE = 500

TERMS = """
WITH RECURSIVE found(typed, word, number) AS (
  SELECT typed, (
    SELECT min(word) FROM inbox_itemword WHERE {here} word >= typed AND word < typed || %(last)s
  ), 1
  FROM unnest(%(words)s::text[]) AS typed
  UNION ALL
  SELECT typed, (
    SELECT min(word) FROM inbox_itemword AS other
    WHERE {here} other.word > found.word AND other.word < typed || %(last)s
  ), number + 1
  FROM found WHERE found.word IS NOT NULL AND number < %(most)s
)
SELECT typed, word, (
  SELECT count(*)
  FROM (SELECT 1 FROM inbox_itemword AS same WHERE {here} same.word = found.word LIMIT %(common)s) AS few
) FROM found WHERE word IS NOT NULL
"""
ADD = """
INSERT INTO inbox_itemword (federation_id, item_id, school_id, word)
SELECT %s, * FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) ON CONFLICT DO NOTHING
"""
NEWEST = """
SELECT wanted, item_id FROM unnest(%(words)s::text[]) AS wanted, LATERAL (
  SELECT item_id FROM inbox_itemword WHERE {here} word = wanted ORDER BY item_id DESC LIMIT %(most)s
) newest
"""
OF_SCHOOL = "school_id = %(school)s AND"
WITH_WORDS = "SELECT item FROM unnest(%s::bigint[]) AS item WHERE "
WITH_WORD = "EXISTS (SELECT FROM inbox_itemword WHERE word = ANY(%s::text[]) AND item_id = item)"
LAST = "\U0010ffff"


def note_words(given: Sequence[tuple[Item, str]]) -> None:
    """Make the words of these texts, and of their authors' names, searchable. Those that are stay as they
    are."""
    wanted = [
        (item.pk, item.school_id, word)
        for item, text in given
        for word in every_word(f"{item.author_name} {item.author_handle} {text}")[:MOST_KEPT]
    ]
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(ADD, [current_scope().federation_id, *map(list, zip(*wanted, strict=True))])


@action
def note_words_of_earlier(*, at: datetime) -> bool:
    """Make the words of the newest items that can't be searched yet searchable, and rank them; ask about a
    picture where only this reading finds a no to it. Return whether more may be left."""
    versions = Prefetch("versions", ItemVersion.objects.order_by("number"))
    found = Item.every.filter(worded=False).prefetch_related(versions)
    found = found.select_related("account__federation", "account__school", "school")
    rows = list(found.order_by("-id")[:AT_ONCE])
    known = known_at(on=local_day(at))
    note_words([(row, " ".join(each.text for each in row.versions.all())) for row in rows])
    asked = {row.pk for row in rows if says_no_to_a_picture(row)}
    for row in rows:
        texts = [each.text for each in row.versions.all()]
        row.worded = True
        if texts:
            rank(row, texts[-1], known)
    Item.every.bulk_update(rows, ["worded", *COLUMNS])
    ask_about_pictures([row for row in rows if row.pk not in asked], at=at)
    return len(rows) == AT_ONCE


def newest_with(
    rows: QuerySet[Item],
    typed: Sequence[str],
    limit: int,
    *,
    school: int | None = None,
    newest: Callable[[int], list[int]] | None = None,
) -> list[int]:
    """Return the ids of the newest of the rows in which each of these words begins a word.

    From the newest items of the rarest word, or of a school's with it: few of each first, then `SEARCHED`.
    Where that word is common and these are not enough, from the newest items that `newest` returns too, where
    the rows are not all of the federation or the school.
    """
    terms = _terms(typed, school)
    if not terms or not all(terms.values()):
        return []
    rarest = min(terms.values(), key=lambda found: sum(found.values()))
    others = [list(each) for each in terms.values() if each is not rarest]
    found: set[int] = set()
    for most in (FEW, SEARCHED):
        ids, whole = _newest_of(list(rarest), most, school)
        found = set(_among(rows, _with(ids, others), limit))
        if whole or len(found) >= limit:
            break
    else:
        ids = _with(newest(SEARCHED), [list(rarest), *others]) if newest else []
        found |= set(_among(rows, ids, limit))
    return sorted(found, reverse=True)[:limit]


def _terms(typed: Sequence[str], school: int | None) -> dict[str, dict[str, int]]:
    """For each word: the words that begin with it, each with the number of its items up to COMMON."""
    found: dict[str, dict[str, int]] = {word: {} for word in typed}
    given: dict[str, Any] = {
        "words": list(typed),
        "last": LAST,
        "most": MOST_ENDINGS,
        "common": COMMON,
        "school": school,
    }
    with connection.cursor() as cursor:
        cursor.execute(_here(TERMS, school), given)
        for word, term, many in cursor.fetchall():
            found[word][term] = many
    return found


def _here(statement: str, school: int | None) -> str:
    return statement.replace("{here}", OF_SCHOOL if school else "")


def _newest_of(words: list[str], most: int, school: int | None) -> tuple[list[int], bool]:
    """Return the newest items with one of these words, as far back as all of them were read: `most` of each;
    and whether these are all."""
    read: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_here(NEWEST, school), {"words": words, "most": most, "school": school})
        for word, pk in cursor.fetchall():
            read.setdefault(word, []).append(pk)
    ends = [min(ids) for ids in read.values() if len(ids) == most]
    end = max(ends, default=0)
    return sorted({pk for ids in read.values() for pk in ids if pk >= end}, reverse=True), not ends


def _with(ids: list[int], terms: list[list[str]]) -> list[int]:
    """Return those of the items that have one word of each of these."""
    if not terms or not ids:
        return ids
    with connection.cursor() as cursor:
        cursor.execute(WITH_WORDS + " AND ".join([WITH_WORD] * len(terms)), [ids, *terms])
        return [pk for (pk,) in cursor.fetchall()]


def _among(rows: QuerySet[Item], ids: list[int], limit: int) -> list[int]:
    return list(rows.filter(pk__in=ids).order_by("-id").values_list("pk", flat=True)[:limit]) if ids else []


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
    found = seeing.item(pk)
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
