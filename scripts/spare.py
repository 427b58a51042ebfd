"""Measures which tests of `rooms` the others make up for, and writes the lists of tests/spared.

    spare.py record   runs `rooms` and `rulebook`, and notes what each test comes to (tests/blocks.py)
    spare.py choose   says what is spared; --write writes the lists
    spare.py record tests/media tests/web
                      notes it of these folders alone, of the tests there that aren't spared: minutes
    spare.py more     says which of these can be spared besides what is on the lists; --write adds them
    spare.py tidy     takes tests off the lists that aren't there any more

A test is spared where each thing it comes to (a block, a side of a condition, a policy's rule, a page's
answer ...) is come to by at least KEEPERS tests that are kept. A page's test doesn't make up for one of the
room in which the thing is: where a room's own tests come to it, only these count. The dearest are asked
first. Then those are spared that take more than PRICE seconds for each thing to which they alone come.
Tests under CHEAP seconds of the processor are kept, and so are those of the folders in KEPT and those that
read the program's own texts. So is a test of which nothing could be noted, for it watches the program itself
or works in another process.
"""

from __future__ import annotations

import argparse
import ast
import pickle
import re
import sys
import tempfile
from array import array
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heappush
from pathlib import Path

import suites

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import sparing  # noqa: E402

RECORDED = ("rooms", "rulebook")
KEEPERS = 1
CHEAP = 0.015
PRICE = 0.03
"""Seconds of the processor for a thing that no other kept test comes to."""
PRICELESS = ("rule", "answer", "refused")
"""Things for which no price is too high: a policy's rules and answers, and what the database refuses."""
KEPT = ("tests/guarantees/", "tests/rulebook/", "tests/policies/", "tests/triage/", "tests/screening/")
"""Folders of tests that are never spared: what they try are rules and word lists, which are no blocks."""
READS_TEXTS = re.compile(r"\bPACKAGE\b|\brglob\(|\btests\.gates\.files\b|\btests\.web\.word_list\b")
"""In a test, or in what it uses of its file: what it looks at are templates, sentences or sources."""


@dataclass(frozen=True)
class Measured:
    """What a test took of the processor, and what it came to."""

    seconds: float
    reached: frozenset[int]


def read(folder: Path) -> tuple[dict[str, Measured], frozenset[int]]:
    """Return the tests by name, and which things are PRICELESS; what several processes noted gets the same
    numbers."""
    numbers: dict[str | tuple[object, ...], int] = {}
    tests = {}
    for file in sorted(folder.glob("*.blocks")):
        room, places, reached, others = pickle.loads(file.read_bytes())
        own = [numbers.setdefault(place, len(numbers)) for place in places]
        further = [numbers.setdefault(what, len(numbers)) for what in others]
        for name, (seconds, found) in reached.items():
            ids = array("I")
            ids.frombytes(found)
            tests[name] = Measured(
                seconds, frozenset(own[each] if each < room else further[each - room] for each in ids)
            )
    rooms = {number: what.split("/")[1] for what, number in numbers.items() if isinstance(what, str)}
    priceless = frozenset(number for what, number in numbers.items() if what[0] in PRICELESS)
    return by_own_tests(tests, rooms), priceless


def by_own_tests(tests: dict[str, Measured], rooms: dict[int, str]) -> dict[str, Measured]:
    """Leave out, for each test, what is in another room (`rooms`, by number) whose own tests come to it."""
    folders = {name: name.split("/")[1] for name in tests}
    own = {each for name, test in tests.items() for each in test.reached if rooms.get(each) == folders[name]}
    return {
        name: Measured(
            test.seconds,
            frozenset(each for each in test.reached if each not in own or rooms[each] == folders[name]),
        )
        for name, test in tests.items()
    }


def spare(tests: dict[str, Measured], keepers: int = KEEPERS) -> list[str]:
    """Choose the tests that the others make up for, the dearest first."""
    left = Counter(thing for test in tests.values() for thing in test.reached)
    spared = []
    for name in sorted(tests, key=lambda each: (-tests[each].seconds, each)):
        if tests[name].seconds < CHEAP or never(name) or not tests[name].reached:
            continue
        if all(left[thing] > keepers for thing in tests[name].reached):
            left.subtract(tests[name].reached)
            spared.append(name)
    return spared


def beyond_price(
    tests: dict[str, Measured], spared: Collection[str], priceless: Collection[int] = ()
) -> tuple[list[str], int]:
    """Choose those that take too much for what they alone come to, the dearest for each thing first; and
    count the things to which no kept test comes any more."""
    left = Counter(thing for name in tests.keys() - spared for thing in tests[name].reached)
    lost, found = 0, []

    def alone(name: str) -> int:
        return sum(left[thing] == 1 for thing in tests[name].reached)

    def cost(name: str) -> float:
        return tests[name].seconds / max(1, alone(name))

    asked = [
        (-cost(name), name)
        for name in sorted(tests.keys() - spared)
        if tests[name].seconds >= CHEAP and tests[name].reached and not never(name)
    ]
    heapify(asked)
    while asked and -asked[0][0] >= PRICE:
        before, name = heappop(asked)
        if cost(name) < -before:  # it alone comes to more, since others were spared
            heappush(asked, (-cost(name), name))
        elif not any(left[thing] == 1 for thing in tests[name].reached.intersection(priceless)):
            found.append(name)
            lost += alone(name)
            left.subtract(tests[name].reached)
    return found, lost


