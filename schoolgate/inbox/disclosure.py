"""Comments and messages for a request about data: found by their words, read with all that is theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from schoolgate.core.disclosure import Columns, Match, Sought, Table, Why
from schoolgate.inbox.models import KEPT, Item
from schoolgate.inbox.seeing import may_see, on_our_page
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Person

WITH_WORDS = """
SELECT item_id FROM inbox_itemword AS rarest
WHERE word = %(rarest)s AND item_id > %(after)s AND NOT EXISTS (
  SELECT FROM unnest(%(others)s::text[]) AS other
  WHERE NOT EXISTS (
    SELECT FROM inbox_itemword AS its WHERE its.item_id = rarest.item_id AND its.word = other
  )
) {days}
ORDER BY item_id LIMIT %(limit)s
"""
OF_DAYS = """
AND EXISTS (
  SELECT FROM inbox_item
  WHERE id = rarest.item_id AND received_at >= %(since)s AND received_at < %(until)s
)
"""
HOW_MANY = """
SELECT wanted, (SELECT count(*) FROM (SELECT FROM inbox_itemword WHERE word = wanted LIMIT 20000) AS few)
FROM unnest(%s::text[]) AS wanted
"""
LONG_AGO, NEVER = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Comments(Table):
    """Comments and messages with each version of their text, our replies, notes, and copies. What staff did
    with them is in the record; here they are found by their authors and the people they name."""

    def __init__(self) -> None:
        item = dict.fromkeys(
            ["inbox.ItemVersion", "inbox.Answer", "inbox.ItemNote", "inbox.ItemPhoto", "inbox.Evidence",
             "inbox.Removal", "inbox.Judgement", "inbox.WriterStep", "inbox.AuthorStep"], "item",
        )  # fmt: skip
        super().__init__(
            "inbox.Item",
            item | {"inbox.Appeal": "removal__item"},
            shown={
                "inbox.Item": ["author_name", "author_handle", "kind", "received_at"],
                "inbox.Answer": ["text", "sent_at"],
                "inbox.Appeal": ["words", "reasons", "at"],
                "inbox.Removal": ["house_rule", "begun_at"],
            },
        )

    @cached_property
    def columns(self) -> tuple[Columns, ...]:
        """What is known of each table, without what links colleagues to a comment they dealt with."""
        return tuple(replace(one, about=(), wrote=()) for one in super().columns)

    def find(self, sought: Sought, *, after: int, limit: int) -> list[Match]:
        """Return what they wrote, by name or username, and what names them."""
        found = {one.number for one in super().find(sought, after=after, limit=limit)}
        for words in sought.words:
            found.update(_indexed(words, sought, after=after, limit=limit))
        first = sorted(found)[:limit]
        authors = Item.every.filter(pk__in=first).values_list("pk", "author_name", "author_handle")
        wrote = {pk for pk, *names in authors if sought.fits(names)}
        return [Match(number, Why.WROTE if number in wrote else Why.NAMED) for number in first]

    def naming(self, columns: Columns, sought: Sought) -> list[QuerySet[Any]]:
        """Return the rows with these words in their texts. Of comments themselves only those that the index
        doesn't have yet: `find` asks it for the rest."""
        of_index = {"inbox.item": "worded", "inbox.itemversion": "item__worded"}
        column = of_index.get(columns.model._meta.label_lower)
        rows = super().naming(columns, sought)
        return [one.filter(**{column: False}) for one in rows] if column else rows

    def others(self, numbers: Collection[int]) -> Mapping[int, Collection[str]]:
        """Return the names and usernames of who wrote them."""
        rows = Item.every.filter(pk__in=numbers).values_list("pk", "author_name", "author_handle")
        return {pk: [name for name in names if name] for pk, *names in rows}

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return those that are locked to the safeguarding leads, or tell something bad of a colleague."""
        kept = Item.every.filter(KEPT, pk__in=numbers)
        return set(kept.values_list("pk", flat=True))

    def lead_may_read(self, person: Person, number: int, *, on: date) -> bool:
        """Return whether a lead may find this comment in the inbox."""
        item = Item.every.select_related("account", "school").filter(pk=number).first()
        return item is not None and may_see(person, item, on=on)


class OnOurPage(Table):
    """Comments as our own page has them, and our replies: what is kept in the inbox is kept here too."""

    code = "networks.noticeboardcomment"

    def __init__(self) -> None:
        super().__init__("networks.NoticeboardComment")

    def for_lead(self, numbers: Collection[int]) -> set[int]:
        """Return those whose comment in the inbox is kept from some people."""
        kept = Item.every.filter(KEPT, account__network=OURS).values("network_id")
        return set(on_our_page(kept).filter(pk__in=numbers).values_list("pk", flat=True))


def _indexed(words: Sequence[str], sought: Sought, *, after: int, limit: int) -> list[int]:
    """Return the first items above a number that have all of these words, from the rarest word on."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY, [list(words)])
        many = dict(cursor.fetchall())
        if not all(many.values()):
            return []
        rarest = min(words, key=lambda word: many[word])
        since, until = sought.bounds
        given: dict[str, Any] = {
            "rarest": rarest, "others": [word for word in words if word != rarest], "after": after,
            "limit": limit, "since": since or LONG_AGO, "until": until or NEVER,
        }  # fmt: skip
        days = OF_DAYS if since or until else ""
        cursor.execute(WITH_WORDS.replace("{days}", days), given)
        return [pk for (pk,) in cursor.fetchall()]
