"""What a family lives through singles a child out without a name: it's asked about beside one child or a
few, and what only sounds like it isn't.

`circumstances.tsv` was written before anything was looked for (13 of 33 found then),
`circumstances_after.tsv` when it was done, by the same hand: 16 of 17 found at first sight, and 1 of 17
harmless ones asked about.
"""

from pathlib import Path

import pytest

from bench.screened_posts import clean_posts
from schoolgate.screening import Kind, NameIndex, Strength, screen
from schoolgate.screening.circumstances import find_circumstances
from schoolgate.screening.folding import fold

HERE = Path(__file__).parent
NONE = NameIndex(())
ORDINARY = HERE.parent.parent / "bench" / "ordinary_posts.txt"


def asked(text):
    return {hit.kind for hit in screen(text, NONE).hits if hit.strength is Strength.ASK}


@pytest.mark.parametrize("name", ["circumstances.tsv", "circumstances_after.tsv"])
def test_what_a_family_lives_through_is_asked_about_and_a_lesson_or_an_animal_is_not(name):
    rows = [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]
    assert [text for expected, _tongue, text in rows if expected == "found" and not asked(text)] == []
    assert [text for expected, _tongue, text in rows if expected == "free" and asked(text)] == []


def test_it_stops_no_post_and_asks_about_no_ordinary_one():
    text = "Our little fighter is back on the ward this week."
    assert asked(text) == {Kind.HEALTH}
    assert all(hit.strength is not Strength.STOP for hit in screen(text, NONE).hits)
    ordinary = [*clean_posts(300), *ORDINARY.read_text("utf-8").splitlines()]
    assert [line for line in ordinary if list(find_circumstances(fold(line).text))] == []
