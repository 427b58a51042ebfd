"""What is asked about of posts that tell of one child without a name, and of harmless ones, by sentences of
several hands that the program never learned from."""

import hashlib
from itertools import chain
from pathlib import Path
from typing import Any

from bench.screened_posts import clean_posts
from bench.screening import ORDINARY
from schoolgate.core.doors import Door
from schoolgate.publishing.said_of_one import found_of_one
from schoolgate.screening import NameIndex, Strength, screen

LINES = Path(__file__).with_name("telling_lines")
LANGUAGES = ("en", "cy")
FROZEN = ("clean", "telling")
"""Harmless posts of all kinds, and posts that tell of one child what shouldn't be public."""
SUM = "af7fccf656b48631a16d6a7a51d2f7ddcf7e04777d5c43afaf1cc02c61bda0e5"
CLEAN, TELLING = 0.03, 0.8
"""At most so many asked, and at least."""
POSTS = 1_000
SMALLEST = {"POSTS": 50}


def run() -> dict[str, Any]:
    """Return the share that is asked about. Raises ValueError where the frozen lines were changed."""
    frozen = {f"{each}_{kind}": lines(each, f"frozen_{kind}") for each in LANGUAGES for kind in FROZEN}
    if hashlib.sha256("\n".join(chain.from_iterable(frozen.values())).encode()).hexdigest() != SUM:
        raise ValueError("the lines are not those that were frozen")
    ordinary = [line.partition("\t")[2] for line in ORDINARY.read_text("utf-8").splitlines()]
    sets = {**frozen, "clean_posts": clean_posts(POSTS), "ordinary_posts": ordinary}
    asked = {name: round(sum(map(is_asked, some)) / len(some), 3) for name, some in sets.items()}
    return {
        "what": "posts asked about because they tell of one child without a name",
        "wanted": {"clean": CLEAN, "telling": TELLING},
        **asked,
        "reached": {
            name: share >= TELLING if name.endswith("telling") else share <= CLEAN
            for name, share in asked.items()
            if name in frozen
        },
    }


def is_asked(text: str) -> bool:
    """Return whether a post with this text is held until someone says why."""
    found = (*screen(text, NameIndex(())).hits, *found_of_one(Door.POST, text))
    return any(each.strength is not Strength.MENTION for each in found)


def lines(language: str, kind: str) -> list[str]:
    """Return the sentences of a kind."""
    text = (LINES / f"{language}_{kind}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line]
