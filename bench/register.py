"""The public register, whether a page is ours, and the register from the inside: 10 and 1,000 accounts."""

import time
from collections.abc import Callable
from typing import Any

from bench.database import copy_of, prepared
from bench.machine import check_count, middle, say
from bench.world import AT, World, world

FEW, MANY, TIMES = 10, 1000, 9
SMALLEST = {"FEW": 3, "MANY": 6, "TIMES": 1}


def run() -> dict[str, Any]:
    """Queries and medians in milliseconds of each page, for few accounts and for many."""
    here = world()
    with copy_of(prepared()):
        found: dict[str, dict[str, Any]] = {}
        for size, number in {"few": FEW, "many": MANY}.items():
            say(f"register: {number} accounts")
            _grow_to(here, number)
            found[size] = _measure(here)
    queries = {
        size: ", ".join(f"{page} {one['queries']}" for page, one in each.items())
        for size, each in found.items()
    }
    same = queries["few"] == queries["many"]
    return {
        "what": "register and account pages, with few accounts and with many, as the app role",
        "wanted": {"same_queries": True},
        "reached": same,
        "queries": f"{queries['many']}, with {FEW} and {MANY:,}" if same else queries,
        "pages": found,
    }


def _grow_to(here: World, number: int) -> None:
    from schoolgate.accounts.models import Account, AccountMark, TeamMember
    from schoolgate.core.tenancy import scope

    with scope(here.federation):
        there = Account.objects.count()
        made = Account.objects.bulk_create(
            Account(
                school_id=here.school, name=f"Account {n:05}", network="facebook", kind="school",
                state="open",
                made_at=AT, opened_at=AT, opened_by_id=here.person, handle=f"@account{n}",
                address=f"https://www.facebook.com/account{n}", purpose="News.", contact="The office",
            )
            for n in range(there, number)
        )  # fmt: skip
        TeamMember.objects.bulk_create(
            TeamMember(account=one, person_id=here.person, part="lead", from_day=AT.date()) for one in made
        )
        AccountMark.objects.bulk_create(
            AccountMark(account=one, mark="text", seen="there", looked_at=AT, tried_at=AT, there_at=AT)
            for one in made
        )
        check_count("accounts", Account.objects.filter(state="open").count(), number)


def _measure(here: World) -> dict[str, Any]:
    from schoolgate.accounts.access import accounts_page
    from schoolgate.accounts.inside import inside_register
    from schoolgate.accounts.register import look_up, news, public_register
    from schoolgate.web.accounts.register_wording import not_confirmed

    on = AT.date()

    def page() -> None:
        rows, _following = public_register()
        not_confirmed(rows, on=on)

    pages: dict[str, Callable[[], object]] = {
        "register": page,
        "register.atom": news,
        "genuine": lambda: look_up("https://m.facebook.com/account7/?ref=x", at=AT, where=lambda _: ""),
        "not on it": lambda: look_up("https://facebook.com/somebody", at=AT, where=lambda _: ""),
        "accounts": accounts_page,
        "inside": lambda: inside_register(on=on, at=AT),
        "at risk": lambda: inside_register(on=on, at=AT, risky=True),
    }
    return {name: _one(here, read) for name, read in pages.items()}


def _one(here: World, read: Callable[[], object]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from schoolgate.core.tenancy import scope

    with scope(here.federation):
        read()
        with CaptureQueriesContext(connection) as seen:
            read()
        taken = []
        for _ in range(TIMES):
            began = time.perf_counter()
            read()
            taken.append((time.perf_counter() - began) * 1000)
    return {"queries": len(seen), "ms": middle(taken)}
