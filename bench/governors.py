"""The governors' report over a school year: comments with replies, tasks under clauses, and the record.

`GOVERNORS_ROWS` rows in all (200,000 unless set): a quarter each of comments, replies, tasks and the record.
"""

import os
import time
from datetime import timedelta
from typing import Any

from bench.database import as_superuser, copy_of, prepared
from bench.machine import NotMeasured, check_count, middle, say
from bench.world import AT, World, world

ROWS = int(os.environ.get("GOVERNORS_ROWS", "200000"))
FEW = 1_000
TIMES = 3
WANTED = {"seconds": 10.0}
YEAR = timedelta(days=170)
"""From the first of August until the day on which the benchmark plays."""

FILL = (
    """
INSERT INTO inbox_item (id, federation_id, account_id, school_id, network_id, ref, author_id_there,
  author_handle, author_name, kind, private, released, kept_back, version, versions_seen, received_at,
  first_seen_at, due_words, due_at, state, state_at, close_reason, language, worded, lane, goes_first)
SELECT n, %(federation)s, %(account)s, %(school)s, 'g' || n, '{}', '', '', '', 'comment', false, true, '',
  'v', 1, moment, moment, 'instant', moment + interval '1 day',
  CASE WHEN n %% 9 = 0 THEN 'open' ELSE 'answered' END, moment, '', 'en', true, 'other', 6
FROM (SELECT n, %(at)s::timestamptz - %(span)s::interval * n / %(many)s AS moment
  FROM generate_series(1, %(many)s) n) AS each
""",
    """
INSERT INTO inbox_answer (federation_id, intent_key, by_hand, written_at, state, state_at, attempts, sent_at,
  because, what_next, differences, item_id, item_version, text, language, acknowledges_only, stops_the_clock,
  below_post, by_id, decision, said, seen_at)
SELECT %(federation)s, 'g' || id, false, received_at, 'confirmed', received_at, 1,
  received_at + CASE WHEN id %% 7 = 0 THEN interval '2 days' ELSE interval '1 hour' END,
  '', '', '[]', id, 'v', 'Thank you.', 'en', false, true, false, %(person)s, 1, '',
  received_at + CASE WHEN id %% 7 = 0 THEN interval '2 days' ELSE interval '1 hour' END
FROM inbox_item WHERE state = 'answered' AND network_id LIKE 'g%%'
""",
    """
INSERT INTO duties_duty (federation_id, kind, what, subject, role_key, then_role_key, then_basis, due_kind,
  due_at, due_by, clauses, policy_version, state, opened_at, ended_at, how, cancelled_because)
SELECT %(federation)s, 'inbox.answer', 'answer', 'inbox.item:' || n, 'slt', '', '', 'instant',
  moment + interval '1 day', moment + interval '1 day',
  jsonb_build_array((%(clauses)s::text[])[1 + n %% array_length(%(clauses)s::text[], 1)]), '',
  'discharged', moment, moment + CASE WHEN n %% 9 = 0 THEN interval '2 days' ELSE interval '1 hour' END,
  'answered', ''
FROM (SELECT n, %(at)s::timestamptz - %(span)s::interval * n / %(many)s AS moment
  FROM generate_series(1, %(many)s) n) AS each
""",
    """
INSERT INTO core_ledgerrow (federation_id, number, at, actor, event, subject, clauses, previous_hash, hash,
  stored)
SELECT %(federation)s, 1000000 + n, %(at)s::timestamptz - %(span)s::interval * n / %(many)s, '',
  'item.received', 'inbox.item:' || n, '{}', sha256(('p' || n)::bytea), sha256(('h' || n)::bytea), '{}'
FROM generate_series(1, %(many)s) n
""",
    """
INSERT INTO ledger_clause (federation_id, clause, number)
SELECT %(federation)s, (%(clauses)s::text[])[1 + n %% array_length(%(clauses)s::text[], 1)], 1000000 + n
FROM generate_series(1, %(many)s) n
""",
)
TABLES = ("inbox_item", "inbox_answer", "duties_duty", "core_ledgerrow", "ledger_clause")
SMALLEST = {"ROWS": 500, "FEW": 100, "TIMES": 1}


def run() -> dict[str, Any]:
    """Seconds and queries of the report, over a few rows and over all."""
    here = world()
    found: dict[str, dict[str, Any]] = {}
    for size, rows in {"few": FEW, "many": ROWS}.items():
        with copy_of(prepared()):
            say(f"governors: {rows} rows")
            _fill(here, rows // 4)
            found[size] = _measure(here)
    few, many = found["few"], found["many"]
    return {
        "what": f"the governors' report over a school year of {ROWS} rows, and of {FEW}",
        "wanted": {**WANTED, "same_queries": True},
        "reached": many["seconds"] <= WANTED["seconds"] and few["queries"] == many["queries"],
        "rows": ROWS,
        "reports": found,
    }


def _fill(here: World, many: int) -> None:
    """Fill the tables as one restores a backup: without triggers."""
    from schoolgate.rulebook import book

    values = {
        "federation": here.federation, "school": here.school, "account": here.account, "person": here.person,
        "at": AT, "span": YEAR, "many": many, "clauses": list(book("wildground").clauses),
    }  # fmt: skip
    with as_superuser() as admin:
        admin.execute("SET session_replication_role = replica")
        for statement in FILL:
            admin.execute(statement, values)
        for table in TABLES:
            admin.execute(f"VACUUM ANALYZE {table}")
        (there,) = admin.execute("SELECT count(*) FROM inbox_item").fetchone()  # type: ignore[misc]
        check_count("comments", there, many)


def _measure(here: World) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person
    from schoolgate.reports.governors import report_for

    year = "2026-08-01_2027-07-31"
    with scope(here.federation):
        sam = person(here.person)
        report_for(sam, year, at=AT)
        with CaptureQueriesContext(connection) as seen:
            found = report_for(sam, year, at=AT)
        taken = []
        for _ in range(TIMES):
            began = time.perf_counter()
            report_for(sam, year, at=AT)
            taken.append(time.perf_counter() - began)
    counted = {key: number.now for key in found.numbers if (number := found.of(key)) and number.now}
    if not counted:
        raise NotMeasured("the report counts nothing")
    return {"queries": len(seen), "seconds": middle(taken), "counted": counted}
