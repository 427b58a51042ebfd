"""Compares what two states of the tests catch: breaks the program at places chosen by chance, one at a time.

    broken.py choose OLD [NEW]   copies of both commits, and places in functions that both have
    broken.py go [HH:MM]         records which tests come to a place, breaks it, runs those tests
    broken.py report             the table of docs/figures.md, from what there is by now

`go` may be stopped at any time, and goes on where it was. The two test files nearest to a place are run
first. Where no test of theirs notices the break, others are recorded step by step, and those tests that come
to the place are run. A break is caught if a test fails that passes where nothing is broken. The old tests are
asked where the new ones didn't notice. What `make test` spares isn't run.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

import touched
from places import SEED, SUITES, Place, prepare
from reached import MARKS
from trying import Suite, read_json

NEAREST, NEAR, TOGETHER = 2, 10, 5
"""Test files that are run for each place as they are, those recorded first; places looked at together."""
LONGEST = 70
"""Letters of what was broken, in the table."""
AT_ONCE = 30
"""Test files that are recorded in one process."""
FAR = ("tests/web/test_other_federations.py", "tests/web/test_walks.py", "tests/cli/test_demo.py")
"""Minutes each: recorded last."""
STEPS = ("nearest", "near", "rooms", "others", "far", "marked")
"""Marked: the nearest of those that start a browser or programs."""


@cache
def nearest_to(tree: Path, place: Place) -> list[str]:
    """The files of tests of a place's room, and those that name its module, the nearest first: by the words
    of the module's name in the file's, and by how often it names the function."""
    module, name = Path(place.path), max(place.function.split("."), key=lambda each: len(each.strip("_")))
    files = [each for each in touched.near([place.path], tree) if _is_recorded(each)]
    words = {each for part in (module.stem, *module.parts[1:-1]) for each in part.split("_") if len(each) > 2}
    spoken = re.compile(rf"(?<![a-z]){re.escape(name.strip('_'))}(?![a-z])")

    def nearness(file: str) -> int:
        said = len(spoken.findall(_text(tree / file))) if len(name.strip("_")) > 5 else 0
        alike = sum(word[:6] in Path(file).stem for word in words)
        return min(said, 4) + 2 * alike + 2 * (module.stem.strip("_") in Path(file).stem)

    return sorted(files, key=nearness, reverse=True)


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def everything_in(tree: Path) -> frozenset[str]:
    """All files of tests that are recorded."""
    names = (path.relative_to(tree).as_posix() for path in tree.glob("tests/**/test_*.py"))
    return frozenset(filter(_is_recorded, names))


def files_to_record(suite: Suite, places: list[Place], step: str) -> list[str]:
    """Return the test files that may come to these places and belong to this step."""
    if not places:
        return []
    near, rooms, marked = set(), set(), set()
    for place in places:
        those = nearest_to(suite.tree, place)
        near |= {*those[NEAREST:NEAR]}
        rooms |= {*those}
        marked |= {*[each for each in those if _has_marks(suite.tree / each)][:NEAREST]}
    files = {
        "nearest": set(),
        "near": near,
        "rooms": rooms - near,
        "others": everything_in(suite.tree) - rooms,
        "far": {each for each in FAR if (suite.tree / each).exists()},
        "marked": {f"{each} marked" for each in marked},
    }
    return sorted(each for each in files[step] if each not in suite.files)


def _is_recorded(file: str) -> bool:
    """Gates read the program's text, and come to no place in it."""
    return file not in FAR and not file.startswith("tests/gates/")


def _unmarked(suite: Suite, place: Place) -> list[str]:
    return [each for each in nearest_to(suite.tree, place) if not _has_marks(suite.tree / each)]


@cache
def _has_marks(path: Path) -> bool:
    return any(f"mark.{mark}" in _text(path) for mark in MARKS)


def in_play(
    places: list[Place], quota: dict[str, int], comes: Callable[[Place], bool]
) -> Iterator[tuple[Place, bool]]:
    """Yield the places that count, and whether a test comes to each: of a room the first to which one does,
    and those before them."""
    left = dict(quota)
    for place in places:
        if left[place.room]:
            left[place.room] -= comes(place)
            yield place, comes(place)


