"""kill -9 of everything there is, 200 times in a long storm, while posts are approved: each goes out once and
within two minutes of the last kill, the record verifies, no job is stuck, the home comes back by itself."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from schoolgate.publishing.sending import UNDO_MINUTE
from tests.cli.machine import Machine
from tests.faults.storm import Nursery, Storm
from tests.faults.visiting import Visitors
from tests.pace import LONG, sized_each

pytestmark = [pytest.mark.faults, pytest.mark.storm, pytest.mark.timeout(900)]
TO_KILL = sized_each(
    {
        "light worker": 100,
        "light web": 55,
        "desk": 20,
        "worker": 7,
        "web": 4,
        "web worker": 4,
        "database": 8,
    }
) | ({"supervisor": 2} if LONG else {})
"""200 in a long storm, and in it alone the supervisor, which takes all others with it. The light ones are the
program's own worker and pages without the seconds of a start; a desk is people who approve and comment,
without pages. The others are processes of the installation and take as long to come back as in a school."""
ENOUGH = 20 if LONG else 5
TWO_MINUTES = 120.0


@dataclass
class Outcome:
    """What was killed, what was promised, what became of it, and how long that took."""

    killed: Counter[str]
    promised: dict[str, list[str]]
    told: dict[str, Any]
    answers: Counter[int]
    seconds: float


@pytest.fixture(scope="module")
def outcome(machine) -> Iterator[Outcome]:
    """The storm, and at most two minutes after its last post is due, in which the program is alone."""
    nursery = Nursery(machine, "noticeboard")

    def enough() -> bool:
        return min(len(texts) for texts in nursery.promised().values()) >= ENOUGH

    storm = Storm(machine, nursery, TO_KILL, enough=enough)
    print(f"\nseed {storm.seed}")
    with Visitors(nursery) as visitors:
        storm.blow()
    kept, told = nursery.promised(), nursery.ask("report")
    while not all_is_done(told, kept) and time.monotonic() - storm.ended < UNDO_MINUTE.seconds + TWO_MINUTES:
        time.sleep(3)
        told = nursery.ask("report")
    seconds = time.monotonic() - storm.ended
    assert told is not None, "the database did not come back"
    print(storm)
    print(f"promised: { {kind: len(texts) for kind, texts in kept.items()} }; answers: {visitors.answers}")
    print(f"jobs of the dead: {of_the_dead(machine, nursery)}; left: {told['jobs']}")
    print(f"all was done {seconds:.0f} s after the last kill")
    yield Outcome(storm.killed, kept, told | {"sound": nursery.surely("verify")}, visitors.answers, seconds)
    nursery.end()


def of_the_dead(machine: Machine, nursery: Nursery) -> dict[str, int]:
    """What became of the jobs that dead workers had in hand, by the words of the logs."""
    words = "".join(
        log.read_text(errors="replace") for log in (machine.home / "logs" / "worker.log", nursery.log)
    )
    said = ("job put back", "job left to the next one", "job given up", "could not be put back")
    return {each: words.count(each) for each in said}


def all_is_done(told: dict[str, Any] | None, kept: dict[str, list[str]]) -> bool:
    """Whether everything has come to its end: what was promised, and what was begun when somebody died."""
    return told is not None and (
        all(told["posts"].get(text) == "published" for text in kept["post"])
        and all(state == "confirmed" for _, state, *_ in told["deliveries"])
        and sorted(told["items"]) == sorted(told["comments"])
        and told["undelivered"] == told["jobs"]["stuck"] == 0
    )


def test_so_much_was_killed_and_enough_was_promised(outcome):
    assert outcome.killed == TO_KILL
    assert min(len(texts) for texts in outcome.promised.values()) >= ENOUGH


def test_everything_due_went_out_within_two_minutes_and_without_a_hand(outcome):
    states = outcome.told["posts"]
    lost = {text: states.get(text) for text in outcome.promised["post"] if states.get(text) != "published"}
    assert lost == {}
    assert outcome.seconds < UNDO_MINUTE.seconds + TWO_MINUTES


def test_nothing_that_was_saved_with_an_answer_is_lost(outcome):
    assert [text for text in outcome.promised["save"] if text not in outcome.told["posts"]] == []


def test_a_door_answers_that_it_did_it_or_that_it_cannot_for_the_moment(outcome):
    """0: the connection was refused or cut, as when its process is killed in the middle of an answer. 429: it
    was killed while it counted the requests of a key, so that nobody can count them for ten seconds."""
    assert set(outcome.answers) <= {200, 201, 503, 0, 429}
    assert outcome.answers[429] <= outcome.killed["light web"]


def test_nothing_stands_twice_on_the_network(outcome):
    told = outcome.told
    assert [text for text, count in Counter(told["board"]).items() if count > 1] == []
    assert {state for _, state, _, _ in told["deliveries"]} == {"confirmed"}
    assert sorted(told["board"]) == sorted(text for text, *_ in told["deliveries"])
    assert told["asked"] == []


def test_every_comment_is_in_the_inbox_once(outcome):
    told = outcome.told
    assert set(outcome.promised["comment"]) - set(told["comments"]) == set()
    assert sorted(told["items"]) == sorted(told["comments"])
    assert told["items_once"] == len(told["comments"])


def test_no_job_is_stuck_and_no_event_undelivered(outcome):
    assert outcome.told["jobs"]["stuck"] == 0
    assert outcome.told["undelivered"] == 0


def test_nothing_is_in_the_record_twice_and_it_verifies(outcome):
    assert [what for what, count in outcome.told["events"].items() if count > 1] == []
    assert outcome.told["sound"]


def test_a_monitor_reads_that_nothing_stands_still(outcome, machine):
    health = httpx.get(f"http://127.0.0.1:{machine.port}/healthz?work")
    assert (health.status_code, health.json()["database"]) == (200, "ok")
