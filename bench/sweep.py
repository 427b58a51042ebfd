"""The sweep of 20,000 due times: none over yet; 1,000 over, marked overdue and recorded; all over."""

import time
from datetime import timedelta
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import check_count, say
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
SMALLEST = {"DUTIES": 100, "MARKED": 10}


def run() -> dict[str, Any]:
    """Due times a second of processor time: swept while 1,000 are over; marked and recorded where all are."""
    here = world()
    from schoolgate.core.tenancy import scope
    from schoolgate.duties.actions import sweep

    with copy_of(prepared()):
        _fill(here)
        say(f"sweep: {DUTIES} due times")
        with scope(here.federation):
            looked = _busy(lambda: sweep(at=AT), overdue=0)
        with scope(here.federation):
            soon = AT + timedelta(seconds=MARKED, milliseconds=1)
            some = _busy(lambda: sweep(at=soon, limit=2 * MARKED), overdue=MARKED)
        with scope(here.federation):
            busy = _busy(lambda: sweep(at=AT + timedelta(days=1), limit=MARKED), overdue=MARKED)
    return {
        "what": f"the sweep among {DUTIES} due times",
        "wanted": {"a_second": WANTED},
        "none_over": {"ms": round(looked * 1000, 1), "a_second": round(DUTIES / looked)},
        "due_times": DUTIES,
        "some_over": {"ms": round(some * 1000, 1), "a_second": round(DUTIES / some)},
        "all_over": {"ms": round(busy * 1000, 1), "marked_a_second": round(MARKED / busy)},
        "reached": DUTIES / some >= WANTED,
    }


def _busy(work: Any, *, overdue: int) -> float:
    started = time.process_time() + server_seconds()
    found = work()
    taken = time.process_time() + server_seconds() - started
    check_count("marked overdue", found.overdue, overdue)
    return taken


def _fill(here: World) -> None:
    with as_superuser() as admin:
        given = {"federation": here.federation, "account": here.account, "school": here.school}
        admin.execute(FILL, {**given, "at": AT, "many": DUTIES})
        admin.execute("VACUUM ANALYZE duties_duty")
