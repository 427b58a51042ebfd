"""Reads of earlier posts and of their downloads, each bounded whatever the tables hold.

The search walks one index of words (see `PastWord`): a page reads a limited number of posts with the rarest
of the words searched for, and says how far back it has searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.people.models import Person
from schoolgate.publishing.past import rules, words
from schoolgate.publishing.past.models import PastImport, PastPost

PAGE = 25
LOOKED_AT = 500
"""Most posts with the rarest word that one page of a search reads."""
MOST_BEGINNINGS = 20
"""Different words that begin as typed; beyond them more letters are needed."""
COUNTED = 1_001
END = "\U0010ffff"
FAR = (datetime(9999, 1, 1, tzinfo=UTC), 2**63 - 1)
Key = tuple[datetime, int]

_BEGINNINGS = """
SELECT token FROM (
  WITH RECURSIVE beginning(token) AS (
    (SELECT token FROM publishing_pastword
     WHERE token >= %(word)s COLLATE "C" AND token < %(end)s COLLATE "C" ORDER BY token LIMIT 1)
    UNION ALL
    SELECT (SELECT next.token FROM publishing_pastword next
            WHERE next.token > before.token AND next.token < %(end)s COLLATE "C"
            ORDER BY next.token LIMIT 1)
    FROM beginning before WHERE before.token IS NOT NULL
  )
  SELECT token FROM beginning WHERE token IS NOT NULL LIMIT %(most)s
) words
"""
_COUNT = """
SELECT count(*) FROM (
  SELECT 1 FROM unnest(%(tokens)s::text[]) AS one(token)
  CROSS JOIN LATERAL (SELECT 1 FROM publishing_pastword w WHERE w.token = one.token COLLATE "C"
                      LIMIT %(most)s) found
  LIMIT %(most)s
) counted
"""
_WITH_WORD = """
SELECT DISTINCT found.at, found.post_id FROM unnest(%(tokens)s::text[]) AS one(token)
CROSS JOIN LATERAL (
  SELECT w.at, w.post_id FROM publishing_pastword w
  WHERE w.token = one.token COLLATE "C" AND (w.at, w.post_id) < (%(at)s, %(pk)s)
  ORDER BY w.at DESC, w.post_id DESC LIMIT %(most)s
) found
ORDER BY found.at DESC, found.post_id DESC LIMIT %(most)s
"""
_NEWEST = """
SELECT found.at, found.id FROM unnest(%(accounts)s::bigint[]) AS one(account)
CROSS JOIN LATERAL (
  SELECT p.at, p.id FROM publishing_pastpost p
  WHERE p.account_id = one.account AND (p.at, p.id) < (%(at)s, %(pk)s)
  ORDER BY p.at DESC, p.id DESC LIMIT %(most)s
) found
ORDER BY found.at DESC, found.id DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class PastPage:
    """One page of old posts, newest first.

    `older`: the key of the next page, None on the last one. `further`: it has looked at as many posts as
    one page does, and there is more behind. `beginnings`: words typed that too many words begin with.
    """

    rows: Sequence[PastPost] = ()
    older: Key | None = None
    further: bool = False
    beginnings: Sequence[str] = field(default=())


def imports_of(account: Account, *, limit: int = 10) -> list[PastImport]:
    """The last downloads of an account, newest first. One query."""
    rows = PastImport.objects.filter(account=account).select_related("by", "confirmed_by")
    return list(rows.order_by("-id")[:limit])


def import_for(person: Person, pk: int, *, on: date, lock: bool = False) -> PastImport:
    """Return one download, for people who may upload one for its account. Raises NotFound for anyone else."""
    rows = PastImport.objects.select_related("account__school", "by", "confirmed_by")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=pk).first()
    if found is None:
        raise NotFound
    try:
        rules.check_may_bring(person, found.account, on=on)
    except NotAllowed:
        raise NotFound from None
    return found


def accounts_with_posts(person: Person, *, on: date) -> list[Account]:
    """The accounts whose old posts this person may see, by name; those without any too. One query beside
    what the person's roles cost."""
    seen = rules.accounts_seen(person, on=on)
    return list(Account.objects.filter(seen).exclude(state="waiting").order_by("name", "id"))


def number_of(account: Account) -> int:
    """Return how many posts of the account were imported."""
    return PastPost.objects.filter(account=account).count()


def posts_page(
    *, accounts: Sequence[int], typed: str = "", before: Key | None = None, limit: int = PAGE
) -> PastPage:
    """Old posts of these accounts, newest first, with all the words typed; each word may be a beginning.

    The number of queries depends on the number of words alone.
    """
    if not accounts:
        return PastPage()
    asked = words.asked(typed)
    if typed.strip() and not asked:
        return PastPage()
    if not asked:
        found = _rows(
            _NEWEST, accounts=list(accounts), at=(before or FAR)[0], pk=(before or FAR)[1], most=limit + 1
        )
        rows = _posts([pk for _at, pk in found[:limit]])
        return PastPage(rows, found[limit - 1] if len(found) > limit else None)
    return _searched(asked, accounts, before or FAR, limit)


def _searched(asked: list[str], accounts: Sequence[int], before: Key, limit: int) -> PastPage:
    tokens = {word: _beginning_with(word) for word in asked}
    too_many = [word for word, found in tokens.items() if len(found) > MOST_BEGINNINGS]
    if not all(tokens.values()):
        return PastPage()
    for word in too_many:
        tokens[word] = tokens[word][:MOST_BEGINNINGS]
    rarest = min(asked, key=lambda word: (_number(tokens[word]), word))
    looked = _rows(_WITH_WORD, tokens=tokens[rarest], at=before[0], pk=before[1], most=LOOKED_AT)
    rows = PastPost.objects.filter(pk__in=[pk for _at, pk in looked], account__in=accounts)
    for word in asked:
        rows = rows.filter(words__contains=f" {word}")
    found = list(rows.select_related("account").order_by("-at", "-pk")[: limit + 1])
    if len(found) > limit:
        last = found[limit - 1]
        return PastPage(found[:limit], (last.at, last.pk), beginnings=too_many)
    further = len(looked) == LOOKED_AT
    return PastPage(found, looked[-1] if further else None, further, too_many)


def _beginning_with(word: str) -> list[str]:
    found = _rows(_BEGINNINGS, word=word, end=word + END, most=MOST_BEGINNINGS + 1)
    return [token for (token,) in found]


def _number(tokens: list[str]) -> int:
    [(number,)] = _rows(_COUNT, tokens=tokens, most=COUNTED)
    return int(number)


def _rows(statement: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _posts(pks: list[int]) -> list[PastPost]:
    rows = PastPost.objects.filter(pk__in=pks).select_related("account")
    return list(rows.order_by("-at", "-pk"))
