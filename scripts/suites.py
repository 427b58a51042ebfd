"""Runs the named suites, each as its own process, and prints what each took and found.

Each word is a lane: suites with commas between them, one after another. Lanes run at the same time; one that
has ended takes the last suite of the lane with most left. A file or folder of tests is a suite too. SUITE@DAY
runs it on a day of the calendar (days.py); SUITE@each on each of them; SUITE@parts half of its files on
each of two, the second half in the lane before.

Nothing is left out in silence: a suite without a test, and a test that was skipped, are failures.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from pathlib import Path
from typing import IO

import days
import dear
import failed as failing
import left_out
import running
import storm
import touched

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import budget, quick, sparing  # noqa: E402

REPORT = ROOT / "tests" / "report"
PYTEST = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", "-p", "tests.budget"]
MARKED = "processes or browser or bluesky or faults or storm"
PURE = ("tests/rulebook", "tests/policies")
WALKS = ("tests/cli/test_demo.py", "tests/web/test_walks.py", "tests/web/test_other_federations.py")
"""What reads the stories of all five examples: on one day, because for each other one they are told again.
And every address for every role."""


SPARING = ("-p", "tests.sparing")
ROOMS = ("tests/gates", *PURE, *WALKS)
"""What `rooms` leaves to other suites."""


def _not(*folders: str) -> tuple[str, ...]:
    return tuple(f"--ignore={folder}" for folder in folders)


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    """Every test file and what is in it."""
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def _marked(mark: str) -> tuple[str, ...]:
    """The test files with this mark, and the mark: collecting all others takes longer than some suites."""
    files = (file for file, text in _texts().items() if f"mark.{mark}" in text)
    return *(file for file in files if not file.startswith("tests/gates/")), "-m", mark


def _drawn() -> tuple[str, ...]:
    """The tests whose values hypothesis draws."""
    files = (file for file, text in _texts().items() if "from hypothesis import" in text)
    return *files, "-m", f"hypothesis and not ({MARKED})"


TOUCHED = "touched"
TOUCHED_AT_MOST = 40
"""Test files that `touched` collects: more take longer to collect than there is time to run."""


TOUCHED_WITHIN = 20
"""Seconds of the processor after which it begins no further test."""


@lru_cache(maxsize=1)
def _changed() -> frozenset[str]:
    return frozenset(touched.changed())


@lru_cache(maxsize=1)
def _near() -> tuple[str, ...]:
    """The test files near to what is changed, but for those that other suites run."""
    return tuple(
        file
        for file in touched.near(_changed())
        if file not in WALKS
        and not file.startswith(("tests/gates/", "tests/journeys/", *(f"{folder}/" for folder in PURE)))
    )


def _touched() -> tuple[str, ...]:
    """The tests nearest to what is changed, as many as there is time for."""
    files, changed = touched.nearest([*_near()], _changed(), TOUCHED_AT_MOST)
    words = ("-p", "tests.quick", "--within", str(TOUCHED_WITHIN), "--changed", str(changed))
    return (*files, *words, "-m", f"not ({MARKED})") if files else ()


LEAVING_SLOW = ("-p", "tests.quick", "--leave-slow")
SUITES: dict[str, tuple[str, ...]] = {
    "gates": ("tests/gates", "-m", "not storm"),
    "quick-gates": ("tests/gates", "-m", "not storm", *LEAVING_SLOW),
    "rulebook": PURE,
    "quick-rulebook": (*PURE, *LEAVING_SLOW),
    "rooms": ("tests", *_not(*ROOMS), "-m", f"not ({MARKED})"),
    "chosen": ("tests", *_not(*ROOMS), *SPARING, "-m", f"not ({MARKED})"),
    "walks": WALKS,
    "processes": _marked("processes"),
    "browsers": (*SPARING, *_marked("browser")),
    "every-browser": _marked("browser"),
    "network": _marked("bluesky"),
    "faults": _marked("faults"),
    "storm": _marked("storm"),
    "sized": _marked("sized"),
    "drawn": _drawn(),
}

NOTHING_COLLECTED = 5
"""What pytest returns then."""

ON_TIME = frozenset({"processes", "network", "faults", "storm"})
"""What starts and kills programs and waits for them: beside others these go first, for their waits end."""

REPEATABLE = frozenset({"chosen", "rooms", "rulebook", "gates", "walks"})
"""What fails here fails again by itself, and plain pytest then says what stood on both sides: to prepare
seven hundred files for saying it takes longer than most of them."""

LONG = ("storm", "sized", "drawn")
"""What `make storm` runs takes what it takes."""
WIDE = 26
"""Of the table's first column: the longest name of a suite with its day and part."""


