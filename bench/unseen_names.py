"""Names and clues on lines written by a hand that didn't know what looks for them, with the pupils of a made
federation. The lines stay as they were: with another sum the measure refuses."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from schoolgate.screening import Listed, NameIndex, Strength, screen
from schoolgate.screening.folding import simple

ON: Final = date(2026, 11, 26)
YEARS: Final = 7
"""For which names of pupils who left are looked for unless a federation says otherwise."""
MAY_BE_NAMED: Final = "pupil has consent yes"
"""How the reason of a clean line begins that names a pupil: the name is found, and confirmed in one press."""
OWN: Final = "school's own"
"""How the reason of a clean line begins with a number or address that a school adds as its own, once."""
DETAILS: Final = frozenset(map(simple, ("office@alderbrookprimary.example", "01632 960112")))
"""What the office of the made school enters once as its own."""
UNSEEN: Final = {
    "when": "26 November 2026, before anything was changed for a line; leavers of three years",
    "before the ways of the table were added": {
        "recall": "73 of 120", "to stop: stopped": "32 of 47", "to stop: asked or stopped": "42 of 47",
        "to ask: asked or stopped": "31 of 73", "clean: asked": "0 of 80", "clean: stopped": "7 of 80",
    },
    "with them": {
        "recall": "79 of 120", "to stop: stopped": "32 of 47", "to stop: asked or stopped": "45 of 47",
        "to ask: asked or stopped": "34 of 73", "clean: asked": "1 of 80", "clean: stopped": "7 of 80",
    },
}  # fmt: skip
SUMS: Final = {
    "unseen_names.jsonl": "88934acf88784c01447de4fedf7544939b3e73d75aaf59a4b5edf334328051d0",
    "unseen_names.csv": "8e4fc7052bd9e8dc1fc41ffbdba25fbbe9c25a3112b587acf342a827a551c459",
}
HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """A text, what must happen to it ("stop", "ask", "nothing"), and the numbers of the pupils it means."""

    text: str
    must: str
    of: frozenset[int]
    why: str


def read(name: str) -> str:
    """Return a file that was frozen; raises ValueError where it was changed."""
    data = (HERE / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SUMS[name]:
        raise ValueError(f"{name} is not the file that was frozen: new lines belong in a new file")
    return data.decode()


@cache
def register() -> tuple[Listed, ...]:
    """Return the pupils whose names are looked for, numbered by their line."""
    rows = csv.DictReader(read("unseen_names.csv").splitlines())
    since = ON.replace(year=ON.year - YEARS).isoformat()
    return tuple(
        Listed(number, row["first_name"], row["surname"], row["known_as"], row["class"], row["year"])
        for number, row in enumerate(rows, start=1)
        if not row["left_on"] or row["left_on"] > since
    )


def rows() -> Iterator[Row]:
    """Yield the lines."""
    known = {f"{each.first} {each.last}": each.key for each in register()}
    for line in read("unseen_names.jsonl").splitlines():
        row = json.loads(line)
        of = frozenset(known[name] for name in row["who"] if name in known)
        yield Row(row["text"], row["must"], of, row["why"])


def did(row: Row, index: NameIndex, known: Collection[str] = ()) -> str:
    """Return the most that happens to a text: of a pupil it means, where it means one. `known`: the school's
    own details."""
    hits = [
        hit for hit in screen(row.text, index, allowed=known).hits if hit.strength is not Strength.MENTION
    ]
    if row.of and row.must != "nothing":
        hits = [hit for hit in hits if row.of & set(hit.of) or not hit.of]
    strengths = {hit.strength for hit in hits}
    return "stop" if Strength.STOP in strengths else "ask" if strengths else "nothing"


def measured() -> dict[str, Any]:
    """Return how many of the lines had what they must have, and what was missed or wrongly asked about."""
    index = NameIndex(register())
    every = [(row, did(row, index)) for row in rows()]
    clean = [(row, done) for row, done in every if row.must == "nothing"]
    stopped = [row for row, done in clean if done == "stop"]
    known = [did(row, index, DETAILS) for row, _done in clean if not row.why.startswith(MAY_BE_NAMED)]
    found = {must: [done for row, done in every if row.must == must] for must in ("stop", "ask")}
    return {
        "lines": len(every),
        "pupils": index.number,
        "recall": _of(["nothing" not in done for each in found.values() for done in each]),
        "to stop: stopped": _of([done == "stop" for done in found["stop"]]),
        "to stop: asked or stopped": _of([done != "nothing" for done in found["stop"]]),
        "to ask: asked or stopped": _of([done != "nothing" for done in found["ask"]]),
        "clean: asked": _of([done == "ask" for _row, done in clean]),
        "clean: stopped": _of([done == "stop" for _row, done in clean]),
        "of them with a pupil who may be named": sum(row.why.startswith(MAY_BE_NAMED) for row in stopped),
        "of them with the school's own details": sum(row.why.startswith(OWN) for row in stopped),
        "clean, details known: stopped": _of([did(row, index, DETAILS) == "stop" for row, _done in clean]),
        "clean, details known, permitted pupils confirmed: asked": _of([d == "ask" for d in known]),
        "the same: stopped": _of([done == "stop" for done in known]),
        "unseen": UNSEEN,
    }


def failures() -> list[tuple[str, str, Row]]:
    """Return what must happen, what did and the line, where it's less, or more for a clean one."""
    index = NameIndex(register())
    order: Collection[str] = ("nothing", "ask", "stop")
    rank = {name: place for place, name in enumerate(order)}
    return [
        (row.must, done, row)
        for row in rows()
        for done in [did(row, index)]
        if (row.must == "nothing" and done != "nothing") or rank[done] < rank[row.must]
    ]


def _of(said: Collection[bool]) -> str:
    return f"{sum(said)} of {len(said)}"
