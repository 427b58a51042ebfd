"""Runs the named suites, each as its own process, and prints what each took and found.

Each word is a lane: suites with commas between them, one after another. Lanes run at the same time; one that
has ended takes the last suite of the lane with most left. A file or folder of tests is a suite too. SUITE@DAY
runs it on a day of the calendar (days.py); SUITE@each on each of them; SUITE@parts half of its files on
each of two, the second half in the lane before.

Nothing is left out in silence: a suite without a test, and a test that was skipped, are failures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

import days
import storm
import touched
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import budget, sparing  # noqa: E402

REPORT = ROOT / "tests" / "report"
PYTEST = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", "-p", "tests.budget"]
MARKED = "processes or browser or bluesky or faults or storm"
PURE = ("tests/rulebook", "tests/policies")
STRANGERS = "tests/web/test_other_federations.py"
"""Every address for every role: minutes of its own."""
WALKS = ("tests/cli/test_demo.py", "tests/web/test_walks.py")
"""What reads the stories of all five examples: on one day, because for each other one they are told again."""


SPARING = ("-p", "tests.sparing")
ROOMS = ("tests/gates", *PURE, STRANGERS, *WALKS)
"""What `rooms` leaves to other suites."""


def _not(*folders: str) -> tuple[str, ...]:
    return tuple(f"--ignore={folder}" for folder in folders)


def _marked(mark: str, *, outside: str = "tests/gates") -> tuple[str, ...]:
    """The test files with this mark, and the mark: collecting all others takes longer than some suites."""
    texts = sorted((ROOT / "tests").rglob("test_*.py"))
    files = (path.relative_to(ROOT).as_posix() for path in texts if f"mark.{mark}" in path.read_text("utf-8"))
    return *(file for file in files if not file.startswith(("tests/gates/", f"{outside}/"))), "-m", mark


TOUCHED = "touched"
TOUCHED_AT_MOST = 40
"""Test files that `touched` collects: more take longer to collect than there is time to run."""


@lru_cache(maxsize=1)
def _touched() -> tuple[str, ...]:
    """The tests nearest to what is changed, those that begin within half a minute."""
    near = [
        file
        for file in touched.near(touched.changed())
        if file not in (STRANGERS, *WALKS)
        and not file.startswith(("tests/gates/", "tests/journeys/", *(f"{folder}/" for folder in PURE)))
    ]
    if len(near) > TOUCHED_AT_MOST:
        print(
            f"What is changed touches {len(near)} test files. The {TOUCHED_AT_MOST} nearest are run.",
            flush=True,
        )
    words = ("-p", "tests.days.within", "--within", "25", "-m", f"not ({MARKED})")
    return (*near[:TOUCHED_AT_MOST], *words) if near else ()


SUITES: dict[str, tuple[str, ...]] = {
    "gates": ("tests/gates",),
    "quick-gates": ("tests/gates", "-m", "not slow"),
    "rulebook": tuple(folder for folder in PURE if (ROOT / folder).is_dir()),
    "rooms": ("tests", *_not(*ROOMS), "-m", f"not ({MARKED})"),
    "chosen": ("tests", *_not(*ROOMS), *SPARING, "-m", f"not ({MARKED})"),
    "strangers": (STRANGERS,),
    "walks": WALKS,
    "processes": _marked("processes"),
    "journeys": ("tests/journeys", *SPARING, "-m", "browser"),
    "pages": (*SPARING, *_marked("browser", outside="tests/journeys")),
    "every-journey": ("tests/journeys", "-m", "browser"),
    "every-page": _marked("browser", outside="tests/journeys"),
    "network": _marked("bluesky"),
    "faults": _marked("faults"),
    "storm": _marked("storm"),
    "sized": _marked("sized"),
}

ON_TIME = frozenset({"processes", "network", "faults", "storm"})
"""What starts and kills programs and waits for them: beside others these go first, for their waits end."""

BUDGET, BUSY = 5.0, 2
"""Seconds of the processor for a test. A busy machine counts up to twice as many: what takes more than
the budget is named, and what takes more than twice as much fails."""
LONG = ("storm", "sized")
"""What `make storm` runs takes what it takes."""
REASONS = ROOT / "tests" / "budget.yaml"
"""For what takes more, why; by the beginning of its name."""

SLOWEST = 30
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

    @property
    def good(self) -> bool:
        """Whether everything ran, passed and was cheap enough."""
        ran = self.status == 0 and self.tests > 0 and self.failed == 0 and self.skipped == 0
        return ran and not self.too_dear

    def line(self) -> str:
        """A row of the table."""
        verdict = "passed" if self.good else "FAILED"
        counts = f"{self.tests:6} {self.failed:7} {self.skipped:8} {self.seconds:8.1f} s {self.cpu:>13}"
        named = "".join(f"\n{'':{WIDE}} too dear: {test}" for test in self.dear)
        return f"{self.name:{WIDE}} {counts}  {verdict}{named}"


@dataclass
class Running:
    """A suite that was started. `output`: where its words go, None for the terminal."""

    name: str
    process: subprocess.Popen[bytes]
    began: float
    output: IO[bytes] | None = None
    seconds: float | None = None

    def ended(self) -> bool:
        """Whether it has ended by now; how long it took is noted when that is first asked."""
        if self.seconds is None and self.process.poll() is not None:
            self.seconds = time.monotonic() - self.began
        return self.seconds is not None

    def result(self) -> Result:
        """Print its output if that was held back, and count."""
        if self.output is not None:
            self.output.seek(0)
            print(f"\n=== {self.name} ===", flush=True)
            sys.stdout.buffer.write(self.output.read())
            sys.stdout.flush()
        return read(self.name, report_of(self.name), self.seconds or 0.0, self.process.returncode or 0)


def report_of(name: str) -> Path:
    """Where pytest writes what a suite came to."""
    return REPORT / f"{name.replace('/', '-')}.xml"


def start(name: str, clocks: Path, output: IO[bytes] | None = None) -> Running:
    """Start a suite, its words going to the terminal or into a file. `clocks`: a folder for the clock."""
    suite, day, part = in_parts(name)
    REPORT.mkdir(parents=True, exist_ok=True)
    report_of(name).unlink(missing_ok=True)
    words = ["nice", "-n", "5"] if output and suite not in ON_TIME else []
    words += PYTEST
    words += [f"--junitxml={report_of(name)}", "--durations=5", *tests_of(suite)]
    words += ["-p", "tests.days.part", "--part", part] if part else []
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env=days.surroundings(day, clocks) if day else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )
    return Running(name, process, time.monotonic(), output)


def tests_of(suite: str) -> tuple[str, ...]:
    """Return pytest's words for a suite; a file or folder is one too."""
    return _touched() if suite == TOUCHED else SUITES.get(suite, (suite,))


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