@dataclass(frozen=True)
class Result:
    """What one suite came to."""

    name: str
    seconds: float
    tests: int
    failed: int
    skipped: int
    status: int
    cpu: str = ""
    """Seconds of the processor, as its report says, and how many of them made what is made once."""
    dear: tuple[str, ...] = ()
    """Tests that took more of the processor than a test may, and have no reason for it."""
    too_dear: bool = False
    """Whether one of them took so much more that no busy machine explains it."""
    of: int = 0
    """How many tests there were, where not all were begun."""
    notes: tuple[str, ...] = ()
    """What it left to other suites, for the very end."""
    failing: tuple[str, ...] = ()
    """The tests that failed, by name."""

    @property
    def good(self) -> bool:
        """Whether everything ran, passed and was cheap enough."""
        some = self.tests > 0 or self.name == TOUCHED
        ran = self.status == 0 and some and self.failed == 0 and self.skipped == 0
        return ran and not self.too_dear

    def line(self) -> str:
        """A row of the table."""
        verdict = "passed" if self.good else "FAILED"
        tests = of_all(self.tests, self.of)
        counts = f"{tests:>14} {self.failed:7} {self.skipped:8} {self.seconds:8.1f} s {self.cpu:>13}"
        named = "".join(f"\n{'':{WIDE}} {test}" for test in self.dear)
        return f"{self.name:{WIDE}} {counts}  {verdict}{named}"


def of_all(tests: int, of: int) -> str:
    """`212 of 1,022`, or only how many where all were begun."""
    return f"{tests:,} of {of:,}" if of > tests else f"{tests:,}"


def report_of(name: str) -> Path:
    """Where pytest writes what a suite came to."""
    return REPORT / f"{name.replace('/', '-')}.xml"


def start(name: str, clocks: Path, output: IO[bytes] | None = None) -> running.Running:
    """Start a suite, its words going to the terminal or into a file. `clocks`: a folder for the clock."""
    suite, day, part = in_parts(name)
    REPORT.mkdir(parents=True, exist_ok=True)
    report_of(name).unlink(missing_ok=True)
    words = ["nice", "-n", "5"] if output and suite not in ON_TIME else []
    words += PYTEST
    words += [f"--junitxml={report_of(name)}", "--durations=5", *tests_of(suite)]
    words += ["-p", "tests.days.part", "--part", part] if part else []
    words += ["--assert=plain", "--showlocals"] if suite in REPEATABLE else []
    failing = report_of(name).with_suffix(".failed")
    words += ["-p", "tests.as_they_fail", f"--failures-to={failing}"]
    around = days.surroundings(day, clocks) if day else None
    return running.begin(name, words, failing, output, cwd=ROOT, env=around)


def tests_of(suite: str) -> tuple[str, ...]:
    """Return pytest's words for a suite; a file or folder is one too."""
    if suite == TOUCHED:
        return _touched()
    words = SUITES.get(suite, (suite,))
    asked = touched.though(_changed()) if words[-len(LEAVING_SLOW) :] == LEAVING_SLOW else ()
    return *words, *(f"--though={word}" for word in asked)


