"""Reading the record, and checking it again, from its own bytes and against the heads that were signed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import psycopg
from django.db import connection
from django.db.models import Model
from psycopg import capabilities

from schoolgate.core.env import env
from schoolgate.core.home import folder
from schoolgate.core.ledger.heads import SignedHead, heads_file, heads_of, those_who_left
from schoolgate.core.ledger.rows import NOTHING_BEFORE, chained
from schoolgate.core.models.directory import Federation
from schoolgate.core.models.ledger import LedgerClause, LedgerRow
from schoolgate.core.models.running import Heartbeat
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy.scoping import scope

ROWS_AT_ONCE = 2000
SIGNING: Final = "hourly.record_heads"
"""The job that signs heads (`core.heartbeats`)."""
BEFORE_RESTORE: Final = "heads-before-restore.jsonl"
"""The signed heads of a home whose keys were not restored: the new home signs with another key."""
A_WHILE: Final = timedelta(minutes=10)
"""How long a row may have been on its way when heads were signed."""
NOT_THERE: Final = "federation {}"
NO_HEADS: Final = (
    "its rows were signed by {at:%Y-%m-%dT%H:%M:%SZ}, and the file of signed heads has none of them"
)
Stored = tuple[int, bytes, bytes, bool]
"""Number, hash, the bytes, and whether the columns say what the bytes say."""

# The columns beside the bytes are compared on the server, while this process is busy with hashing. Nothing in
# them ever needs escaping (see `entries`), so their text is put together as it was when the row was written.
ROWS = """
SELECT number, hash, stored, position(convert_to(
    '{"federation":' || federation_id || ',"number":' || number
    || ',"previous":"' || encode(previous_hash, 'hex')
    || '","at":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","actor":"' || actor
    || '","event":"' || event || '","subject":"' || subject
    || '","decision":' || coalesce(decision::text, 'null')
    || ',"clauses":[' || CASE WHEN cardinality(clauses) > 0
                              THEN '"' || array_to_string(clauses, '","') || '"' ELSE '' END
    || '],"ids":', 'UTF8') IN stored) = 1
FROM core_ledgerrow ORDER BY number
"""
LAST = "SELECT number, hash FROM core_ledgerhead"
# Whether the list of clauses beside the rows holds exactly what the rows say: on both sides the number of
# pairs and a sum of their hashes. The seed differs each time, so no one can prepare pairs that cancel out.
CLAUSES_AGREE = """
WITH said AS (
    SELECT count(*) AS pairs, coalesce(sum(hashtextextended(clause, number + %(seed)s)), 0) AS hashes
    FROM (SELECT number, unnest(clauses) AS clause FROM core_ledgerrow) AS each_said
), found AS (
    SELECT count(*) AS pairs, coalesce(sum(hashtextextended(clause, number + %(seed)s)), 0) AS hashes
    FROM ledger_clause
)
SELECT said = found FROM said, found
"""
LOOSE_CLAUSES = """
SELECT min(coalesce(said.number, found.number)) FROM
    (SELECT number, unnest(clauses) AS clause FROM core_ledgerrow) AS said
    FULL JOIN ledger_clause AS found ON found.number = said.number AND found.clause = said.clause
WHERE said.number IS NULL OR found.number IS NULL
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one federation's record.

    `first_bad` is the number of the first row that cannot be as it was written, `why` the reason. `beyond`
    are the first and last number of the rows after the last signed head, which no outside head covers yet.
    """

    federation_id: int
    rows: int
    first_bad: int | None = None
    why: str = ""
    last_head: SignedHead | None = None
    beyond: tuple[int, int] | None = None

    @property
    def sound(self) -> bool:
        """Whether every row is as it was written."""
        return self.first_bad is None


@dataclass(frozen=True, slots=True)
class _Checked:
    """How far the chain was sound, and the hashes of the rows that were signed."""

    rows: int
    bad: tuple[int, str] | None
    hashes: dict[int, str]


def verify(federation_id: int, anchors: Iterable[SignedHead] | None = None) -> Verdict:
    """Recompute a federation's chain from its stored bytes and compare it with signed heads.

    Opens a scope of its own; to be called outside any other.

    Args:
        anchors: heads whose signatures were checked (`heads.read_heads`); None: only the chain in itself.
    """
    heads = heads_of(federation_id, anchors or ())
    with scope(federation_id):
        before = _last()
        checked = _chain(federation_id, _stored_rows(), {head.number for head in heads} | {before[0]})
        bad = checked.bad or _bad_by_heads(checked, heads)
        bad = bad or _bad_by_last(checked, before, _last()) or _bad_by_clauses()
    known = [head for head in heads if checked.hashes.get(head.number) == head.hash]
    last = known[-1] if known else None
    signed = last.number if last else 0
    return Verdict(
        federation_id=federation_id,
        rows=checked.rows,
        first_bad=bad[0] if bad else None,
        why=bad[1] if bad else "",
        last_head=last,
        beyond=(signed + 1, checked.rows) if checked.rows > signed else None,
    )


def verify_all(
    anchors: Sequence[SignedHead], *, own: bool = True, only: str = ""
) -> list[tuple[str, Verdict]]:
    """Check every federation's record, and say what isn't there to be checked; each with the federation's
    name in addresses.

    A federation that heads name is there, or left with a signed line (`left`). With the installation's `own`
    heads, there are heads of each record that is older than the last hourly signing. `only`: the name of one
    that is there, and nothing else.
    """
    there = dict(Federation.objects.order_by("slug").values_list("pk", "slug"))
    signed = {head.federation: head for head in sorted(anchors, key=lambda one: (one.number, one.at))}
    found = []
    for pk, slug in there.items():
        if only not in ("", slug):
            continue
        verdict = verify(pk, anchors)
        if own and verdict.sound and pk not in signed and (at := heads_lost_since(pk)):
            verdict = replace(verdict, first_bad=1, why=NO_HEADS.format(at=at))
        found.append((slug, verdict))
    if only:
        return found
    return found + [(NOT_THERE.format(pk), _gone(head)) for pk, head in absent(signed, there).items()]


def absent(signed: Mapping[int, SignedHead], there: Container[int]) -> dict[int, SignedHead]:
    """Return of the federations' newest heads those of which the federation isn't there, and didn't leave."""
    left = {one.federation for one in those_who_left() if one.is_signed()}
    return {pk: head for pk, head in sorted(signed.items()) if pk not in there and pk not in left}


