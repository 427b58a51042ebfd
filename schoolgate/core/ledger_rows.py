"""One event as it goes into the record, and the exact bytes that represent it.

The bytes are JSON in ASCII with the keys in this one order and no spaces. The number and the previous hash
come first, so that a chain can be checked without parsing. Every value is an id, a code from a closed
alphabet or a number, so nothing in it ever needs escaping:

    {"federation":1,"number":7,"previous":"<hex>","at":"2027-01-05T09:30:00.000000Z",
     "actor":"people.person:4","event":"post.approved","subject":"publishing.post:9","decision":12,
     "clauses":["wildground-posts-2"],"ids":{}}

Rows are added in one batch, under the lock of the federation's head, at the transaction's end. A hash tree
over rows, and what a leaf of it covers: ADR 0069.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
from django.db import connection
from psycopg import capabilities

Id = str | int | None
NOTHING_BEFORE = bytes(32)
"""What the first row names as its predecessor's hash."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, not yet numbered.

    `at` is in UTC; subject and actor are names made by `subjects.subject_of`.
    """

    event: str
    subject: str
    at: datetime
    actor: str = ""
    clauses: tuple[str, ...] = ()
    decision: int | None = None
    ids: Mapping[str, Id] = field(default_factory=dict)


def chained(federation_id: int, number: int, previous: bytes) -> bytes:
    """How the bytes of row `number` begin when it follows the row with the hash `previous`."""
    return b'{"federation":%d,"number":%d,"previous":"%s",' % (federation_id, number, previous.hex().encode())


def stored_bytes(federation_id: int, number: int, previous: bytes, entry: Entry) -> bytes:
    """The bytes of `entry` as row `number`, after the row with the hash `previous`."""
    clauses = ",".join(f'"{clause}"' for clause in entry.clauses)
    ids = json.dumps(dict(entry.ids), separators=(",", ":")) if entry.ids else "{}"
    instant = entry.at.replace(tzinfo=None).isoformat(timespec="microseconds")
    rest = (
        f'"at":"{instant}Z","actor":"{entry.actor}","event":"{entry.event}",'
        f'"subject":"{entry.subject}","decision":{"null" if entry.decision is None else entry.decision},'
        f'"clauses":[{clauses}],"ids":{ids}}}'
    )
    return chained(federation_id, number, previous) + rest.encode("ascii")


ROWS_AT_ONCE = 2000
LEAF, NODE = b"\x00", b"\x01"
ROWS = "SELECT number, stored FROM core_ledgerrow WHERE number BETWEEN %s AND %s ORDER BY number"
ProofPath = list[bytes]


def root_of(federation_id: int, first: int, last: int, key: bytes) -> str:
    """Return the root (hex) of the tree over the rows from `first` to `last` of the federation in scope."""
    tree = Tree()
    for number, body in bodies(federation_id, first, last):
        tree.add(leaf(blind_of(key, federation_id, number), body))
    return tree.root().hex()


def blind_of(key: bytes, federation_id: int, number: int) -> bytes:
    """Return the secret of one row. All parts have a fixed length."""
    return hashlib.sha256(key + federation_id.to_bytes(8) + number.to_bytes(8)).digest()


def leaf(blind: bytes, body: bytes) -> bytes:
    """Return the leaf of a row."""
    return hashlib.sha256(LEAF + blind + body).digest()


def bodies(federation_id: int, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Yield the rows' bytes without the hash of the row before: that one would be a row that is not shown."""
    start = len(chained(federation_id, 1, NOTHING_BEFORE)) - 1
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        chunk = ROWS_AT_ONCE if capabilities.has_stream_chunked() else 1
        for number, stored in cursor.stream(ROWS, [first, last], binary=True, size=chunk):
            beginning = b'{"federation":%d,"number":%d,' % (federation_id, number)
            yield number, beginning + bytes(stored)[start + len(str(number)) :]


