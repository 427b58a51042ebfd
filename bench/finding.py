"""Finding: how many stories, as a school would type them, find the question that answers them.

The stories are in `bench/stories`, with who wrote them and what each file may be used for. Two doors search:
the page *May I ...?*, which shows questions, and `schoolgate situations --find`, which prints situations.
"""

import csv
import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import say
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.adviser.finding import questions_found
from schoolgate.rulebook.adviser.situations import situations_found

STORIES = Path(__file__).with_name("stories")
APART = {
    "apart": "d83c1929ef8c28685273005389d456c7da92c34558fed1d1c2f3b277def45260",
    "frozen": "a7c7f77305b16657b73a007333fc71c240932fdc5d378ddaeb86c8936966be5a",
}
"""The SHA-256 of each file that is a number only. Another one is refused."""
WANTED, SECONDS = 0.9, 0.3
SHOWN = 3
MOST = 1000
"""Stories that are read of each file."""
SMALLEST = {"MOST": 3}


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
        start = time.perf_counter()
        found = questions_found(story.words, among=staff)
        slowest = max(slowest, time.perf_counter() - start)
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
