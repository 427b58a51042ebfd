"""The project's own files, as the gates look at them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def own_files(*patterns: str) -> list[Path]:
    """The files that git keeps or would keep, matching any of the patterns."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(path for name in set(found) if (path := ROOT / name).is_file())


def name_of(path: Path) -> str:
    """A file's name from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def check(name: str, *words: str) -> None:
    """Run a program of the environment; the test fails with all that it says when it is not content."""
    program = str(Path(sys.executable).parent / name)
    done = subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        pytest.fail(f"{name} {' '.join(words)[:80]}: status {done.returncode}\n{said[-8000:]}", pytrace=False)