class Comparison:
    """The places, and both suites with what is known by now."""

    def __init__(self, folder: Path, pythons: dict[str, str]) -> None:
        self.chosen = read_json(folder / "places.json", None)
        self.places = [Place(**each) for each in self.chosen["places"]]
        self.suites = [Suite(folder / name, pythons[name]) for name in SUITES]

    def playing(self, unseen: Collection[Place] = ()) -> Iterator[tuple[Place, bool]]:
        """The places that count. Those that weren't looked at yet count as if a test came there."""
        return in_play(
            self.places,
            self.chosen["quota"],
            lambda place: place in unseen or any(suite.comes_to(place) for suite in self.suites),
        )

    def go(self, until: float) -> bool:
        """Go on until everything is settled, or until that time; returns whether it is."""
        try:
            for suite in self.suites:
                suite.begin()
                for step in STEPS:
                    unseen = {*self.places}
                    while waiting := [place for place, _comes in self.playing(unseen) if place in unseen]:
                        random.Random(self.chosen["seed"]).shuffle(waiting)
                        self._look(suite, waiting[:TOGETHER], step, until)
                        unseen -= {*waiting[:TOGETHER]}
        except TimeoutError:
            return False
        return True

    def _look(self, suite: Suite, places: list[Place], step: str, until: float) -> None:
        """Record the tests of this step, and run those that come to one of these places where it's broken."""
        marks = " or ".join(MARKS)
        places = [place for place in places if not any(each.caught(place) for each in self.suites)]
        files = files_to_record(suite, places, step)
        for first in range(0, len(files), AT_ONCE):
            _check(until)
            suite.record(files[first : first + AT_ONCE], marks if step == "marked" else f"not ({marks})")
        for place in places:
            if step == STEPS[0]:
                _check(until)
                suite.run_nearest(place, step, _unmarked(suite, place)[:NEAREST], f"not ({marks})")
            while suite.may_go_on(place, step):
                _check(until)
                suite.break_at(place, step)


def _check(until: float) -> None:
    if time.time() > until:
        raise TimeoutError


# --- The report


def table(of: Comparison) -> Iterator[str]:
    """Yield the lines of the table: place, what was broken, old, new; and the sums."""
    playing = [*of.playing()]
    rows = [place for place, comes in playing if comes]
    yield "| place | what was broken | old | new |\n|---|---|---|---|"
    asked = {place: of.suites[: 1 if of.suites[0].caught(place) else 2] for place in rows}
    verdicts = {place: [_verdict(suite, place) for suite in asked[place]] for place in rows}
    for place, (new, old) in ((place, (*those, "not asked")[:2]) for place, those in verdicts.items()):
        where = f"`{place.path.removeprefix('schoolgate/')}`, `{place.function}`"
        yield f"| {where} | {_broken(place)} | {old} | {new} |"
    settled = [place for place in rows if not any(each.startswith("open") for each in verdicts[place])]
    new, old = (sum(bool(suite.caught(place)) for place in settled) for suite in of.suites)
    commits = of.chosen["commits"]
    yield (
        f"\n{len(settled)} places, seed {of.chosen['seed']}: the new suite ({commits['new']}) caught {new}; "
        f"of the {len(settled) - new} others the old one ({commits['old']}) caught {old}. To "
        f"{len(playing) - len(rows)} no recorded test comes."
    )
    if len(settled) < len(rows):
        yield f"Open: {len(rows) - len(settled)}."


def _broken(place: Place) -> str:
    text = place.was if len(place.was) < LONGEST else f"{place.was[:LONGEST]}..."
    return f"{place.kind}: `{' '.join(text.split())}`".replace("|", "\\|")


def _verdict(suite: Suite, place: Place) -> str:
    if suite.caught(place):
        return "caught"
    ran = len(suite.results.get(str(place.number), {}).get("run", ()))
    left = len(suite.left_for(place))
    said = f"{ran} tests passed" + (f", {left} left out" if left else "") if ran else "no test comes there"
    recorded = not any(files_to_record(suite, [place], step) for step in STEPS)
    return f"not caught ({said})" if recorded and not suite.may_go_on(place, STEPS[-1]) else f"open ({said})"


def main() -> int:
    """Do what the command line says."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "broken", help="for all of it"
    )
    words.add_argument(
        "--old-python", default=sys.executable, help="where the old commit needs other packages"
    )
    commands = words.add_subparsers(dest="command", required=True)
    choosing = commands.add_parser("choose")
    choosing.add_argument("old")
    choosing.add_argument("new", nargs="?", default="HEAD")
    choosing.add_argument("--seed", type=int, default=SEED)
    commands.add_parser("go").add_argument("until", nargs="?", help="the last run begins before then")
    commands.add_parser("report")
    said = words.parse_args()
    folder, pythons = said.folder.resolve(), {"new": sys.executable, "old": said.old_python}
    if said.command == "choose":
        prepare(folder, {"new": said.new, "old": said.old}, said.seed)
        return 0
    if said.command == "go":
        signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it would be ignored
        done = Comparison(folder, pythons).go(_today_at(said.until) if said.until else float("inf"))
        print("Everything is settled." if done else "Stopped. The same command goes on.")
    print(*table(Comparison(folder, pythons)), sep="\n")
    return 0


def _today_at(clock: str) -> float:
    return time.mktime(time.strptime(f"{time.strftime('%Y-%m-%d')} {clock}", "%Y-%m-%d %H:%M"))


if __name__ == "__main__":
    sys.exit(main())
