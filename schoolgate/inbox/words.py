"""The words of items, as rows: noted when an item arrives, and searched from the rarest word on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Prefetch, QuerySet

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.searching import every_word
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox.actions.picturing import ask_about_pictures
from schoolgate.inbox.models import Item, ItemVersion
from schoolgate.inbox.ranking import COLUMNS, known_at, rank, says_no_to_a_picture

MOST_KEPT = 1_000
"""Different words of one text that can be searched. House rule: no one looks for the next one."""
MOST_ENDINGS = 20
"""How many different words that begin as one was typed are searched."""
COMMON = 500
"""A word of this many items is common; how many more there are makes no difference."""
LOOKED_AT = 1_000
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

    From the newest items of the rarest word, or of a school's with it: few of each first, then `LOOKED_AT`.
    Where that word is common and these are not enough, from the newest items that `newest` returns too, where
    the rows are not all of the federation or the school.
    """
    terms = _terms(typed, school)
    if not terms or not all(terms.values()):
        return []
    rarest = min(terms.values(), key=lambda found: sum(found.values()))
    others = [list(each) for each in terms.values() if each is not rarest]
    found: set[int] = set()
    for most in (FEW, LOOKED_AT):
        ids, whole = _newest_of(list(rarest), most, school)
        found = set(_among(rows, _with(ids, others), limit))
        if whole or len(found) >= limit:
            break
    else:
        ids = _with(newest(LOOKED_AT), [list(rarest), *others]) if newest else []
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