class Tree:
    """A hash tree that grows by its leaves; in memory are one node for each level and the paths asked for."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, bytes, list[ProofPath]]] = []

    def add(self, digest: bytes, paths: list[ProofPath] | None = None) -> None:
        """Add the next leaf; to each of `paths` the hashes beside it are added as they become known."""
        node = (0, digest, paths or [])
        while self._stack and self._stack[-1][0] == node[0]:
            node = self._joined(self._stack.pop(), node)
        self._stack.append(node)

    def root(self) -> bytes:
        """Return the root over all leaves; no leaf can be added after it."""
        if not self._stack:
            return hashlib.sha256(b"").digest()
        while len(self._stack) > 1:
            right, left = self._stack.pop(), self._stack.pop()
            self._stack.append(self._joined(left, right))
        return self._stack[0][1]

    @staticmethod
    def _joined(
        left: tuple[int, bytes, list[ProofPath]], right: tuple[int, bytes, list[ProofPath]]
    ) -> tuple[int, bytes, list[ProofPath]]:
        for path in left[2]:
            path.append(right[1])
        for path in right[2]:
            path.append(left[1])
        digest = hashlib.sha256(NODE + left[1] + right[1]).digest()
        return left[0] + 1, digest, left[2] + right[2] if left[2] or right[2] else []


LOCK_HEAD = "SELECT number, hash FROM core_ledgerhead WHERE federation_id = %s FOR UPDATE"
MAKE_HEAD = (
    "INSERT INTO core_ledgerhead (federation_id, number, hash) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING"
)
MOVE_HEAD = "UPDATE core_ledgerhead SET number = %s, hash = %s WHERE federation_id = %s"
# Clauses travel as one text a row: unnest would flatten an array of arrays.
ADD_ROWS = """
INSERT INTO core_ledgerrow (federation_id, number, at, actor, event, subject, clauses, decision,
                            previous_hash, hash, stored)
SELECT %s, number, at, actor, event, subject, string_to_array(clauses, ' '), decision,
       previous_hash, hash, stored
FROM unnest(%b::bigint[], %b::timestamptz[], %b::text[], %b::text[], %b::text[], %b::text[], %b::bigint[],
            %b::bytea[], %b::bytea[], %b::bytea[])
     AS row (number, at, actor, event, subject, clauses, decision, previous_hash, hash, stored)
"""
ADD_CLAUSES = """
INSERT INTO ledger_clause (federation_id, clause, number)
SELECT %s, clause, number FROM unnest(%b::text[], %b::bigint[]) AS token (clause, number)
"""


def append(federation_id: int, entries: Sequence[Entry]) -> int:
    """Add `entries` to the federation's record in their order; returns the number of the first.

    The head stays locked until the surrounding transaction ends, so this is its last piece of work.
    """
    connection.ensure_connection()
    # psycopg's own cursor sends arrays in binary; Django's would write 20,000 rows into the statement.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(LOCK_HEAD, [federation_id])
        head = cursor.fetchone()
        if head is None:
            cursor.execute(MAKE_HEAD, [federation_id, NOTHING_BEFORE])
            cursor.execute(LOCK_HEAD, [federation_id])
            head = cursor.fetchone()
        if head is None:
            raise RuntimeError("the record has no head: does the scope belong to another federation?")
        last, previous = int(head[0]), bytes(head[1])
        first = last + 1
        before, hashes, stored = [], [], []
        for number, entry in enumerate(entries, first):
            written = stored_bytes(federation_id, number, previous, entry)
            before.append(previous)
            previous = hashlib.sha256(written).digest()
            hashes.append(previous)
            stored.append(written)
        cursor.execute(
            ADD_ROWS,
            [
                federation_id,
                list(range(first, first + len(entries))),
                [entry.at for entry in entries],
                [entry.actor for entry in entries],
                [entry.event for entry in entries],
                [entry.subject for entry in entries],
                [" ".join(entry.clauses) for entry in entries],
                [entry.decision for entry in entries],
                before,
                hashes,
                stored,
            ],
        )
        tokens = [(clause, number) for number, entry in enumerate(entries, first) for clause in entry.clauses]
        if tokens:
            cursor.execute(ADD_CLAUSES, [federation_id, [t[0] for t in tokens], [t[1] for t in tokens]])
        cursor.execute(MOVE_HEAD, [first + len(entries) - 1, previous, federation_id])
    return first
