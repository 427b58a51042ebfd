"""Runs the long storms, the generated tests at their full size and with other values, and every pattern again
(`make storm`); notes the state of the code that they left whole.

`make test` asks `due()` at its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.digests import digest_of  # noqa: E402

HIT = ("schoolgate/core", "schoolgate/jobs", "schoolgate/networks")
"""What a storm tries: what it changes shows in no other test of `make test` for as long."""
NOTE = Path("tests/faults/stormed.txt")


def digest(root: Path = ROOT) -> str:
    """Return a digest of the code that a storm tries."""
    return digest_of((path for folder in HIT for path in sorted((root / folder).rglob("*.py"))), root)


def due(root: Path = ROOT) -> str:
    """Return what to say where the code isn't the one that the last long storms left whole; else nothing."""
    note = root / NOTE
    if note.exists() and note.read_text().strip() == digest(root):
        return ""
    return f"{', '.join(HIT)}: changed since the last long storms. Run `make storm` and commit {NOTE}."


def main() -> int:
    """Run the storms; where all is whole afterwards, note it. Returns what the suite returned."""
    before = digest()
    lane = "storm,sized,drawn,tests/gates/test_patterns.py,tests/gates/test_bench_runs.py"
    words = [sys.executable, str(ROOT / "scripts" / "suites.py"), lane]
    status = subprocess.run(words, check=False, env=os.environ | {"SCHOOLGATE_TEST_STORM": "1"}).returncode
    if status == 0:
        (ROOT / NOTE).write_text(before + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
