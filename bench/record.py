"""A long record, quickly: rows with real bytes and a real chain, written by the server in one pass.

`append` would take many times as long. The check that follows (`verify`) compares every row's bytes, hash,
columns and clauses.
"""

from datetime import timedelta

from bench.database import as_superuser
from bench.machine import say
from bench.world import AT, World

STEP = 500_000
YEARS = timedelta(days=5 * 365)
"""Over which the rows are spread."""
CLAUSES = ["wildground-monitoring-4", "wildground-monitoring-6"]
HEAD = "SELECT number, hash FROM core_ledgerhead WHERE federation_id = %s"
BEGIN = "INSERT INTO core_ledgerhead (federation_id, number, hash) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING"
ROWS = """
INSERT INTO core_ledgerrow (federation_id, number, at, actor, event, subject, clauses, decision,
                            previous_hash, hash, stored)
WITH RECURSIVE chain AS (
    SELECT %(last)s::bigint AS number, NULL::timestamptz AS at, NULL::bytea AS previous,
           NULL::bytea AS stored, %(hash)s::bytea AS hash
    UNION ALL
    SELECT number + 1, at, hash, stored, sha256(stored)
    FROM (
        SELECT number, hash, at, convert_to(
            '{"federation":' || %(federation)s || ',"number":' || number + 1 || ',"previous":"'
            || encode(hash, 'hex') || '","at":"'
            || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            || '","actor":"","event":"item.received","subject":"inbox.item:' || number %% 3000000
            || '","decision":' || number || ',"clauses":["' || array_to_string(%(clauses)s::text[], '","')
            || '"],"ids":{"account":' || %(account)s || '}}', 'UTF8') AS stored
        FROM (SELECT number, hash, %(from)s::timestamptz + number * %(step)s::interval AS at FROM chain
              WHERE number < %(until)s) AS before
    ) AS written
)
SELECT %(federation)s, number, at, '', 'item.received', 'inbox.item:' || (number - 1) %% 3000000,
       %(clauses)s::text[], number - 1, previous, hash, stored
FROM chain WHERE previous IS NOT NULL
"""
CLAUSES_OF = """
INSERT INTO ledger_clause (federation_id, clause, number)
SELECT %(federation)s, clause, number
FROM unnest(%(clauses)s::text[]) AS clause, generate_series(%(last)s::bigint + 1, %(until)s) AS number
"""
MOVE = """
UPDATE core_ledgerhead SET number = row.number, hash = row.hash FROM core_ledgerrow AS row
WHERE row.federation_id = %(federation)s AND row.number = %(until)s
AND core_ledgerhead.federation_id = row.federation_id
"""


def fill_record(here: World, rows: int, *, of: int) -> None:
    """Write rows until the record has `rows`. `of`: how many there will be in the end, over five years."""
    with as_superuser() as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(BEGIN, [here.federation, bytes(32)])
        last, digest = admin.execute(HEAD, [here.federation]).fetchone()
        while last < rows:
            given = {
                "federation": here.federation, "account": here.account, "clauses": CLAUSES, "last": last,
                "hash": digest, "until": min(last + STEP, rows), "from": AT - YEARS, "step": YEARS / of,
            }  # fmt: skip
            for statement in (ROWS, CLAUSES_OF, MOVE):
                admin.execute(statement, given)
            last, digest = admin.execute(HEAD, [here.federation]).fetchone()
            say(f"record: {last} rows")
