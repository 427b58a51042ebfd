"""Finding: how many stories, as a school would type them, find the question that answers them.

The stories are in `bench/stories`, with who wrote them and what each file may be used for. Two doors search:
the page *May I ...?*, which shows questions, and `schoolgate situations --find`, which prints situations.
"""

import csv
import hashlib
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.machine import say
from schoolgate.rulebook import Book, book, books
from schoolgate.rulebook.adviser import ENTRIES, Hat, Situated, answer
from schoolgate.rulebook.adviser.leaves import HAT, Ask
from schoolgate.rulebook.adviser.search import questions_found
from schoolgate.rulebook.unread import situations_found

STORIES = Path(__file__).with_name("stories")
APART = {
    "apart": "d83c1929ef8c28685273005389d456c7da92c34558fed1d1c2f3b277def45260",
    "schooldays": "de4e957a96a14a3a38bbb9c2c12f08c13319268b36377ab4b8765cce03114124",
    "frozen": "a7c7f77305b16657b73a007333fc71c240932fdc5d378ddaeb86c8936966be5a",
}
"""The SHA-256 of each file that is a number only. Another one is refused."""
AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
TRIED: dict[Ask, tuple[Any, ...]] = {
    Ask.DAY: (date(2026, 7, 17), date(2012, 7, 17), date(2000, 7, 17)),
    Ask.NUMBER: (0, 5),
    Ask.YES_NO: (True, False),
    Ask.JUDGED: (True, False),
}
"""Answers to kinds of questions that have no choices of their own."""
WANTED, SECONDS = 0.9, 0.3
SHOWN = 3
MOST = 1000
"""Stories that are read of each file."""
WALKS = 4
"""Ways of answering each of the commonest questions at random, under each policy."""
COMMONEST = (
    "pupil-asks", "former-pupil-asks", "parent-asks", "pupil-picture-official", "name-beside-picture",
    "delete-comment", "reply-by", "journalist", "worry-about-child", "lead-leaves",
)  # fmt: skip
ENOUGH = 3
SMALLEST = {"MOST": 3, "WALKS": 1, "COMMONEST": COMMONEST[:1]}


@dataclass(frozen=True)
class Story:
    """What someone of a school types, and the keys of the questions that answer it."""

    language: str
    words: str
    right: frozenset[str]


def run() -> dict[str, Any]:
    """Each file, and all of them together, at both doors."""
    files = {path.stem: stories(path.stem) for path in sorted(STORIES.glob("*.tsv"))}
    found = {name: measured(told) for name, told in files.items()}
    every = measured([story for told in files.values() for story in told])
    say(f"finding: {every['stories']} stories, {every['among the first three']} among the first three")
    return {
        "what": "stories of people of a school whose question is first, and among the first three",
        "wanted": {"share": WANTED, "seconds": SECONDS},
        **found,
        "all": every,
        "asked": asked(),
        "reached": every["share"] >= WANTED and every["slowest_seconds"] < SECONDS,
    }


def stories(name: str) -> list[Story]:
    """Return the stories of a file. Raises ValueError where one that is a number only was changed."""
    path = STORIES / f"{name}.tsv"
    if name in APART and hashlib.sha256(path.read_bytes()).hexdigest() != APART[name]:
        raise ValueError(f"{path.name} is not the file that was frozen")
    return list(_read(path))[:MOST]


def _read(path: Path) -> Iterator[Story]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Story(row["language"], row["story"], frozenset(row["right"].split()))


def measured(told: list[Story]) -> dict[str, Any]:
    """Return how many of these stories find their question, and their situation, and how long one takes."""
    staff = [one.key for one in ENTRIES.values() if one.staff]
    first = among = situations = 0
    slowest = 0.0
    for story in told:
        start = time.thread_time()
        found = questions_found(story.words, among=staff)
        slowest = max(slowest, time.thread_time() - start)
        first += not story.right.isdisjoint(found[:1])
        among += not story.right.isdisjoint(found[:SHOWN])
        asked = {ENTRIES[key].situation for key in story.right if key in ENTRIES}
        situations += not asked.isdisjoint(situations_found(story.words)[:SHOWN])
    return {
        "stories": len(told),
        "first": first,
        "among the first three": among,
        "situation among the first three": situations,
        "share": among / len(told),
        "slowest_seconds": slowest,
    }


def asked() -> dict[str, Any]:
    """Return how many facts the commonest questions ask a member of staff for, their role too, until
    nothing can change the answer."""
    counts = [
        _facts_asked(key, book(policy), walk)
        for key in COMMONEST
        for policy in books()
        for walk in range(WALKS)
    ]
    return {"walks": len(counts), "at most three": sum(one <= ENOUGH for one in counts), "most": max(counts)}


def _facts_asked(entry: str, policy: Book, walk: int) -> int:
    draw = random.Random(walk)
    told = Situated(ENTRIES[entry], AT, (Hat("staff", "staff"), Hat("parent", "parent")), {})
    answers: dict[str, Any] = {}
    while (question := answer(policy, told, answers).question) is not None:
        leaf = question.leaf
        options = ("staff",) if leaf.path == HAT else TRIED.get(leaf.ask, leaf.choices)
        answers[leaf.path] = (draw.choice(options),) if leaf.ask is Ask.SOME_OF else draw.choice(options)
    return len(answers)
