"""Ingesting 20,000 comments, against a raw bulk insert of the very rows that this leaves behind.

The floor: the same rows, column by column, into the same tables of a copy of the same database (its indexes,
foreign keys, triggers and row-level security included), as the application's role, in one transaction, in the
leanest way we know: psycopg and nothing else, a whole table as one JSON text that was written beforehand. The
usual bulk insert, 500 rows a prepared statement, is reported beside it. COPY is no floor: PostgreSQL refuses
it under row-level security. Nor is a statement per row: that takes ten times as long.

Times are processor time of this process and of its server process together, so that other load on the machine
does not count; wall-clock time is reported beside it.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import check_count, middle, say
from bench.world import AT, World, world

WANTED = 3.0
COMMENTS, POLL, ROUNDS = 20_000, 500, 3
SMALLEST = {"COMMENTS": 100, "POLL": 50, "ROUNDS": 1}


def run() -> dict[str, Any]:
    """Each round: ingest in one batch, the same by 500 as polls do, and the floors, one after the other."""
    here = world()
    rounds = []
    for number in range(ROUNDS):
        say(f"ingest: round {number + 1} of {ROUNDS}")
        rounds.append(_round(here))
    taken = {name: middle([one[name][0] for one in rounds]) for name in TAKEN}
    on_the_wall = {name: middle([one[name][1] for one in rounds]) for name in TAKEN}
    ratio = middle([one["at_once"][0] / one["json"][0] for one in rounds])
    return {
        "what": f"ingest of {COMMENTS} comments / raw bulk insert of the same rows, one run, app role",
        "wanted": {"ratio_at_most": WANTED},
        "ratio": round(ratio, 2),
        "ratio_on_the_wall": round(middle([one["at_once"][1] / one["json"][1] for one in rounds]), 2),
        "reached": ratio <= WANTED,
        "ratio_in_batches_of_500": round(taken["by_500"] / taken["json"], 2),
        "ratio_to_500_rows_a_statement": round(taken["at_once"] / taken["insert"], 2),
        "processor_seconds": {name: round(value, 2) for name, value in taken.items()},
        "seconds": {name: round(value, 2) for name, value in on_the_wall.items()},
        "rows": rounds[0]["rows"],
        "rounds": ROUNDS,
    }


TAKEN = ("at_once", "by_500", "insert", "json")
Insert = Callable[[Any, str, list[tuple[str, str]], list[Any]], None]


def _round(here: World) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with copy_of(prepared()):
        before = _rows_by_table()
        found["at_once"] = _taken(lambda: _ingest(here, comments(), COMMENTS))
        added = _added(before)
        found["rows"] = {table: len(rows) for table, (_, rows) in added.items()}
        check_count("comments", found["rows"].get("inbox_item", 0), COMMENTS)
    with copy_of(prepared()):
        found["insert"] = _taken(lambda: _raw(here, added, _by_insert))
        _check_as_many(added, before)
    texts = {table: (columns, [_as_json(columns, rows)]) for table, (columns, rows) in added.items()}
    with copy_of(prepared()):
        found["json"] = _taken(lambda: _raw(here, texts, _by_json))
        _check_as_many(added, before)
    with copy_of(prepared()):
        found["by_500"] = _taken(lambda: _ingest(here, comments(), POLL))
        check_count("comments", len(_added(before)["inbox_item"][1]), COMMENTS)
    say("ingest: " + ", ".join(f"{name} {found[name][0]:.2f} s" for name in TAKEN))
    return found


def _check_as_many(added: "Added", before: dict[str, int]) -> None:
    """Raise NotMeasured where a floor has left fewer rows than what it's compared with."""
    there = _rows_by_table()
    for table, (_columns, rows) in added.items():
        check_count(f"rows of {table}", there[table] - before.get(table, 0), len(rows))


def _taken(work: Callable[[], object]) -> tuple[float, float]:
    """Processor time of both processes, and the time on the wall."""
    server, client, wall = server_seconds(), time.process_time(), time.perf_counter()
    work()
    wall = time.perf_counter() - wall
    return time.process_time() - client + server_seconds() - server, wall


