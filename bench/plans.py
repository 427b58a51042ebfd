"""How long a page of each long list takes among 100,000 rows, and whether any table is read from end to end.

The tests beside each room hold the same for every list; here it is measured over one federation.
"""

import time
from collections.abc import Callable
from typing import Any

from bench.database import as_superuser, copy_of, prepared
from bench.machine import check_count, middle, say
from bench.world import AT, World, world

ROWS, TIMES = 100_000, 15
FILL = {
    "publishing_post": """
        INSERT INTO publishing_post (federation_id, school_id, author_id, answers, version, state, state_at,
                                     created_at, sent_back_because, text, other_text, language)
        SELECT %(federation)s, %(school)s, %(person)s, '{}', 1, 'published', %(at)s, %(at)s, '', '', '',
               'en'
        FROM generate_series(1, %(rows)s) n""",
    "inbox_item": """
        INSERT INTO inbox_item (federation_id, account_id, school_id, network_id, ref, author_id_there,
            author_handle, author_name, kind, private, released, kept_back, version, versions_seen,
            received_at, first_seen_at, due_words, state, state_at, close_reason)
        SELECT %(federation)s, %(account)s, %(school)s, 'n' || n, '{}', '', '', '', 'comment', false, true,
            '', 'v', 1, %(at)s, %(at)s, 'none_promised', 'open', %(at)s, ''
        FROM generate_series(1, %(rows)s) n""",
    "inbox_itemversion": """
        INSERT INTO inbox_itemversion (federation_id, item_id, number, version, text, seen_at)
        SELECT %(federation)s, id, 1, 'v', 'When does it begin?', %(at)s FROM inbox_item""",
    "duties_duty": """
        INSERT INTO duties_duty (federation_id, kind, what, subject, role_key, then_role_key, then_basis,
            due_kind, due_day, due_by, clauses, policy_version, state, opened_at, how, cancelled_because)
        SELECT %(federation)s, 'item.answer', '', 'inbox.item:' || n, 'slt', '', '', 'day', '2027-01-20',
            %(at)s::timestamptz + n * interval '1 minute', '[]', '', 'open', %(at)s, '', ''
        FROM generate_series(1, %(rows)s) n""",
}
SMALLEST = {"ROWS": 1_000, "TIMES": 2}


def run() -> dict[str, Any]:
    """Medians in milliseconds; `whole_tables`: every filled table that some list read from end to end."""
    here = world()
    with copy_of(prepared()):
        say(f"plans: {ROWS} rows in each of {len(FILL)} tables")
        _fill(here)
        found = _measure(here)
    whole = sorted({table for one in found.values() for table in one["whole_tables"]} & set(FILL))
    return {
        "what": f"a first page of each list among {ROWS} rows, as the app role under row-level security",
        "wanted": {"whole_tables": []},
        "rows": ROWS,
        "whole_tables": ", ".join(whole) or "none",
        "reached": not whole,
        "lists": found,
    }


def _fill(here: World) -> None:
    from django.db import connection

    from schoolgate.core.tenancy import scope

    given = {
        "federation": here.federation, "school": here.school, "account": here.account,
        "person": here.person, "at": AT, "rows": ROWS,
    }  # fmt: skip
    with scope(here.federation), connection.cursor() as cursor:
        for statement in FILL.values():
            cursor.execute(statement, given)
    with as_superuser() as admin:
        for table in FILL:
            admin.execute(f"VACUUM ANALYZE {table}")
            (there,) = admin.execute(f"SELECT count(*) FROM {table}").fetchone()  # type: ignore[misc]
            check_count(f"rows of {table}", there, ROWS + (table == "publishing_post"))


def _measure(here: World) -> dict[str, Any]:
    from schoolgate.core.clock import local_day
    from schoolgate.core.tenancy import scope
    from schoolgate.duties.queries import mine
    from schoolgate.inbox.listing import NO_FILTERS, narrowed, newest
    from schoolgate.inbox.models import ItemState
    from schoolgate.people.queries import person
    from schoolgate.publishing.queries import posts_page

    on = local_day(AT)
    with scope(here.federation):
        sam = person(here.person)
        lists: dict[str, Callable[[], object]] = {
            "posts": lambda: posts_page(limit=25, seen_by=sam, on=on),
            "inbox, newest": lambda: newest(sam, on=on),
            "inbox, by due time": lambda: narrowed(sam, NO_FILTERS, on=on, state=ItemState.OPEN, by_due=True),
            "duties": lambda: mine(sam, on, limit=25),
        }
        return {name: _one(work) for name, work in lists.items()}


def _one(work: Callable[[], object]) -> dict[str, Any]:
    from tests.plans import plans_of

    plans = plans_of(work)
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return {
        "ms": round(middle(taken), 1),
        "most_rows_touched": plans.most_rows,
        "whole_tables": sorted(plans.whole_tables),
    }
