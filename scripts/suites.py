"""Runs the named suites one after another, each as its own process, and prints what each took and found.

Nothing is left out in silence: a suite without a test, and a test that was skipped, are failures.
"""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "tests" / "report"
MARKED = "processes or browser or bluesky or faults"
PURE = ("tests/rulebook", "tests/policies")


def _not(*folders: str) -> tuple[str, ...]:
    return tuple(f"--ignore={folder}" for folder in folders)


SUITES: dict[str, tuple[str, ...]] = {
    "gates": ("tests/gates",),
    "quick-gates": ("tests/gates", "-m", "not slow"),
    "rulebook": tuple(folder for folder in PURE if (ROOT / folder).is_dir()),
    "areas": ("tests", *_not("tests/gates", *PURE), "-m", f"not ({MARKED})"),
    "processes": ("tests", *_not("tests/gates"), "-m", "processes"),
    "journeys": ("tests", *_not("tests/gates"), "-m", "browser"),
    "network": ("tests", *_not("tests/gates"), "-m", "bluesky"),
    "faults": ("tests", *_not("tests/gates"), "-m", "faults"),
}


@dataclass(frozen=True)
class Result:
    """What one suite came to."""

    name: str
    seconds: float
    tests: int
    failed: int
    skipped: int
    status: int

    @property
    def good(self) -> bool:
        """Whether everything ran and passed."""
        return self.status == 0 and self.tests > 0 and self.failed == 0 and self.skipped == 0

    def line(self) -> str:
        """A row of the table."""
        verdict = "passed" if self.good else "FAILED"
        return (
            f"{self.name:12} {self.tests:6} {self.failed:7} {self.skipped:8} {self.seconds:8.1f} s  {verdict}"
        )


def run(name: str) -> Result:
    """Run one suite, its output going to the terminal."""
    print(f"\n=== {name} ===", flush=True)
    REPORT.mkdir(parents=True, exist_ok=True)
    report = REPORT / f"{name}.xml"
    report.unlink(missing_ok=True)
    began = time.monotonic()
    words = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider"]
    words += [f"--junitxml={report}", "--durations=5", *SUITES[name]]
    status = subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    return read(name, report, time.monotonic() - began, status)


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
    return Result(name, seconds, count["tests"], failed, count["skipped"], status)


def main(names: list[str]) -> int:
    """Run the suites, print the table; returns 1 when one of them is not good."""
    unknown = [name for name in names if name not in SUITES]
    if unknown or not names:
        print(f"usage: suites.py SUITE ...; suites: {', '.join(SUITES)}", file=sys.stderr)
        return 2
    results = [run(name) for name in names]
    total = sum(result.seconds for result in results)
    print(f"\n{'suite':12} {'tests':>6} {'failed':>7} {'skipped':>8} {'time':>10}")
    for result in results:
        print(result.line())
    tests = sum(result.tests for result in results)
    good = all(result.good for result in results)
    print(f"{'all':12} {tests:6} {'':16} {total:8.1f} s  {'passed' if good else 'FAILED'}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