def never(name: str) -> bool:
    """Whether this test is kept however dear it is."""
    file, _, test = name.partition("[")[0].partition("::")
    return (
        name.startswith(KEPT)
        or test.partition("::")[0] in _read_texts(file)
        or name.partition("[")[0] in _speaks()
    )


@cache
def _speaks() -> frozenset[str]:
    """Return the tests that say what a spared journey or page says."""
    return frozenset(kept.partition("[")[0] for reason in sparing.chosen().values() for kept in reason.kept)


@cache
def _read_texts(file: str) -> frozenset[str]:
    """Return what in a file of tests reads the program's texts, by itself or by something of the file that it
    uses: tests, classes of tests, helpers and constants."""
    text = (ROOT / file).read_text("utf-8") if (ROOT / file).exists() else ""
    if not READS_TEXTS.search(text):
        return frozenset()
    said = {
        name: ast.get_source_segment(text, part) or ""
        for part in ast.parse(text).body
        for name in _names(part)
    }
    found = {name for name, words in said.items() if READS_TEXTS.search(words)}
    while more := {
        name for name in said.keys() - found if not found.isdisjoint(re.findall(r"\w+", said[name]))
    }:
        found |= more
    return frozenset(found)


def _names(part: ast.stmt) -> list[str]:
    """Return what a part of a file names."""
    match part:
        case ast.FunctionDef() | ast.ClassDef():
            return [part.name]
        case ast.Assign():
            return [
                name.id
                for name in ast.walk(part)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            ]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Import() | ast.ImportFrom():
            return [each.asname or each.name for each in part.names]
    return []


def gone(names: Iterable[str]) -> set[str]:
    """Return those of the tests whose file or function isn't there any more. One of a class may be written in
    another file, for several classes."""
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py")
    }
    said = {file: frozenset(re.findall(r"def (test_\w+)\(", text)) for file, text in texts.items()}
    anywhere = frozenset().union(*said.values())
    found = set()
    for name in names:
        file, *classes, test = name.partition("[")[0].split("::")
        if test not in (anywhere if classes and file in said else said.get(file, ())):
            found.add(name)
    return found


def besides(
    tests: dict[str, Measured], priceless: Collection[int], before: Collection[str]
) -> tuple[list[str], int]:
    """Choose what can be spared besides `before`, by what was noted of some folders alone: what comes to the
    same elsewhere isn't known, and makes up for nothing. Count what none of these comes to any more."""
    tests = {name: test for name, test in tests.items() if name not in before}
    spared = spare(tests)
    dear, lost = beyond_price(tests, spared, priceless)
    return spared + dear, lost


def _said(tests: dict[str, Measured], spared: Iterable[str]) -> str:
    gone = [tests[name].seconds for name in spared]
    whole = sum(test.seconds for test in tests.values())
    return f"{len(gone)} of {len(tests)} tests are spared: {sum(gone):.0f} of {whole:.0f} s of the processor"


def record(folder: Path, of: Collection[str] = ()) -> int:
    """Run the suites with the recorder; or of these folders what `make test` runs."""
    words, alone = suites.tests_of, (*suites.SPARING, "-m", f"not ({suites.MARKED})")

    def with_blocks(suite: str) -> tuple[str, ...]:
        noted = ("-p", "tests.blocks", "--blocks", str(folder)) if suite in (*RECORDED, *of) else ()
        return *words(suite), *(alone if suite in of else ()), *noted

    suites.tests_of = with_blocks
    return suites.main([*of] or ["rooms@parts", "rulebook"])


def main() -> int:
    """Do what the command line says."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("command", choices=["record", "choose", "more", "tidy"])
    words.add_argument("of", nargs="*", metavar="FOLDER")
    words.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "blocks")
    words.add_argument("--write", action="store_true")
    said = words.parse_args()
    if said.command == "record":
        return record(said.folder.resolve(), said.of)
    if said.command == "tidy":
        names = sparing.spared()
        sparing.write(names - gone(names))
        return 0
    tests, priceless = read(said.folder)
    if said.command == "more":
        before = sparing.spared()
        more, lost = besides(tests, priceless, before)
        print(f"{_said(tests, more)}; of these folders no test comes to {lost} things any more")
        if said.write:
            sparing.write(before.union(more))
        return 0
    spared = spare(tests)
    print(_said(tests, spared))
    dear, lost = beyond_price(tests, spared, priceless)
    things = len(frozenset().union(*(test.reached for test in tests.values())))
    spared += dear
    print(f"{_said(tests, spared)}; no test comes to {lost} of {things} things any more")
    if said.write:
        sparing.write(frozenset(spared))
    return 0


if __name__ == "__main__":
    sys.exit(main())
