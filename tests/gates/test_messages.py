"""Every sentence is in the catalogue, has its Welsh, and is compiled."""

import sys
from pathlib import Path

import pytest

from tests.gates.files import ROOT, check


@pytest.mark.slow
def test_every_sentence_is_translated_and_compiled():
    check(Path(sys.executable).name, str(ROOT / "scripts" / "messages.py"), "--check")