def _gone(head: SignedHead) -> Verdict:
    why = f"the federation and its whole record are gone; rows up to {head.number} were signed at {head.at}"
    return Verdict(head.federation, rows=0, first_bad=1, why=why)


def heads_lost_since(federation_id: int) -> datetime | None:
    """Return when heads were last signed, where this record was there by then; to be asked of a record of
    which the file has no head. None too in an installation that was restored under another key and has signed
    none yet, and on a machine that doesn't keep them."""
    if not env().keeps_record:
        return None
    if (folder("record") / BEFORE_RESTORE).exists() and not heads_file().exists():
        return None
    row = Heartbeat.objects.filter(what=SIGNING).first()
    if row is None:
        return None
    with scope(federation_id):
        began = LedgerRow.objects.filter(number=1, at__lt=row.last_good - A_WHILE).exists()
    return row.last_good if began else None


def _stored_rows() -> Iterator[Stored]:
    """All rows of the federation in scope, as the server sends them, never all at once in memory."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        chunk = ROWS_AT_ONCE if capabilities.has_stream_chunked() else 1
        cursor.execute("SET LOCAL enable_sort = off")  # the chain's own index has the rows in order
        yield from cursor.stream(ROWS, binary=True, size=chunk)


def _chain(federation_id: int, rows: Iterable[Stored], signed: set[int]) -> _Checked:
    sha256 = hashlib.sha256
    previous, expected, bad = NOTHING_BEFORE, 1, None
    hashes: dict[int, str] = {}
    for number, digest, stored, agrees in rows:
        if bad is None:
            if number != expected:
                bad = (expected, "the row is missing")
            elif sha256(stored).digest() != digest:
                bad = (number, "its bytes have been altered")
            elif not stored.startswith(chained(federation_id, number, previous)):
                bad = (number, "it does not follow the row before it")
            elif not agrees:
                bad = (number, "its columns do not match its bytes")
        if number in signed:
            hashes[number] = digest.hex()
        previous, expected = digest, number + 1
    return _Checked(expected - 1, bad, hashes)


def _bad_by_heads(checked: _Checked, heads: Sequence[SignedHead]) -> tuple[int, str] | None:
    """The first row that may have been rewritten: the one after the last head that fits."""
    fits = 0
    for head in heads:
        if head.number > checked.rows:
            return checked.rows + 1, f"rows up to {head.number} were signed and are missing"
        if checked.hashes.get(head.number) != head.hash:
            return fits + 1, f"row {head.number} is not the one that was signed at {head.at}"
        fits = head.number
    return None


def _last() -> tuple[int, bytes]:
    """The last row by the head that each batch moves with its rows."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        number, digest = cursor.fetchone() or (0, b"")
    return number, bytes(digest)


def _bad_by_last(
    checked: _Checked, before: tuple[int, bytes], after: tuple[int, bytes]
) -> tuple[int, str] | None:
    """The first row that was taken from the end or put there by hand.

    Others may add rows during the check, so the end lies between the heads `before` and `after` it.
    """
    number, digest = before
    if checked.rows < number:
        return checked.rows + 1, f"rows up to {number} were written and are missing"
    if number and checked.hashes.get(number) != digest.hex():
        return number, "it is not the row that was written last"
    if checked.rows > after[0]:
        return after[0] + 1, "it was added behind the record's back"
    return None


def _bad_by_clauses() -> tuple[int, str] | None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 2")  # our process only waits
        cursor.execute(CLAUSES_AGREE, {"seed": secrets.randbits(62)})
        if cursor.fetchone() == (True,):
            return None
        cursor.execute(LOOSE_CLAUSES)
        found = cursor.fetchone()
    if found is None or found[0] is None:
        return None
    return int(found[0]), "the list of clauses does not match its bytes"


def rows_for_clause(
    clause_id: str, *, before: int | None = None, limit: int = 50, hidden: Collection[int] = ()
) -> list[LedgerRow]:
    """The federation's rows that rest on a clause, newest first.

    Args:
        before: only rows with a smaller number: give the last one of the page before.
        limit: how many at most.
        hidden: numbers of rows that are left out.
    """
    tokens = LedgerClause.objects.filter(clause=clause_id)
    if hidden:
        tokens = tokens.exclude(number__in=hidden)
    if before is not None:
        tokens = tokens.filter(number__lt=before)
    numbers = list(tokens.order_by("-number").values_list("number", flat=True)[:limit])
    return list(LedgerRow.objects.filter(number__in=numbers).order_by("-number"))


def rows_for_subject(subject: Model | str, *, before: int | None = None, limit: int = 50) -> list[LedgerRow]:
    """What the record says about one thing, newest first; `before` and `limit` as in `rows_for_clause`."""
    rows = LedgerRow.objects.filter(subject=subject_of(subject))
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])