def in_parts(name: str) -> tuple[str, str, str]:
    """`rooms@leap-day:2/6` -> the suite, its day and its part; what is not said is empty."""
    suite, _at, rest = name.partition("@")
    day, _colon, part = rest.partition(":")
    return suite, day, part


def expanded(name: str) -> list[str]:
    """Return the runs that a word means: one, or one for each day."""
    suite, day, _part = in_parts(name)
    if day == "each":
        return [f"{suite}@{one}" for one in days.DAYS]
    if day == "parts":
        return [f"{suite}@{one}:{number}/{len(days.OF_PARTS)}" for number, one in enumerate(days.OF_PARTS)]
    return [name]


def lanes_of(words: list[str]) -> list[list[str]]:
    """Return what each lane runs. Of a suite in parts each further part goes to the lane before: the longest
    suite ends soonest on as many cores as it has parts."""
    lanes: list[list[str]] = [[] for _word in words]
    for lane, word in enumerate(words):
        for name in word.split(","):
            back = 1 if name.endswith("@parts") else 0
            for number, one in enumerate(expanded(name)):
                lanes[(lane - back * number) % len(lanes)].append(one)
    return lanes


def known(name: str) -> bool:
    """Whether there is such a suite, or such a file, and such a day."""
    suite, day, _part = in_parts(name)
    there = suite in (*SUITES, TOUCHED) or (suite.startswith("tests") and (ROOT / suite).exists())
    return there and day in ("", *days.INSTANTS)


def next_of(waiting: list[list[str]], lane: int) -> str | None:
    """Take what a lane runs next: its own next, or, where it has none left, the last of the lane with most
    left. What has to be on time stays in its lane."""
    if waiting[lane]:
        return waiting[lane].pop(0)
    longest = max(waiting, key=len)
    return longest.pop() if longest and in_parts(longest[-1])[0] not in ON_TIME else None


def run(lanes: list[list[str]]) -> list[Result]:
    """Run the lanes at the same time. The words of a suite come when it ends, or at once in a single lane;
    what fails is named at once. A run that is stopped ends its suites."""
    waiting, results = [list(lane) for lane in lanes], []
    at_work: list[running.Running | None] = [None for _lane in lanes]
    of, begun = sum(map(len, lanes)), 0
    with ExitStack() as files:
        clocks = Path(files.enter_context(tempfile.TemporaryDirectory(prefix="schoolgate-clocks-")))
        try:
            while any(waiting) or any(at_work):
                for number, one in enumerate(at_work):
                    if one is not None:
                        ended = one.ended()
                        one.tell_failures()
                        if ended:
                            results.append(_came_to(one))
                            at_work[number] = None
                    if at_work[number] is None and (name := next_of(waiting, number)):
                        begun += 1
                        print(f"\n--- {name} begins ({begun} of {of}) ---", flush=True)
                        kept = files.enter_context(tempfile.TemporaryFile()) if len(lanes) > 1 else None
                        at_work[number] = start(name, clocks, kept)
                time.sleep(0.05)
        except KeyboardInterrupt:
            running.stop(one for one in at_work if one is not None)
            raise
        return results


def _came_to(one: running.Running) -> Result:
    one.tell_all()
    return read(one.name, report_of(one.name), one.seconds or 0.0, one.process.returncode or 0)


