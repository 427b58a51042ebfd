"""Recognisers on lines that were written before anything of them was read, beside Presidio's in the same run.

Each file was committed before its author opened the recognisers. The lines stay as they were: with another
sum the measure refuses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from bench.machine import say
from bench.presidio import FASTER, MORE, Find, Hits, Line, measured, presidio
from schoolgate.screening.folding import fold
from schoolgate.screening.links import find_links
from schoolgate.screening.of_a_child import find_of_a_child
from schoolgate.screening.personal import find_personal
from schoolgate.screening.places import find_places

OURS: Final = {
    "ni": "insurance", "registration": "vehicle", "birth": "born", "link": "private_link",
    "whereabouts": "place",
}  # fmt: skip
"""Kinds of the lines that the recognisers call something else."""
_MARK = re.compile(r"\[\[(\w+): (.*?)\]\]")


@dataclass(frozen=True)
class Frozen:
    """A file of lines, the SHA-256 it was committed with, and what was found before anything was changed."""

    name: str
    sum: str
    unseen: dict[str, Any]

    def read(self) -> Iterator[Line]:
        """Yield the lines, with where each has what; raises ValueError where the file was changed."""
        data = Path(__file__).with_name(self.name).read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sum:
            raise ValueError(f"{self.name} is not the file that was frozen: new lines belong in a new file")
        for row in data.decode().splitlines():
            if not row.startswith(("#", "==")):
                yield _line(row)


FILES: Final = (
    Frozen(
        "unseen_personal.txt",
        "75ffdae486bf0f8d64cdc615274e4aed7e399a797a748c0a057408624b51b6fe",
        {
            "when": "23 November 2026, before anything was changed",
            "ours": {"recall": "97 of 161", "precision": "98 of 98", "us_a_line": 49},
            "presidio": {"recall": "59 of 161", "precision": "119 of 125", "us_a_line": 656},
        },
    ),
    Frozen(
        "unseen_again.txt",
        "2a0237d632d8003b51873df13a52ec1d29a19c342fa3cb66d6d97ca5b2b9d458",
        {
            "when": "23 November 2026, before anything was changed",
            "ours": {"recall": "119 of 154", "precision": "121 of 125", "us_a_line": 153},
            "presidio": {"recall": "54 of 154", "precision": "123 of 137", "us_a_line": 785},
        },
    ),
)


def compared_unseen() -> dict[str, Any]:
    """Return recall and precision of both, and their speed, for each file; only ours where Presidio isn't
    installed.

    Raises ValueError where the lines are not those that were frozen.
    """
    theirs = _kind(presidio()) if find_spec("presidio_analyzer") else None
    return {each.name: _compared(each, theirs) for each in FILES}


def _compared(frozen: Frozen, presidios: Find | None) -> dict[str, Any]:
    say(f"screening: {frozen.name}")
    lines = list(frozen.read())
    ours = _figures(_ours, lines)
    found: dict[str, Any] = {
        "lines": len(lines), "clean": _clean(lines), "unseen": frozen.unseen, "ours": ours,
    }  # fmt: skip
    if presidios is None:
        return {**found, "presidio": "Presidio isn't installed"}
    theirs = _figures(presidios, lines)
    faster = round(theirs["us_a_line"] / ours["us_a_line"], 1)
    more = round(ours["found"] / max(theirs["found"], 1), 2)
    return {
        **found,
        "wanted": {"times_as_fast": FASTER, "times_the_recall": MORE},
        "presidio": theirs,
        "times_as_fast": faster,
        "times_the_recall": more,
        "reached": faster >= FASTER and more >= MORE,
    }


def _line(row: str) -> Line:
    text, things, at = "", [], 0
    for mark in _MARK.finditer(row):
        text += row[at : mark.start()]
        things.append((OURS.get(mark[1], mark[1]), len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Line(text + row[at:], tuple(things))


def _clean(lines: list[Line]) -> int:
    return sum(not line.things for line in lines)


def _figures(find: Find, lines: list[Line]) -> dict[str, Any]:
    """As `measured` has them, with how many clean lines have a hit."""
    stopped = [line.text for line in lines if not line.things and find(line.text)]
    return {**measured(find, lines), "clean_lines_with_a_hit": len(stopped), "of_them": stopped}


def _ours(text: str) -> Hits:
    folded = fold(text)
    seen = [
        *find_personal(folded.text),
        *find_links(folded.text),
        *find_places(folded.text),
        *find_of_a_child(folded.text),
    ]
    called = {"short_link": "private_link"}
    return [(called.get(str(each.kind), str(each.kind)), *folded.span(each.start, each.end)) for each in seen]


def _kind(find: Find) -> Find:
    """Kind to the other side: any address of the web is a private link, and any number of a bank a bank's."""
    called = {"URL": "private_link", "US_BANK_NUMBER": "bank", "NRP": "place"}
    return lambda text: [(called.get(what, what), start, end) for what, start, end in find(text)]
