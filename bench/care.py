"""The daily sweep over 1,000 open accounts: who checked them, which are neglected, which are due.

Twice: when each account was checked this morning and nothing is owed, and when none was checked for nine
days, so that each gets its saved decision and its task. Half of the checks of the last month are there.
"""

import time
from collections.abc import Callable
from typing import Any

from bench.database import copy_of, prepared, server_seconds
from bench.machine import check_count, middle, say
from bench.world import AT, World, world

ACCOUNTS, LOOKS, ROUNDS, WANTED = 1_000, 30, 3, 10.0
"""Wanted: processor seconds at most, so that what others do on the machine does not count."""
FILL = (
    """
    INSERT INTO accounts_account (federation_id, school_id, name, network, handle, address, kind, purpose,
        audience, visibility, contact, setup, state, made_at, opened_at, opened_by_id, post_languages,
        told_limits)
    SELECT %(federation)s, %(school)s, 'Account ' || n, 'facebook', '', '', 'school', '', '', '', '', '{}',
        'open', %(at)s, %(at)s::timestamptz - interval '90 days', %(person)s, '{}', '{}'
    FROM generate_series(2, %(accounts)s) n
    """,
    """
    INSERT INTO accounts_teammember (federation_id, account_id, person_id, part, from_day)
    SELECT %(federation)s, id, %(person)s, 'lead', '2026-01-01' FROM accounts_account a
    WHERE NOT EXISTS (SELECT 1 FROM accounts_teammember t WHERE t.account_id = a.id)
    """,
    """
    INSERT INTO accounts_look (federation_id, account_id, by_id, at, what, roles)
    SELECT %(federation)s, a.id, %(person)s, %(at)s::timestamptz - n * interval '1 day', 'account', 'slt'
    FROM accounts_account a, generate_series(0, %(looks)s) n
    """,
)
UNSEEN = 9
"""Days: the policy gives no number, and after a week someone is asked."""
SMALLEST = {"ACCOUNTS": 10, "LOOKS": 3, "ROUNDS": 1}


def run() -> dict[str, Any]:
    """Processor seconds for a whole sweep, 200 accounts a transaction, as the app role; the clock beside."""
    here = world()
    calm, missed = [], []
    for number in range(ROUNDS):
        say(f"care: round {number + 1} of {ROUNDS}")
        with copy_of(prepared()):
            _fill(here)
            calm.append(_taken(lambda: _sweep(here, days=0)))
            check_count("accounts asked about with nothing owed", _asked(here), 0)
            missed.append(_taken(lambda: _sweep(here, days=UNSEEN)))
            check_count("accounts asked about", _asked(here), ACCOUNTS)
    found = {
        "nothing_owed": middle([one[0] for one in calm]),
        "all_missed": middle([one[0] for one in missed]),
    }
    return {
        "what": f"daily sweep of {ACCOUNTS} accounts with {LOOKS} looks each",
        "wanted": {"processor_seconds_at_most": WANTED},
        "accounts": ACCOUNTS,
        "reached": max(found.values()) <= WANTED,
        "processor_seconds": {name: round(value, 2) for name, value in found.items()},
        "seconds": {
            "nothing_owed": round(middle([one[1] for one in calm]), 2),
            "all_missed": round(middle([one[1] for one in missed]), 2),
        },
        "rounds": ROUNDS,
    }


def _taken(work: Callable[[], object]) -> tuple[float, float]:
    """Processor time of this process and its server process together, and the time on the wall."""
    server, client, wall = server_seconds(), time.process_time(), time.perf_counter()
    work()
    wall = time.perf_counter() - wall
    return time.process_time() - client + server_seconds() - server, wall


def _fill(here: World) -> None:
    from django.db import connection

    from schoolgate.core.tenancy import scope

    given: dict[str, Any] = {
        "federation": here.federation, "school": here.school, "person": here.person, "at": AT,
        "accounts": ACCOUNTS, "looks": LOOKS,
    }  # fmt: skip
    with scope(here.federation), connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, given)


def _asked(here: World) -> int:
    """How many accounts have a task about a missed check."""
    from schoolgate.accounts.duty_kinds import LOOK_IN
    from schoolgate.core.tenancy import scope
    from schoolgate.duties.models import Duty

    with scope(here.federation):
        return Duty.objects.filter(kind=LOOK_IN).values("subject").distinct().count()


def _sweep(here: World, *, days: int) -> None:
    from datetime import timedelta

    from schoolgate.accounts.watching import watch_accounts
    from schoolgate.core.tenancy import scope

    following: int | None = 0
    while following is not None:
        with scope(here.federation):
            following = watch_accounts(at=AT + timedelta(days=days, minutes=1), after=following)
