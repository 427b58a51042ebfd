"""Adding to the record: one batch, under the lock of the federation's head, at the transaction's end."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import psycopg
from django.db import connection

from schoolgate.core.ledger.entries import NOTHING_BEFORE, Entry, stored_bytes

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
