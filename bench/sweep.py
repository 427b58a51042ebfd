"""The sweep of due times among 20,000: none over yet, and then 1,000 marked overdue and recorded."""

import time
from datetime import timedelta
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import say
from bench.world import AT, World, world

DUTIES, MARKED, WANTED = 20_000, 1_000, 20_000
FILL = """
    INSERT INTO duties_duty (federation_id, kind, what, subject, subject_account, role_key, then_role_key,
        then_basis, due_kind, due_at, due_by, warn_from, clauses, policy_version, state, opened_at, how,
        cancelled_because, school_id)
    SELECT %(federation)s, 'item.answer', '', 'inbox.item:' || n, %(account)s, 'slt', '', '', 'instant',
        %(at)s::timestamptz + n * interval '1 second', %(at)s::timestamptz + n * interval '1 second', NULL,
        '["wildground-accounts-11"]', '', 'open', %(at)s, '', '', %(school)s
    FROM generate_series(1, %(many)s) n"""


def run() -> dict[str, Any]:
    """Due times a second of processor time: looked at, and each marked, recorded and passed on."""
    here = world()
    from schoolgate.core.tenancy import scope
    from schoolgate.duties.actions import sweep

    with copy_of(prepared()):
        _fill(here)
        say(f"sweep: {DUTIES} due times")
        with scope(here.federation):
            looked = _busy(lambda: sweep(at=AT))
        busy, marked = 0.0, 0
        while marked < MARKED:
            with scope(here.federation):
                started = time.process_time() + server_seconds()
                marked += sweep(at=AT + timedelta(days=1), limit=MARKED).overdue
                busy += time.process_time() + server_seconds() - started
    return {
        "what": f"the sweep among {DUTIES} due times",
        "wanted": {"a_second": WANTED},
        "none_over": {"ms": round(looked * 1000, 1), "a_second": round(DUTIES / looked)},
        f"marked_{MARKED}": {"seconds": round(busy, 2), "a_second": round(marked / busy)},
        "reached": marked / busy >= WANTED,
    }


def _busy(work: Any) -> float:
    started = time.process_time() + server_seconds()
    work()
    return time.process_time() + server_seconds() - started


def _fill(here: World) -> None:
    with as_superuser() as admin:
        given = {"federation": here.federation, "account": here.account, "school": here.school}
        admin.execute(FILL, {**given, "at": AT, "many": DUTIES})
        admin.execute("VACUUM ANALYZE duties_duty")
