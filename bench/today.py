"""The Today page for a person in a federation with 5,000 open tasks, and in one with 5.

Requested as a browser does, through every layer but the network: the whole response, written out. Also the
list of tasks alone among 100,000 of one role. The measure is processor time of this process and of its
database process together, so that other load on the machine does not count; wall-clock time is beside it.
"""

import time
from typing import Any

from bench.database import as_superuser, copy_of, prepared, server_seconds
from bench.machine import middle, say
from bench.world import AT, World, world

FEW, MANY, LIST, TIMES, WANTED = 5, 5_000, 100_000, 21, 100.0
FILL = """
    INSERT INTO duties_duty (federation_id, kind, what, subject, subject_account, role_key, then_role_key,
        then_basis, due_kind, due_day, due_by, clauses, policy_version, state, opened_at, how,
        cancelled_because, school_id)
    SELECT %(federation)s, 'item.answer', '', 'inbox.item:' || n, %(account)s, 'slt', '', '', 'day',
        '2030-01-20', '2030-01-21'::timestamptz + n * interval '1 minute', '["wildground-accounts-11"]', '',
        'open', %(at)s, '', '', %(school)s
    FROM generate_series(%(first)s, %(last)s) n"""


def run() -> dict[str, Any]:
    """Queries and milliseconds of the page, warm: the middle of some, and the slowest."""
    here = world()
    with copy_of(prepared()):
        found, there = {}, 0
        for number in (FEW, MANY):
            say(f"today: {number} duties")
            _fill(here, there + 1, number)
            there = number
            found[str(number)] = _page(here)
        _fill(here, there + 1, LIST)
        listed = _list(here)
    same = found[str(FEW)]["queries"] == found[str(MANY)]["queries"]
    return {
        "what": f"the page of today with {FEW} and with {MANY} open duties of one's role, warm",
        "wanted": {"same_queries": True, "processor_ms_at_most": WANTED},
        "reached": same and found[str(MANY)]["processor_ms"] <= WANTED,
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
    with as_superuser() as admin:
        admin.execute("VACUUM ANALYZE duties_duty")


def _page(here: World) -> dict[str, Any]:
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from schoolgate.core.tenancy import scope
    from schoolgate.people.queries import person
    from schoolgate.web.signin import signals  # noqa: F401 - a session begins with what its receivers note

    settings.ALLOWED_HOSTS = ["testserver"]
    with scope(here.federation):
        user = person(here.person).user
    if not Authenticator.objects.filter(user=user).exists():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser, address = Client(), reverse("today")
    browser.force_login(user)
    for _ in range(3):
        assert browser.get(address).status_code == 200
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        browser.get(address)
    busy = server_seconds() + time.process_time()
    taken = sorted(_taken(lambda: browser.get(address)) for _ in range(TIMES))
    busy = server_seconds() + time.process_time() - busy
    return {
        "queries": len(seen),
        "processor_ms": round(busy / TIMES * 1000, 1),
        "ms": round(middle(taken), 1),
        "slowest_ms": round(taken[-1], 1),
    }


def _list(here: World) -> float:
    from schoolgate.core.clock import local_day
    from schoolgate.core.tenancy import scope
    from schoolgate.duties.queries import mine
    from schoolgate.people.queries import person

    with scope(here.federation):
        sam, on = person(here.person), local_day(AT)
        mine(sam, on, limit=20)
        return round(middle([_taken(lambda: mine(sam, on, limit=20)) for _ in range(TIMES)]), 1)


def _taken(work: Any) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