def comments() -> list[Any]:
    """Comments as a network gives them, a second apart over the last hours."""
    from schoolgate.networks.port import Author, IncomingItem, Ref

    return [
        IncomingItem(
            network="bluesky",
            ref=Ref("bluesky", f"at://did:plc:a/app.bsky.feed.post/{n}", f"https://bsky.app/{n}", f"c{n}"),
            author=Author(id=f"did:plc:{n % 700}", handle=f"parent{n % 700}.test", display=f"Parent {n}"),
            text=f"Comment {n}: what time does sports day begin, and may grandparents come as well?",
            created_at=AT - timedelta(seconds=n),
            seen_at=AT - timedelta(seconds=n), attachments=(), visibility="public",
        )
        for n in range(COMMENTS)
    ]  # fmt: skip


def _ingest(here: World, given: list[Any], batch: int) -> None:
    from schoolgate.accounts.models import Account
    from schoolgate.core.tenancy import scope
    from schoolgate.inbox.ingesting import ingest
    from schoolgate.publishing.models import Post

    for start in range(0, len(given), batch):
        with scope(here.federation):
            account = Account.objects.select_related("school", "federation").get(pk=here.account)
            post = Post.objects.select_related("school").get(pk=here.post)
            ingest(at=AT, account=account, items=given[start : start + batch], post=post)


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'core_ledgerhead'"
"""The head is a row that is changed, not one that is added."""


def _rows_by_table() -> dict[str, int]:
    with as_superuser() as admin:
        tables = [
            name for (name,) in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        return {
            table: admin.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # type: ignore[index]
            for table in tables
        }


COLUMNS = """
SELECT column_name, udt_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
Added = dict[str, tuple[list[tuple[str, str]], list[tuple[Any, ...]]]]


def _added(before: dict[str, int]) -> Added:
    """For each table that grew: its columns with their types, and the rows that are new, as values."""
    found: Added = {}
    with as_superuser() as admin:
        for table, count in _rows_by_table().items():
            if count == before.get(table, 0):
                continue
            columns = [(name, kind) for name, kind in admin.execute(COLUMNS, [table])]
            order = "number" if "number" in dict(columns) and "id" not in dict(columns) else "id"
            named = ", ".join(f'"{name}"{"::text" if kind == "jsonb" else ""}' for name, kind in columns)
            rows = admin.execute(f'SELECT {named} FROM "{table}" ORDER BY "{order}"').fetchall()
            found[table] = (columns, rows[before.get(table, 0) :])
    return found


def _raw(here: World, added: Added, insert: "Insert") -> None:
    """Parents before children, in one transaction, as the application's role in the federation's scope."""
    import psycopg
    from django.db import connection

    from schoolgate.core.tenancy import scope

    with scope(here.federation), psycopg.Cursor(connection.connection) as cursor:
        for table in sorted(added, key=_place):
            insert(cursor, table, *added[table])


ORDER = (
    "policy_clausewording",
    "policy_decisionrecord",
    "policy_decisionfacts",
    "inbox_item",
    "inbox_itemversion",
)
AT_ONCE = 500
"""Rows a statement: a statement has 65,535 values at most."""


def _place(table: str) -> int:
    return ORDER.index(table) if table in ORDER else len(ORDER)


def _by_insert(cursor: Any, table: str, columns: list[tuple[str, str]], rows: list[Any]) -> None:
    names, marks = _named(columns)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        values = ", ".join([f"({marks})"] * len(some))
        given = [value for row in some for value in row]
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) VALUES {values}', given, prepare=len(some) == AT_ONCE
        )


def _by_json(cursor: Any, table: str, columns: list[tuple[str, str]], rows: list[Any]) -> None:
    names, _ = _named(columns)
    source = f'json_populate_recordset(NULL::"{table}", %s::json)'
    cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {source}', rows)


def _as_json(columns: list[tuple[str, str]], rows: list[Any]) -> str:
    """The rows as one text; not counted."""

    def read(kind: str, value: Any) -> Any:
        if value is None:
            return None
        if kind == "bytea":
            return "\\x" + bytes(value).hex()
        return json.loads(value) if kind == "jsonb" else value

    named = [
        {name: read(kind, value) for (name, kind), value in zip(columns, row, strict=True)} for row in rows
    ]
    return json.dumps(named, default=str)


def _named(columns: list[tuple[str, str]]) -> tuple[str, str]:
    names = ", ".join(f'"{name}"' for name, _ in columns)
    return names, ", ".join("%s" if kind[0] == "_" else f"%s::{kind}" for _, kind in columns)
