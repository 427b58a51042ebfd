"""The Today page for a person in a federation with 5,000 open tasks, and in one with 5.

Requested as a browser does, through every layer but the network: the whole response, written out. Also the
list of tasks alone among 100,000 of one role. The measure is processor time of this process and of its
database process together, so that other load on the machine does not count; wall-clock time is beside it.
"""

from typing import Any

from bench.database import as_superuser, copy_of, prepared
from bench.machine import check_count, middle, say, seconds
from bench.warm_page import TIMES, signed_in, warm_page
from bench.world import AT, World, world

FEW, MANY, LIST, WANTED = 5, 5_000, 100_000, 100.0
FILL = """
    INSERT INTO duties_duty (federation_id, kind, what, subject, subject_account, role_key, then_role_key,
        then_basis, due_kind, due_day, due_by, clauses, policy_version, state, opened_at, how,
        cancelled_because, school_id)
    SELECT %(federation)s, 'item.answer', '', 'inbox.item:' || n, %(account)s, 'slt', '', '', 'day',
        '2030-01-20', '2030-01-21'::timestamptz + n * interval '1 minute', '["wildground-accounts-11"]', '',
        'open', %(at)s, '', '', %(school)s
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n"""
SMALLEST = {"FEW": 2, "MANY": 50, "LIST": 100}


def run() -> dict[str, Any]:
    """Queries and milliseconds of the page, warm: the middle of some, and the slowest."""
    here = world()
    with copy_of(prepared()):
        found, there = {}, 0
        for size, number in {"few": FEW, "many": MANY}.items():
            say(f"today: {number} duties")
            _fill(here, there + 1, number)
            there = number
            found[size] = _page(here)
        _fill(here, there + 1, LIST)
        listed = _list(here)
    same = found["few"]["queries"] == found["many"]["queries"]
    return {
        "what": f"the page of today with {FEW} and with {MANY} open duties of one's role, warm",
        "wanted": {"same_queries": True, "processor_ms_at_most": WANTED},
        "reached": same and found["many"]["processor_ms"] <= WANTED,
        "pages": found,
        "first_20_of_100000_ms": listed,
    }


def _fill(here: World, first: int, last: int) -> None:
    from django.db import connection

    from schoolgate.core.tenancy import scope

    given: dict[str, Any] = {
        "federation": here.federation, "school": here.school, "account": here.account, "at": AT,
        "first": first, "last": last,
    }  # fmt: skip
    with scope(here.federation), connection.cursor() as cursor:
        cursor.execute(FILL, given)
        # A federation at work: once a post has gone out, the list of setting up is no longer shown.
        cursor.execute("UPDATE publishing_post SET state = 'published'")
        cursor.execute("SELECT count(*) FROM duties_duty WHERE state = 'open' AND role_key = 'slt'")
        check_count("open tasks of the role", cursor.fetchone()[0], last)
    with as_superuser() as admin:
        admin.execute("VACUUM ANALYZE duties_duty")


def _page(here: World) -> dict[str, Any]:
    from django.urls import reverse

    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person

    with scope(here.federation):
        user = person(here.person).user
    return warm_page(signed_in(user), reverse("today"), heading="Today")


def _list(here: World) -> float:
    from schoolgate.core.clock import local_day
    from schoolgate.core.tenancy import scope
    from schoolgate.duties.queries import mine
    from schoolgate.people.queries import person

    with scope(here.federation):
        sam, on = person(here.person), local_day(AT)
        check_count("tasks on the first page", len(mine(sam, on, limit=20)[0]), min(20, LIST))
        return round(middle([seconds(lambda: mine(sam, on, limit=20)) for _ in range(TIMES)]) * 1000, 1)
