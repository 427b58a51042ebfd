"""What the models find that learned from sentences, on lines that they never saw: posts that tell of one
child without a name, comments that may show danger, and harmless ones of both.

The frozen lines of `bench/lines` are of another hand than those that were learned from. `telling_again.tsv`
has 200 cheerful posts that tell of a child in passing and 300 harmless ones near them, half Welsh, frozen
before the same hand wrote more to learn from. `beside_pictures.tsv` has what stands beside a post's text:
descriptions of pictures, captions of films and words in pictures, 430 frozen before anything read them and 79
written when it was done, by the hand that wrote more of them to learn from."""

import hashlib
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from bench.screened_posts import clean_posts
from bench.screening import ORDINARY
from schoolgate.core.doors import Door
from schoolgate.publishing.said_of_one import found_in_picture, found_of_one
from schoolgate.screening import NameIndex, Strength, screen
from schoolgate.triage import URGENT, triage

LINES = Path(__file__).with_name("lines")
LANGUAGES = ("en", "cy")
SUM = "1edce7c4f50493cee6c7c0f8b4167f799f274998842d4d8412f2e88af827fbae"
LATER = {
    "again": ("telling_again.tsv", "08e7729ef144b252796b09763f3a7ef44e64a1705b1361fba55111164e1fe185"),
    "by_others": ("by_others.tsv", "ef883ab8a5c5c9f8537f8e44cd1814a977c35533e77d6628809d447bfa0abcf3"),
    "by_two": ("by_two_hands.tsv", "dfd6a1f9d4eec11b52f05c1ce7526153aea27f8cabb5c3b7150aaafcedbe86c2"),
}
"""Files of lines that were frozen later, the second by another hand, the third by two more: what each is, its
language, what it is about, its words; and the SHA-256 of each file."""
BESIDE = ("beside_pictures.tsv", "b809c39a970c6c338f73586f8c2c77048c92004a3f48481be8124c69eca74dcb")
ASKED, FOUND = 0.03, 0.8
"""At most so many harmless ones, and at least so many others."""
POSTS = 1_000
MOST: int | None = None
"""Lines of each kind that are asked; None: all."""
SMALLEST = {"POSTS": 20, "MOST": 30}


def is_held(text: str) -> bool:
    """Return whether a post with this text is held until someone says why."""
    found = (*screen(text, NameIndex(())).hits, *found_of_one(Door.POST, text))
    return any(each.strength is not Strength.MENTION for each in found)


def is_held_beside(about: str, words: str) -> bool:
    """Return whether a post is held for the words of a description ("alt"), of captions or read in a picture.
    A bar is the end of a line."""
    text = words.replace("|", "\n")
    hits = screen(text, NameIndex(())).hits
    if about == "read":
        joined = screen(text.replace("\n", " "), NameIndex(())).hits
        found = (*hits, *joined, *found_in_picture(text, hits))
    else:
        found = (*hits, *found_of_one(Door.POST, text, hits, in_lines=about == "captions"))
    return any(each.strength is not Strength.MENTION for each in found)


def is_read_first(text: str) -> bool:
    """Return whether a safeguarding lead reads this comment before anyone shows it."""
    return any(each.lane in URGENT for each in triage(text).why)


FROZEN = {"clean": is_held, "telling": is_held, "harmless": is_read_first, "danger": is_read_first}
"""What is asked of harmless posts, of posts that tell of one child, of harmless comments and of comments that
may show danger."""
TELLS = ("telling", "danger")


def run() -> dict[str, Any]:
    """Return the share that is found. Raises ValueError where the frozen lines were changed."""
    frozen = {f"{each}_{kind}": lines(each, f"frozen_{kind}") for each in LANGUAGES for kind in FROZEN}
    if _digest("\n".join(chain.from_iterable(frozen.values())).encode()) != SUM:
        raise ValueError("the lines are not those that were frozen")
    for name in LATER:
        rows = later(name)
        frozen |= {
            f"{each}_{kind}_{name}": found
            for each in LANGUAGES
            for kind in FROZEN
            if (found := [words for what, tongue, words in rows if (what, tongue) == (kind, each)])
        }
    shares = {name: _share(some, FROZEN[name.split("_")[1]]) for name, some in frozen.items()}
    for what, about in sorted({(row[0], row[2]) for row in beside_pictures()}):
        beside = [words for kind, _tongue, part, words in beside_pictures() if (kind, part) == (what, about)]
        shares[f"{about}_{what}"] = _share(beside, partial(is_held_beside, about))
    ordinary = [line.partition("\t")[2] for line in ORDINARY.read_text("utf-8").splitlines()]
    return {
        "what": "posts that tell of one child, and comments that may show danger, in words no list has",
        "wanted": {"harmless": ASKED, "others": FOUND},
        **shares,
        "clean_posts": _share(clean_posts(POSTS), is_held),
        "ordinary_posts": _share(ordinary, is_held),
        "reached": {
            name: share >= FOUND if name.split("_")[1] in TELLS else share <= ASKED
            for name, share in shares.items()
        },
    }


def lines(language: str, kind: str) -> list[str]:
    """Return the sentences of a kind."""
    text = (LINES / f"{language}_{kind}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line]


def later(name: str) -> list[tuple[str, str, str]]:
    """Return what each line that was frozen later is, its language and its words. Raises ValueError where
    they were changed."""
    return [(what, tongue, words) for what, tongue, _about, words in _rows(*LATER[name])]


def beside_pictures() -> list[tuple[str, ...]]:
    """Return the lines from beside a post's text: as `later`, with where each stands before its words."""
    return _rows(*BESIDE)


def _rows(file: str, digest: str) -> list[tuple[str, ...]]:
    data = (Path(__file__).parent / file).read_bytes()
    if _digest(data) != digest:
        raise ValueError("the lines are not those that were frozen")
    return [tuple(line.split("\t")) for line in data.decode().splitlines()]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _share(texts: list[str], found: Callable[[str], bool]) -> float:
    asked = texts[:MOST]
    return round(sum(map(found, asked)) / len(asked), 3)
