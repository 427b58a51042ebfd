"""docs/words.md is what its one file makes of it."""

import sys
from pathlib import Path

from tests.gates.files import ROOT, check


def test_the_page_of_words_is_made_of_the_file():
    check(
        Path(sys.executable).name,
        str(ROOT / "scripts" / "words.py"),
        "--check",
        then="Run `.venv/bin/python scripts/words.py`.",
    )
