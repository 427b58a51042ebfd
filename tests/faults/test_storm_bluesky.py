"""The same on a real Bluesky network that is slow and loses answers, so that workers die in the middle of a
send: each post stands there once, each comment is in the inbox once."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.faults.storm import Nursery, Storm, calm
from tests.network.accounts import Account
from tests.network.fault_proxy import FaultProxy, Trouble, fault_proxy
from tests.pace import sized_each

pytestmark = [pytest.mark.storm, pytest.mark.timeout(1500)]
TO_KILL = sized_each({"light worker": 12, "desk": 8, "worker": 2, "database": 2})
ENOUGH = 5
TROUBLES = [
    Trouble.SLOW, Trouble.SLOW, Trouble.SLOW, Trouble.HANG_AFTER, Trouble.CUT_AFTER, Trouble.TROUBLE_AFTER,
    Trouble.CUT_BEFORE, Trouble.TWICE, Trouble.TOO_FAST,
]  # fmt: skip


class Stranger:
    """Somebody who comments on whatever stands in the school's account."""

    def __init__(self, pds: str, school: Account, account: Account) -> None:
        self.pds, self.school, self.account = pds, school, account
        self.said: list[str] = []

    def posts(self) -> list[dict[str, Any]]:
        """What stands in the school's account, seen at the server itself."""
        answer = httpx.get(
            f"{self.pds}/xrpc/com.atproto.repo.listRecords",
            params={"repo": self.school.did, "collection": "app.bsky.feed.post", "limit": 100},
            timeout=60,
        )
        return list(answer.json()["records"])

    def comment(self, chance: random.Random) -> None:
        """Write below one of them."""
        standing = self.posts()
        if not standing:
            return
        below = chance.choice(standing)
        place = {"uri": below["uri"], "cid": below["cid"]}
        text = f"Comment {len(self.said)}"
        record = {
            "$type": "app.bsky.feed.post", "text": text, "reply": {"root": place, "parent": place},
            "createdAt": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        }  # fmt: skip
        made = httpx.post(
            f"{self.pds}/xrpc/com.atproto.repo.createRecord",
            json={"repo": self.account.did, "collection": "app.bsky.feed.post", "record": record},
            headers={"Authorization": f"Bearer {self.account.token}"},
            timeout=60,
        )
        if made.is_success:
            self.said.append(text)


@pytest.fixture(scope="module")
def proxy(bluesky_network) -> Iterator[FaultProxy]:
    with fault_proxy(bluesky_network.pds) as made:
        made.where, made.hang = "applyWrites", 2.5
        yield made


@pytest.fixture(scope="module")
def stranger(bluesky_network) -> Stranger:
    school, other = (bluesky_network.new_account(name) for name in ("killed", "parent"))
    return Stranger(bluesky_network.pds, school, other)


@pytest.fixture(scope="module")
def nursery(machine, stranger, proxy) -> Iterator[Nursery]:
    """The example federation has an account on the network behind the proxy."""
    given = machine.home.parent / "account.json"
    school = stranger.school
    given.write_text(
        json.dumps({"service": proxy.origin, "handle": school.handle, "secret": school.app_password})
    )
    nursery = Nursery(machine, "bluesky")
    nursery.surely(f"join {given}")
    yield nursery
    nursery.end()


@pytest.fixture(scope="module")
def outcome(machine, nursery, proxy, stranger) -> tuple[Counter[str], list[str], dict[str, Any]]:
    """What was killed, which posts were promised, and what became of everything."""

    def meanwhile() -> None:
        proxy.troubles = [storm.chance.choice(TROUBLES)]
        stranger.comment(storm.chance)

    def enough() -> bool:
        return len(nursery.promised()["post"]) >= ENOUGH and len(stranger.said) >= ENOUGH

    storm = Storm(machine, nursery, TO_KILL, pauses=(0.5, 3.0), meanwhile=meanwhile, enough=enough)
    print(f"\nseed {storm.seed}")
    storm.blow()
    proxy.troubles = []
    calm(machine)
    left, told = nursery.surely("finish"), nursery.surely("report")
    end = time.monotonic() + 60  # the network shows a comment some seconds after it was written
    while set(stranger.said) - set(told["items"]) and time.monotonic() < end:
        nursery.surely("finish")
        told = nursery.surely("report")
    kept, told["sound"] = nursery.promised()["post"], nursery.surely("verify")
    attempts = Counter(attempts for *_, attempts in told["deliveries"])
    print(storm)
    print(f"left when it ended: {left}; attempts: {dict(attempts)}")
    print(f"promised: {len(kept)} posts; {len(stranger.said)} comments")
    return storm.killed, kept, told


def test_enough_was_killed_while_something_was_being_sent(outcome, stranger):
    killed, kept, _ = outcome
    assert killed == TO_KILL
    assert min(len(kept), len(stranger.said)) >= ENOUGH


def test_every_approved_post_stands_on_the_network_once(outcome, stranger):
    _, kept, told = outcome
    standing = Counter(row["value"]["text"] for row in stranger.posts())

    assert [text for text, count in standing.items() if count > 1] == []
    assert [text for text in kept if told["posts"].get(text) != "published"] == []
    assert set(kept) - set(standing) == set()
    assert {state for _, state, _, _ in told["deliveries"]} == {"confirmed"}


def test_every_comment_is_in_the_inbox_once(outcome, stranger):
    told = outcome[2]
    assert sorted(told["items"]) == sorted(stranger.said)
    assert told["items_once"] == len(stranger.said)


def test_the_record_verifies_and_the_logs_hold_no_key(outcome, machine, stranger):
    assert outcome[2]["sound"]
    assert [what for what, count in outcome[2]["events"].items() if count > 1] == []
    logs = [*(machine.home / "logs").glob("*"), *machine.home.parent.glob("*.log")]
    assert [log.name for log in logs if stranger.school.app_password in log.read_text(errors="replace")] == []
