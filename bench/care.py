"""The sweep that looks after 1,000 open accounts: who looked in, which are left alone, whose day has come.

Twice: when each account was looked at this morning and nothing is owed, and when nobody has looked for two
days, so that each gets its kept decision and its duty. Half of the looks of the last month are there.
"""

from typing import Any

from bench.database import copy_of, prepared
from bench.machine import middle, say, seconds
from bench.world import AT, World, world

ACCOUNTS, LOOKS, ROUNDS, WANTED = 1_000, 30, 3, 10.0
FILL = (
    """
    INSERT INTO accounts_account (federation_id, school_id, name, network, handle, address, kind, purpose,
        audience, visibility, contact, setup, state, made_at, opened_at, opened_by_id)
    SELECT %(federation)s, %(school)s, 'Account ' || n, 'facebook', '', '', 'school', '', '', '', '', '{}',
        'open', %(at)s, %(at)s::timestamptz - interval '90 days', %(person)s
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


def run() -> dict[str, Any]:
    """Seconds by the clock for a whole sweep, in transactions of 200 accounts, as the app role."""
    here = world()
    calm, missed = [], []
    for number in range(ROUNDS):
        say(f"care: round {number + 1} of {ROUNDS}")
        with copy_of(prepared()):
            _fill(here)
            calm.append(seconds(lambda: _sweep(here, days=0)))
            missed.append(seconds(lambda: _sweep(here, days=2)))
    return {
        "what": f"daily sweep of {ACCOUNTS} accounts with {LOOKS} looks each",
        "wanted": {"seconds_at_most": WANTED},
        "reached": max(middle(calm), middle(missed)) <= WANTED,
        "seconds_nothing_owed": round(middle(calm), 2),
        "seconds_all_missed": round(middle(missed), 2),
        "rounds": ROUNDS,
    }


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


def _sweep(here: World, *, days: int) -> None:
    from datetime import timedelta

    from schoolgate.accounts.actions import watch_accounts
    from schoolgate.core.tenancy import scope

    following: int | None = 0
    while following is not None:
        with scope(here.federation):
            following = watch_accounts(at=AT + timedelta(days=days, minutes=1), after=following)
