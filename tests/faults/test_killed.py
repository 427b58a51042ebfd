"""kill -9 of web, worker, database and of a second worker, again and again, while a school is at work:
nothing is lost, nothing stands twice, the record verifies."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.machine import Machine
from tests.environment import a_home
from tests.faults.storm import Part, Storm, ask, calm, promised

pytestmark = [pytest.mark.faults, pytest.mark.timeout(480)]
SECONDS = 70


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """The example federation at work."""
    machine = Machine(a_home("killed"))
    machine.up()
    filled = machine.schoolgate("demo", "--federation", "wildground")
    assert filled.returncode == 0, filled.stderr
    yield machine
    machine.schoolgate("down")
    machine.supervisor.wait()


@pytest.fixture(scope="module")
def outcome(machine) -> tuple[Counter[str], dict[str, list[str]], dict[str, Any], list[int]]:
    """What was killed, what was promised, what became of it, and how the public page answered meanwhile."""
    promises = Path(machine.home.parent / "promises")
    promises.touch()
    parts = [
        Part(machine, ("tests.faults.busy", "work", str(promises), "noticeboard"), sign=promises),
        Part(machine, ("schoolgate", "worker")),
    ]
    answers: list[int] = []

    def look() -> None:
        try:
            page = httpx.get(f"http://127.0.0.1:{machine.port}/wildground/register", timeout=10)
        except httpx.HTTPError:
            answers.append(0)
        else:
            answers.append(page.status_code)

    killed = Storm(machine, SECONDS, parts, meanwhile=look).blow()
    calm(machine)
    left = ask(machine, "finish", promises, "noticeboard")
    told = ask(machine, "report", promises, "noticeboard")
    kept = promised(promises)
    print(f"\nkilled: {dict(killed)}; left when it ended: {left}; pages: {dict(Counter(answers))}")
    print(f"promised: {len(kept['post'])} posts, {len(kept['comment'])} comments")
    return killed, kept, told, answers


def test_enough_was_killed_and_enough_was_promised(outcome):
    killed, kept, _, _ = outcome
    assert killed["database"] >= 1
    assert killed["busy"] + killed["schoolgate"] + killed["worker"] >= 5
    assert min(len(kept["post"]), len(kept["comment"])) >= 5


def test_every_approved_post_was_published_or_is_somebodys_to_look_at(outcome):
    _, kept, told, _ = outcome
    lost = [text for text in kept["post"] if told["posts"].get(text) != "published"]
    assert lost == []
    assert told["asked"] == []


def test_every_intent_came_to_its_end(outcome):
    assert {state for _, state, _, _ in outcome[2]["deliveries"]} == {"confirmed"}


def test_nothing_stands_twice_on_the_network(outcome):
    _, _, told, _ = outcome
    assert [text for text, count in Counter(told["board"]).items() if count > 1] == []
    assert sorted(told["board"]) == sorted(text for text, *_ in told["deliveries"])


def test_every_comment_is_in_the_inbox_once(outcome):
    _, kept, told, _ = outcome
    assert set(kept["comment"]) - set(told["comments"]) == set()
    assert sorted(told["items"]) == sorted(told["comments"])
    assert told["items_once"] == len(told["comments"])


def test_nothing_is_in_the_record_twice_and_it_verifies(outcome, machine):
    _, _, told, _ = outcome
    assert [what for what, count in told["events"].items() if count > 1] == []
    assert told["undelivered"] == 0
    verified = machine.schoolgate("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    assert "wildground: sound" in verified.stdout


def test_no_page_showed_anything_but_itself_or_that_it_is_not_there_for_the_moment(outcome):
    """0: the connection was refused or cut, as when its process is killed in the middle of an answer."""
    assert set(outcome[3]) <= {200, 0, 503}
