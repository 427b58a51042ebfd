"""Runs the tests of one state of the program for broken.py: those that come to a place, where it's broken."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from places import Place
from reached import OUTSIDE, TELLING

TESTS, SECONDS, MOST_RUNS = 60, 45.0, 3
"""Of one run for one break: how many tests, and how long they take unbroken; how many runs in a step."""
CAP, PATIENCE, TURNS = 1500.0, 600, 5
"""How long one run for one break may take, and one test in it; how often it's begun again without a test that
fails unbroken as well."""
LONGEST_RECORD = 2400.0
FIRST = "tests/core/test_tenancy.py"
SPARING = "tests/sparing.py"
"""Leaves out what `make test` doesn't run."""
NO_TESTS = 5
"""What pytest returns where none was to be run."""


@dataclass(frozen=True)
class Found:
    """What a run came to: each test's outcome and seconds, who came to which place, who read a kept story."""

    outcomes: list[list[str]]
    hits: list[list[str]]
    stories: list[str]
    struck: bool
    status: int
    late: bool
    seconds: float

    @property
    def failed(self) -> list[str]:
        """The tests, or files of tests, that failed."""
        return list(dict.fromkeys(test for outcome, _seconds, test in self.outcomes if outcome == "failed"))

    @property
    def longest(self) -> float:
        """The seconds of the longest phase of a test."""
        return max((float(seconds) for _outcome, seconds, _test in self.outcomes), default=0.0)

    @property
    def good(self) -> bool:
        """Whether all of it ran and passed."""
        return self.status == 0 and not self.late and not self.failed


