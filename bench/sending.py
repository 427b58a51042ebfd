"""Handing over 500 posts that are due in the same minute: the sweep, the worker with its lanes, and networks
in memory. None may be there twice, and each account's posts must come in the order of their plan.
"""

import asyncio
import os
import signal
import threading
import time
from datetime import datetime, timedelta
from typing import Any

from bench.database import copy_of, prepared
from bench.machine import NotMeasured, say
from bench.world import AT, World, world

WANTED, POSTS, ACCOUNTS = 60.0, 500, 5
AT_ONCE = 25
PATIENCE, AHEAD = 100.0, timedelta(hours=1)
ANSWERS = {
    "suitable_for_children": True, "names_somebody": False, "others_work": False, "signed": True,
    "labelled": "none",
}  # fmt: skip
SMALLEST = {"POSTS": 10, "ACCOUNTS": 2, "AT_ONCE": 5}


def run() -> dict[str, Any]:
    """One round, on the clock of the wall: from the sweep of the minute to the last post confirmed."""
    here = world()
    at = AT + AHEAD
    with copy_of(prepared()):
        say(f"sending: writing and approving {POSTS} posts")
        posts = _approved(here, at)
        say("sending: the sweep and the worker")
        found = _handed_over(here, at, posts)
    if not found["there"]:
        raise NotMeasured("nothing was handed over")
    return {
        "what": f"{POSTS} posts due in the same minute on {ACCOUNTS} accounts, on networks in memory",
        "wanted": {"seconds_at_most": WANTED, "twice": 0, "out_of_order": 0},
        "reached": (
            found["there"] == POSTS
            and found["seconds"] <= WANTED
            and not found["twice"]
            and not found["out_of_order"]
        ),
        **found,
    }


def _approved(here: World, at: datetime) -> dict[int, list[str]]:
    """Return what is to be on each account, in order."""
    from schoolgate.accounts.models import Account
    from schoolgate.core.models import School
    from schoolgate.core.tenancy import scope
    from schoolgate.people.models import Person
    from schoolgate.publishing import queries
    from schoolgate.publishing.approving import approve_post, submit_post
    from schoolgate.publishing.drafting import TargetText, draft_post
    from schoolgate.publishing.models import Post

    before = AT
    wanted: dict[int, list[str]] = {}
    with scope(here.federation):
        amina, ben, sam = (Person.objects.get(name=name) for name in ("Amina", "Ben", "Sam"))
        school = School.objects.get(pk=here.school)
        accounts = [
            Account.objects.create(
                school=school, name=f"Account {number}", network="bluesky", handle=f"a{number}.test",
                kind="school", visibility="open", pupils_in_audience=True, state="open",
                made_at=AT, opened_at=AT, opened_by=sam,
                setup={"says_who_runs_it": True},
            )
            for number in range(ACCOUNTS)
        ]  # fmt: skip
    for first in range(0, POSTS, AT_ONCE):
        with scope(here.federation):
            for number in range(first, min(first + AT_ONCE, POSTS)):
                account, text = accounts[number % ACCOUNTS], f"Notice {number}: sports day is on Friday."
                post = draft_post(
                    by=amina, at=before, school=school, answers=ANSWERS, targets=[TargetText(account, text)]
                )
                Post.objects.filter(pk=post.pk).update(planned_at=at)
                post = submit_post(by=amina, at=before, post=queries.post(post.pk))
                approve_post(by=ben, at=before, post=post, seen=queries.seen_now(post, at=before))
                wanted.setdefault(account.pk, []).append(text)
    return wanted


def _handed_over(here: World, at: datetime, posts: dict[int, list[str]]) -> dict[str, Any]:
    from procrastinate.contrib.django import app

    from schoolgate.core import clock
    from schoolgate.core.work import Connector, work
    from schoolgate.jobs.minutely import send_due
    from schoolgate.networks.fake import FakeNetwork, FakeServer
    from schoolgate.publishing import sending

    servers = {pk: FakeServer() for pk in posts}
    kwargs = dict(sending.advance.__kwdefaults__ or {})
    kwargs["connect"] = lambda account: FakeNetwork(servers[account.pk])
    sending.advance.__kwdefaults__ = kwargs
    timing: dict[str, float] = {}
    begun = time.perf_counter()
    clock.now = lambda: at + timedelta(seconds=time.perf_counter() - begun)  # type: ignore[attr-defined]

    def watch() -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and _confirmed(here) < POSTS:
            threading.Event().wait(0.2)
        timing["done"] = time.perf_counter()
        say(f"sending: {_confirmed(here)} confirmed after {timing['done'] - begun:.1f} s")
        os.kill(os.getpid(), signal.SIGTERM)

    app.periodic_registry.periodic_tasks.clear()
    app.task(name="watch")(watch)
    app.tasks["watch"].defer()
    app.task(name="sweep")(lambda: send_due(at))
    app.tasks["sweep"].defer()
    with app.replace_connector(Connector(app.connector)):  # type: ignore[arg-type]
        asyncio.run(work(app))
    there = {pk: [held.text for held in server.ours.values()] for pk, server in servers.items()}
    return {
        "seconds": round(timing["done"] - begun, 1),
        "there": sum(map(len, there.values())),
        "twice": sum(len(texts) - len(set(texts)) for texts in there.values()),
        "out_of_order": sum(
            got != want for pk in posts for got, want in zip(there[pk], posts[pk], strict=False)
        ),
    }


def _confirmed(here: World) -> int:
    from schoolgate.core.tenancy import scope
    from schoolgate.publishing.models import Delivery

    with scope(here.federation):
        return Delivery.objects.filter(state="confirmed").count()