def file_of(case: ET.Element) -> str:
    """Return the file of a test in a report."""
    return f"{case.get('classname', '').replace('.', '/')}.py"


def lanes_of(words: list[str]) -> list[list[str]]:
    """Return what each lane runs. Of a suite in parts each further part goes to the lane before: the longest
    suite ends last, and soonest on as many cores as it has parts."""
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
    """Run the lanes at the same time. The words of a suite come when it ends, or at once in a single lane."""
    waiting, results = [list(lane) for lane in lanes], []
    running: list[Running | None] = [None for _lane in lanes]
    with ExitStack() as files:
        clocks = Path(files.enter_context(tempfile.TemporaryDirectory(prefix="schoolgate-clocks-")))
        while any(waiting) or any(running):
            for number, one in enumerate(running):
                if one is not None and one.ended():
                    results.append(one.result())
                    running[number] = None
                if running[number] is None and (name := next_of(waiting, number)):
                    print(f"\n--- {name} begins ---", flush=True)
                    kept = files.enter_context(tempfile.TemporaryFile()) if len(lanes) > 1 else None
                    running[number] = start(name, clocks, kept)
            time.sleep(0.05)
        return results


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
    spent = {} if in_parts(name)[0] in LONG else dict(over_budget(suite.iter("testcase")))
    dear = tuple(
        f"{test} took {each:.1f} s (give its reason in {REASONS.relative_to(ROOT)})"
        for test, each in spent.items()
    )
    much = any(each > BUSY * BUDGET for each in spent.values())
    took = {each.get("name"): each.get("value") for each in suite.iterfind("properties/property")}
    cpu = f"{took.get(budget.PROPERTY, '?')} ({took.get(budget.ONCE, '?')})"
    return Result(name, seconds, count["tests"], failed, count["skipped"], status, cpu, dear, much)


def over_budget(cases: Iterable[ET.Element]) -> Iterator[tuple[str, float]]:
    """Yield the tests that took more than BUDGET, with their seconds; not those that have a reason."""
    reasons: dict[str, str] = yaml.safe_load(REASONS.read_text("utf-8")) or {}
    for case in cases:
        name = f"{file_of(case)}::{case.get('name')}"
        taken = case.find(f"properties/property[@name='{budget.PROPERTY}']")
        seconds = float(taken.get("value", "0")) if taken is not None else 0.0
        if seconds > BUDGET and not any(name.startswith(each) for each in reasons):
            yield name, seconds


def dearest(results: list[Result]) -> Iterator[str]:
    """Yield the slowest tests, and the files that take most, as lines: seconds with set-up, and where."""
    tests: list[tuple[float, str]] = []
    files: dict[str, float] = {}
    for result in results:
        try:
            cases = list(ET.parse(report_of(result.name)).iter("testcase"))
        except (OSError, ET.ParseError):
            continue
        for case in cases:
            file, seconds = file_of(case), float(case.get("time", "0"))
            tests.append((seconds, f"{file}::{case.get('name')}"))
            files[file] = files.get(file, 0.0) + seconds
    yield f"the {SLOWEST} slowest tests"
    yield from (f"{seconds:8.1f} s  {name[:150]}" for seconds, name in sorted(tests, reverse=True)[:SLOWEST])
    most = sorted(((seconds, file) for file, seconds in files.items()), reverse=True)[:SLOWEST]
    yield f"the {SLOWEST} files that take most"
    yield from (f"{seconds:8.1f} s  {file}" for seconds, file in most)


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
    began = time.monotonic()
    results = run(lanes)
    total = time.monotonic() - began
    print("", *dearest(results), sep="\n")
    print(f"\n{'suite':{WIDE}} {'tests':>6} {'failed':>7} {'skipped':>8} {'time':>10} {'cpu (once)':>13}")
    for result in results:
        print(result.line())
    if not any(word.startswith("storm") for word in words) and (said := storm.due()):
        print(said)
    if any("chosen" in word for word in words):
        rooms, browsers = len(sparing.spared()), len(sparing.chosen())
        print(
            f"{rooms} tests of the rooms and {browsers} in a browser are spared (tests/spared): "
            "`make whole` runs them too."
        )
    tests = sum(result.tests for result in results)
    good = all(result.good for result in results)
    print(f"{'all':{WIDE}} {tests:6} {'':16} {total:8.1f} s  {'passed' if good else 'FAILED'}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
