"""The words of items, as rows: noted when an item arrives, and searched from the rarest word on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.searching import every_word
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox.models import Item, ItemVersion, ItemWord
from schoolgate.inbox.ranking import COLUMNS, known_at, rank

MOST_KEPT = 1_000
"""Different words of one text that can be searched. House rule: no one looks for the next one."""
MOST_ENDINGS = 20
"""How many different words that begin as one was typed are searched."""
COMMON = 500
"""A word of this many items is common; how many more there are makes no difference."""
LOOKED_AT = 1_000
"""Of common words: how many of the newest items with the rarest, and of the person’s items, are read."""
AT_ONCE = 500

TERMS = """
WITH RECURSIVE found(typed, word, number) AS (
  SELECT typed, (SELECT min(word) FROM inbox_itemword WHERE word >= typed AND word < typed || %(last)s), 1
  FROM unnest(%(words)s::text[]) AS typed
  UNION ALL
  SELECT typed, (
    SELECT min(word) FROM inbox_itemword other
    WHERE other.word > found.word AND other.word < typed || %(last)s
  ), number + 1
  FROM found WHERE found.word IS NOT NULL AND number < %(most)s
)
SELECT typed, word, (
  SELECT count(*)
  FROM (SELECT 1 FROM inbox_itemword AS same WHERE same.word = found.word LIMIT %(common)s) AS few
) FROM found WHERE word IS NOT NULL
"""
ADD = """
INSERT INTO inbox_itemword (federation_id, item_id, word)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[]) ON CONFLICT DO NOTHING
"""
NEWEST = """
SELECT DISTINCT item_id FROM unnest(%(words)s::text[]) AS wanted, LATERAL (
  SELECT item_id FROM inbox_itemword WHERE word = wanted ORDER BY item_id DESC LIMIT %(most)s
) newest
"""
LAST = "\U0010ffff"


def note_words(given: Sequence[tuple[Item, str]]) -> None:
    """Make the words of these texts, and of their authors' names, searchable. Those that are stay as they
    are."""
    wanted = [
        (item.pk, word)
        for item, text in given
        for word in every_word(f"{item.author_name} {item.author_handle} {text}")[:MOST_KEPT]
    ]
    if wanted:
        items, words = zip(*wanted, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(ADD, [current_scope().federation_id, list(items), list(words)])


@action
def note_words_of_earlier(*, at: datetime) -> bool:
    """Make the words of the newest items that can't be searched yet searchable, and rank them; return
    whether more may be left."""
    versions = Prefetch("versions", ItemVersion.objects.order_by("number"))
    found = Item.every.filter(worded=False).select_related("school").prefetch_related(versions)
    rows = list(found.order_by("-id")[:AT_ONCE])
    known = {school: known_at(school, on=local_day(at)) for school in {row.school for row in rows}}
    note_words([(row, " ".join(each.text for each in row.versions.all())) for row in rows])
    for row in rows:
        texts = [each.text for each in row.versions.all()]
        row.worded = True
        if texts:
            rank(row, texts[-1], known[row.school])
    Item.every.bulk_update(rows, ["worded", *COLUMNS])
    return len(rows) == AT_ONCE


def with_words(rows: QuerySet[Item], typed: Sequence[str]) -> QuerySet[Item]:
    """Return those of the rows in which each of these words begins a word.

    From the items of the rarest word. Where each is common: from the newest of its items and the newest of
    the rows, `LOOKED_AT` of each.
    """
    terms = _terms(typed)
    if not terms or not all(terms.values()):
        return rows.none()
    rarest = min(terms.values(), key=lambda found: sum(found.values()))
    ids = _newest_with(list(rarest))
    if max(rarest.values()) >= COMMON:
        ids |= set(rows.order_by("-id").values_list("pk", flat=True)[:LOOKED_AT])
    found = rows.filter(pk__in=ids)
    for each in terms.values():
        if each is not rarest or max(each.values()) >= COMMON:
            found = found.filter(Exists(ItemWord.objects.filter(item=OuterRef("pk"), word__in=list(each))))
    return found


def _terms(typed: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each word: the words that begin with it, each with the number of its items up to COMMON."""
    found: dict[str, dict[str, int]] = {word: {} for word in typed}
    given: dict[str, Any] = {"words": list(typed), "last": LAST, "most": MOST_ENDINGS, "common": COMMON}
    with connection.cursor() as cursor:
        cursor.execute(TERMS, given)
        for word, term, many in cursor.fetchall():
            found[word][term] = many
    return found


def _newest_with(words: list[str]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"words": words, "most": LOOKED_AT})
        return {pk for (pk,) in cursor.fetchall()}
