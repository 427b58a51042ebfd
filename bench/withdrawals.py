"""Withdrawing a consent where 100,000 posts are live: listing its copies, and opening every take-down."""

import time
from datetime import timedelta
from typing import Any

from bench.database import copy_of, prepared
from bench.machine import middle, say
from bench.world import AT, World, world

WANTED = 1.0
POSTS, PUPILS, ROUNDS, AT_ONCE = 100_000, 2_000, 3, 5_000
SMALLEST = {"POSTS": 500, "PUPILS": 20, "ROUNDS": 1, "AT_ONCE": 100}


def run() -> dict[str, Any]:
    """One database for all rounds; each round is about another pupil, in 50 posts."""
    here = world()
    with copy_of(prepared()):
        say(f"withdrawals: writing {POSTS} posts")
        pupils = _fill(here)
        rounds = [_round(here, pupils[number]) for number in range(ROUNDS)]
    found = {name: middle([one[name] for one in rounds]) for name in rounds[0]}
    return {
        "what": f"a withdrawal over {POSTS} live posts lists its {POSTS // PUPILS} copies",
        "wanted": {"seconds_at_most": WANTED},
        "posts": POSTS,
        "copies": POSTS // PUPILS,
        "seconds": round(found["list"], 3),
        "reached": found["list"] <= WANTED,
        "parts": {name: round(value, 3) for name, value in found.items()},
        "rounds": ROUNDS,
    }


def _fill(here: World) -> list[int]:
    from schoolgate.core import rows
    from schoolgate.core.tenancy import scope
    from schoolgate.networks.port import Ref
    from schoolgate.publishing.models import Delivery, Post, PostPerson
    from schoolgate.pupils.models import Pupil

    ours = {"federation_id": here.federation}
    with scope(here.federation, here.person):
        pupils = list(rows.reserve(Pupil, PUPILS))
        rows.insert(
            [
                Pupil(pk=pk, school_id=here.school, key=str(pk), first_name="Ava", last_name=f"L{pk}", **ours)
                for pk in pupils
            ]
        )
    for first in range(0, POSTS, AT_ONCE):
        with scope(here.federation, here.person):
            posts = list(rows.reserve(Post, AT_ONCE))
            at = AT - timedelta(days=1)
            rows.insert(
                [
                    Post(
                        pk=pk, school_id=here.school, author_id=here.person, state="published", state_at=at,
                        created_at=at, **ours,
                    )
                    for pk in posts
                ]
            )  # fmt: skip
            rows.insert(
                [
                    PostPerson(
                        pk=pk, post_id=post, place=1, pupil_id=pupils[(first + number) % PUPILS], shown=True,
                        **ours,
                    )
                    for number, (pk, post) in enumerate(
                        zip(rows.reserve(PostPerson, AT_ONCE), posts, strict=True)
                    )
                ]
            )  # fmt: skip
            rows.insert(
                [
                    Delivery(
                        pk=pk, post_id=post, account_id=here.account, intent_key=f"key-{post}", written_at=at,
                        state="confirmed", state_at=at, receipt=Ref("bluesky", str(post)).to_json(),
                        text="A day out.", **ours,
                    )
                    for pk, post in zip(rows.reserve(Delivery, AT_ONCE), posts, strict=True)
                ]
            )  # fmt: skip
    return pupils


def _round(here: World, pupil: int) -> dict[str, float]:
    from schoolgate.core.tenancy import scope
    from schoolgate.publishing import queries, withdrawn
    from schoolgate.publishing.taking_down import remove
    from schoolgate.publishing.withdrawn import list_withdrawn
    from schoolgate.pupils.answering import withdraw
    from schoolgate.pupils.models import Pupil

    with scope(here.federation, here.person):
        found = withdraw(at=AT, pupil=Pupil.objects.get(pk=pupil), cause="answer", uses=["picture"])
    begun = time.perf_counter()
    with scope(here.federation, here.person):
        copies = withdrawn.copies_of(found)
    listed = time.perf_counter()
    with scope(here.federation, here.person):
        list_withdrawn(at=AT, withdrawal=found)
    for copy in copies:
        with scope(here.federation, here.person):
            remove(at=AT, copy=queries.delivery(copy.pk))
    opened = time.perf_counter()
    if len(copies) != POSTS // PUPILS:
        raise RuntimeError(f"{len(copies)} copies were listed")
    return {"list": listed - begun, "open_take_downs": opened - listed}