def read(name: str, report: Path, seconds: float, status: int) -> Result:
    """Count what pytest wrote into its report; nothing written counts as nothing run."""
    try:
        suite = ET.parse(report).getroot().find("testsuite")
    except (OSError, ET.ParseError):
        suite = None
    if suite is None:
        return Result(name, seconds, 0, 0, 0, status or 1)
    count = {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    spent = {} if in_parts(name)[0] in LONG else dict(dear.over_budget(suite.iter("testcase")))
    told = tuple(starmap(dear.told, spent.items()))
    much = any(each > dear.BUSY * dear.BUDGET for each in spent.values())
    took = {each.get("name"): each.get("value") for each in suite.iterfind("properties/property")}
    cpu = f"{took.get(budget.PROPERTY, '?')} ({took.get(budget.ONCE, '?')})"
    ran, of = count["tests"], int(took.get(quick.OF, "0"))
    notes = [*left_out.notes(name, took, ran)]
    if name == TOUCHED and status == NOTHING_COLLECTED and not failed:
        status, notes = 0, [left_out.nothing(name)]
    return Result(
        name,
        seconds,
        ran,
        failed,
        count["skipped"],
        status,
        cpu=cpu,
        dear=told,
        too_dear=much,
        of=of,
        notes=tuple(notes),
        failing=tuple(failing.names(suite.iter("testcase"))),
    )


def last_words(words: list[str], results: list[Result]) -> Iterator[str]:
    """Yield what was left out, and what is due."""
    for result in results:
        yield from result.notes
    if TOUCHED in (result.name for result in results) and (more := len(_near()) - TOUCHED_AT_MOST) > 0:
        yield f"{more} test files that are further from your change weren't looked at: `make test` runs them."
    if any("chosen" in word for word in words):
        rooms, browsers = len(sparing.spared()), len(sparing.chosen())
        yield (
            f"{rooms} tests of the rooms and {browsers} in a browser are spared (tests/spared): "
            "`make whole` runs them too."
        )
    if said := storms_due([result.name for result in results], _changed()):
        yield said


def storms_due(names: list[str], changed: Collection[str]) -> str:
    """Return what to say where the long storms are due: after `make test`; else where their code is changed
    now."""
    kinds = {in_parts(name)[0] for name in names}
    now = "faults" in kinds or any(path.startswith(tuple(f"{one}/" for one in storm.HIT)) for path in changed)
    return storm.due() if now and "storm" not in kinds else ""


def main(words: list[str]) -> int:
    """Run the suites, print the table; returns 1 when one of them is not good."""
    lanes = lanes_of(words)
    if not lanes or not all(known(name) for lane in lanes for name in lane):
        named = ", ".join((*SUITES, TOUCHED))
        print(f"usage: suites.py SUITE[@DAY][,SUITE[@DAY]] ...; suites: {named}", file=sys.stderr)
        print(f"days: {', '.join(days.INSTANTS)}, each, parts", file=sys.stderr)
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of programs start, and each would compile all
    if any(TOUCHED in lane for lane in lanes) and not _touched():
        print("Nothing that is tested in a folder of its own is changed.", flush=True)
        lanes = [left for lane in lanes if (left := [name for name in lane if name != TOUCHED])]
    asked = " ".join(words)
    named = f"{sum(map(len, lanes))} suites"
    print("; ".join(each for each in (named, running.expected(asked, REPORT)) if each), flush=True)
    began = time.monotonic()
    try:
        with running.stopped_as_by_ctrl_c():
            results = run(lanes)
    except KeyboardInterrupt:
        print("stopped", flush=True)
        return 130
    total = time.monotonic() - began
    running.note(asked, total, REPORT)
    print("", *dear.dearest(report_of(result.name) for result in results), sep="\n")
    print(f"\n{'suite':{WIDE}} {'tests':>14} {'failed':>7} {'skipped':>8} {'time':>10} {'cpu (once)':>13}")
    for result in results:
        print(result.line())
    tests = sum(result.tests for result in results)
    of = sum(max(result.of, result.tests) for result in results)
    good = all(result.good for result in results)
    verdict = "passed" if good else "FAILED"
    print(f"{'all':{WIDE}} {of_all(tests, of):>14} {'':16} {total:8.1f} s {'':13}  {verdict}", flush=True)
    for line in failing.told([test for result in results for test in result.failing]):
        print(line, flush=True)
    for note in last_words(words, results):
        print(note, flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