class Suite:
    """One state of the program and its tests, with what is known of it by now."""

    def __init__(self, folder: Path, python: str) -> None:
        self.name, self.folder, self.tree, self.python = folder.name, folder, folder / "tree", python
        self.took: dict[str, float] = {}
        self.failing: set[str] = set()
        self.hits: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.told: set[str] = set()
        self.files: set[str] = set()
        self.results: dict[str, dict[str, Any]] = read_json(folder / "breaks.json", {})
        for result in self.results.values():
            self.failing |= {*result["unsteady"]}
        for record in sorted((folder / "records").glob("*.json")):
            self._take_in(read_json(record, {}))

    # --- What is known

    def _take_in(self, record: dict[str, Any]) -> None:
        self.files |= {*record["files"]}
        self.told |= {*record["stories"]}
        for outcome, seconds, test in record["outcomes"]:
            self.took[test] = self.took.get(test, 0.0) + float(seconds)
            if outcome == "failed":
                self.failing.add(test)
        for number, test in record["hits"]:
            name, _, phase = test.rpartition(" (")
            self.hits[int(number)][name or test].add(phase.rstrip(")"))

    def caught(self, place: Place) -> str | None:
        """The test that failed because a place was broken."""
        return self.results.get(str(place.number), {}).get("caught")

    def comes_to(self, place: Place) -> bool:
        """Whether a test is known to come to a place."""
        return place.number in self.hits or self.results.get(str(place.number), {}).get("struck", False)

    def _made_in_a_story(self, place: Place) -> bool:
        return any(TELLING in phases for phases in self.hits[place.number].values())

    def left_for(self, place: Place) -> list[str]:
        """The tests that come to a place, then those that use what one of them made there, but for what was
        run."""
        here = self.hits[place.number]
        shared = {test.partition("::")[0] for test, phases in here.items() if phases - {"call", "teardown"}}
        beside = {test for test in self.took if test.partition("::")[0] in shared}
        if OUTSIDE in here:
            beside |= {test for test in self.took if test.startswith(f"tests/{place.room}/")}
        if self._made_in_a_story(place):
            beside |= self.told
        done = {*self.results.get(str(place.number), {}).get("run", ())} | self.failing
        direct = {test for test in here if test in self.took}
        return [*self._cheapest(direct - done), *self._cheapest(beside - direct - done)]

    def _cheapest(self, tests: set[str]) -> list[str]:
        """The cheapest of each room in turn."""
        rooms: dict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda each: (self.took.get(each, 0.0), each)):
            rooms[test.split("/")[1]].append(test)
        turns = [
            (turn, self.took.get(test, 0.0), test)
            for those in rooms.values()
            for turn, test in enumerate(those)
        ]
        return [test for _turn, _seconds, test in sorted(turns)]

    # --- Running

    def run(self, now: str, files: Iterable[str], only: Iterable[str], cap: float, *words: str) -> Found:
        """Run tests of this tree. `only`: those of the files that are run, in their order; none for all."""
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        (self.folder / "now").write_text(now, "utf-8")
        (self.folder / "only").write_text("\n".join(only), "utf-8")
        call = [self.python, "-m", "pytest", "-q", "--tb=line", "--color=no", "-p", "no:cacheprovider"]
        if (self.tree / SPARING).exists():
            call += ["-p", "tests.sparing"]
        there = os.environ | {"PYTHONPATH": f"{self.tree}{os.pathsep}{self.folder}"}
        there.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of programs start, and each would compile all
        began = time.monotonic()
        with (self.folder / "words").open("w") as log:
            process = subprocess.Popen(
                [*call, "-p", "reached", *words, *files], cwd=self.tree, env=there,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            late = _wait(process, cap)
        lines = {name: _lines(out / name) for name in ("hits", "outcomes", "struck", "stories")}
        return Found(
            outcomes=[line.split("\t", 2) for line in lines["outcomes"]],
            hits=[line.split("\t", 1) for line in lines["hits"]],
            stories=sorted({*lines["stories"]}),
            struck=bool(lines["struck"]),
            status=process.returncode,
            late=late,
            seconds=round(time.monotonic() - began, 1),
        )

    def begin(self) -> None:
        """Run one test of the database, which makes the template of all others: that may take minutes."""
        if not self.run("whole", [FIRST], (), LONGEST_RECORD, "--timeout=0").good:
            raise RuntimeError((self.folder / "words").read_text("utf-8")[-2000:])

    def record(self, files: list[str], marks: str) -> None:
        """Record which tests of these files come to which place. `files` may be named with their marks."""
        words = ("--timeout=0", "-m", marks)
        found = self.run("record", [each.split()[0] for each in files], (), LONGEST_RECORD, *words)
        tests = len({test for _outcome, _seconds, test in found.outcomes})
        if found.status not in (0, NO_TESTS) and (not tests or len(found.failed) > max(10, tests / 5)):
            raise RuntimeError((self.folder / "words").read_text("utf-8")[-2000:])
        kept = {"files": files, "outcomes": found.outcomes, "hits": found.hits, "stories": found.stories}
        keep(self.folder / "records" / f"{len([*self.folder.glob('records/*.json')]) + 1:04}.json", kept)
        self._take_in(kept)
        failed = f", {len(found.failed)} failed" if found.failed else ""
        say(f"{self.name}: {len(files)} files, {tests} tests{failed}, {found.seconds:.0f} s, to {files[-1]}")

    def may_go_on(self, place: Place, step: str) -> bool:
        """Whether a break that isn't caught has tests left that are run for it in this step."""
        runs = self.results.get(str(place.number), {}).get("runs", {}).get(step, 0)
        return not self.caught(place) and runs < MOST_RUNS and bool(self.left_for(place))

    def run_nearest(self, place: Place, step: str, files: list[str], marks: str) -> None:
        """Break the program at a place, and run all tests of these files, recorded or not."""
        if files and step not in self._result(place)["runs"]:
            self._try(place, step, files, (), "-m", marks)

    def break_at(self, place: Place, step: str) -> None:
        """Break the program at a place, and run the next tests for it."""
        tests, seconds = [], 0.0
        for test in self.left_for(place):
            seconds += self.took.get(test, 0.0)
            if len(tests) == TESTS or (tests and seconds > SECONDS):
                break
            tests.append(test)
        # A story is told once for a state of the code and kept; a file more is another state.
        mark = self.tree / "schoolgate" / "core" / "broken.txt"
        told = self._made_in_a_story(place) and bool(self._result(place)["run"])
        with _standing(mark if told else None, str(place.number)):
            self._try(place, step, files_of(tests), by_file(tests))

    def _result(self, place: Place) -> dict[str, Any]:
        nothing = {"runs": {}, "run": [], "caught": None, "struck": False, "late": False, "unsteady": []}
        return self.results.setdefault(str(place.number), nothing)

    def _try(self, place: Place, step: str, files: list[str], only: Iterable[str], *words: str) -> None:
        """Note the first test that fails where the place is broken, and passes by itself where it isn't."""
        result, run = self._result(place), {*only}
        for _turn in range(TURNS):
            without = [f"--deselect={each}" for each in self.failing if each.partition("::")[0] in files]
            limits = ("-x", f"--timeout={PATIENCE}")
            found = self.run(f"break {place.number}", files, only, CAP, *limits, *words, *without)
            run |= {test for _outcome, _seconds, test in found.outcomes}
            result["struck"] |= found.struck
            result["late"] |= found.late
            if found.status in (0, NO_TESTS) or (found.late and not found.failed):
                break
            suspect = (found.failed or files)[0]
            if found.struck and self._passes(suspect, timed_out=found.longest > PATIENCE - 1):
                result["caught"] = suspect
                break
            self.failing.add(suspect)
            result["unsteady"].append(suspect)
        result["run"] = sorted({*result["run"]} | run)
        result["runs"][step] = result["runs"].get(step, 0) + 1
        keep(self.folder / "breaks.json", self.results)
        where = "" if result["struck"] else ", none there"
        said = result["caught"] or f"{len(result['run'])} tests passed{where}"
        say(f"{self.name}: {place.number} {place.path} {place.function}: {said}")

    def _passes(self, suspect: str, *, timed_out: bool) -> bool:
        """Whether a test passes where nothing is broken; of a whole file, whether it can be read.

        If it was out of time, it has to pass in a third of it: the machine may only have been busy.
        """
        only, words = ([suspect], ()) if "::" in suspect else ([], ("--collect-only",))
        whole = self.run("whole", files_of([suspect]), only, CAP, *words)
        return whole.good and not (timed_out and whole.seconds > PATIENCE / 3)


def files_of(tests: Iterable[str]) -> list[str]:
    """The files of tests, in their order."""
    return list(dict.fromkeys(test.partition("::")[0] for test in tests))


def by_file(tests: list[str]) -> list[str]:
    """The same tests, those of a file together: what a file makes is made once."""
    return [test for file in files_of(tests) for test in tests if test.partition("::")[0] == file]


def _wait(process: subprocess.Popen[bytes], cap: float) -> bool:
    """Wait for a run; end it after `cap` seconds, and return whether that was needed."""
    for number, (patience, end) in enumerate(
        ((cap, signal.SIGINT), (30, signal.SIGKILL), (30, signal.SIGKILL))
    ):
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, end)
        else:
            return number > 0
    return True


@contextlib.contextmanager
def _standing(path: Path | None, text: str) -> Iterator[None]:
    """Within it, there is a file with this text."""
    if path is not None:
        path.write_text(text, "utf-8")
    try:
        yield
    finally:
        if path is not None:
            path.unlink()


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def read_json(path: Path, otherwise: Any) -> Any:
    """What is kept in a file, or something else where it isn't there."""
    return json.loads(path.read_text("utf-8")) if path.exists() else otherwise


def keep(path: Path, what: object) -> None:
    """Keep something in a file, whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(what, ensure_ascii=False), "utf-8")
    draft.rename(path)


def say(words: str) -> None:
    """Say how far it is."""
    print(time.strftime("%H:%M"), words, flush=True)
