"""The same on a server of ours that speaks Mastodon's API, does not do a post once under a key, is slow and
loses answers, so that workers die in the middle of a send: each post stands there once."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.storm import Nursery, Storm, calm
from tests.network.fault_proxy import FaultProxy, Trouble, fault_proxy
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_server import MastodonServer, Member
from tests.pace import sized_each

pytestmark = [pytest.mark.faults, pytest.mark.storm, pytest.mark.timeout(600)]
TO_KILL = sized_each({"light worker": 12, "desk": 6, "worker": 2, "database": 1})
ENOUGH = 5
TROUBLES = [
    Trouble.SLOW, Trouble.SLOW, Trouble.SLOW, Trouble.HANG_AFTER, Trouble.CUT_AFTER, Trouble.TROUBLE_AFTER,
    Trouble.CUT_BEFORE, Trouble.TOO_FAST,
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[MastodonServer]:
    with mastodon_server(honours_keys=False, most_requests=1_000_000) as made:
        yield made


@pytest.fixture(scope="module")
def member(server) -> Member:
    return server.join("killed")


@pytest.fixture(scope="module")
def proxy(server) -> Iterator[FaultProxy]:
    with fault_proxy(server.origin) as made:
        made.where, made.hang = "POST /api/v1/statuses", 2.5
        yield made


@pytest.fixture(scope="module")
def outcome(machine, server, member, proxy) -> tuple[Counter[str], list[str], list[str], dict[str, Any]]:
    """What was killed, which posts were promised, what was commented, and what became of everything."""
    given = machine.home.parent / "account.json"
    given.write_text(json.dumps({"service": proxy.origin, "handle": member.name, "secret": member.token}))
    nursery = Nursery(machine, "mastodon")
    nursery.surely(f"join {given}")
    stranger = server.join("stranger")
    said: list[str] = []

    def meanwhile() -> None:
        proxy.troubles = [storm.chance.choice(TROUBLES)]
        standing = [one for one in list(server.statuses.values()) if one.by is member]
        if standing:
            text = f"Comment {len(said)}"
            server.post(stranger, f"{text} @{member.name}", storm.chance.choice(standing).id)
            said.append(f"{text} @{member.name}")

    def enough() -> bool:
        return len(nursery.promised()["post"]) >= ENOUGH and len(said) >= ENOUGH

    storm = Storm(machine, nursery, TO_KILL, pauses=(0.5, 2.0), meanwhile=meanwhile, enough=enough)
    print(f"\nseed {storm.seed}")
    storm.blow()
    proxy.troubles = []
    calm(machine)
    nursery.surely("finish")
    told = nursery.surely("report")
    end = time.monotonic() + 60
    kept = nursery.promised()["post"]

    def all_is_done() -> bool:
        out = all(told["posts"].get(text) == "published" for text in kept)
        return out and not set(said) - set(told["items"])

    while not all_is_done() and time.monotonic() < end:  # the program's own worker may still be at it
        nursery.surely("finish")
        told = nursery.surely("report")
    told["sound"] = nursery.surely("verify")
    print(storm)
    print(f"attempts: {dict(Counter(attempts for *_, attempts in told['deliveries']))}")
    print(f"promised: {len(kept)} posts; {len(said)} comments")
    nursery.end()
    return storm.killed, kept, said, told


def test_enough_was_killed_while_something_was_being_sent(outcome):
    killed, kept, said, _ = outcome
    assert killed == TO_KILL
    assert min(len(kept), len(said)) >= ENOUGH


def test_every_approved_post_stands_on_the_server_once(outcome, server, member):
    _, kept, _, told = outcome
    standing = Counter(server.of(member))

    assert [text for text, count in standing.items() if count > 1] == []
    assert [text for text in kept if told["posts"].get(text) != "published"] == []
    assert set(kept) - set(standing) == set()
    assert {state for _, state, _, _ in told["deliveries"]} == {"confirmed"}


def test_every_comment_is_in_the_inbox_once(outcome):
    _, _, said, told = outcome
    assert sorted(told["items"]) == sorted(said)
    assert told["items_once"] == len(said)


def test_the_record_verifies_and_the_logs_hold_no_token(outcome, machine, member):
    assert outcome[3]["sound"]
    logs = [*(machine.home / "logs").glob("*"), *machine.home.parent.glob("*.log")]
    assert [log.name for log in logs if member.token in log.read_text(errors="replace")] == []
