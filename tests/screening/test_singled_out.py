"""What a post tells of one child who isn't named, and where a group is each week or at this minute, is asked
about; what sounds like it isn't."""

from __future__ import annotations

from pathlib import Path

from bench.screened_posts import clean_posts
from schoolgate.screening import Kind, NameIndex, Strength, screen

LINES = Path(__file__).parent / "singled_out.tsv"
ASKED_AS_BEFORE = {
    "Choir rehearsal is every Tuesday at 12.30 in the music room",
    "Bring a change of clothes for forest school on Fridays",
    "Meet our new Year 7s in the hall on Thursday at six",
}
"""Harmless, and asked about, as before these words."""
NONE = NameIndex(())


def asked(text: str) -> set[Kind]:
    return {hit.kind for hit in screen(text, NONE).hits if hit.strength is not Strength.MENTION}


def test_what_singles_a_child_out_and_where_a_group_is_is_asked_about_and_ordinary_lines_are_not():
    lines = [line.split("\t") for line in LINES.read_text("utf-8").splitlines() if line[0] != "#"]
    assert {text for expected, text in lines if bool(asked(text)) is not (expected == "1")} == ASKED_AS_BEFORE
    assert [text for text in clean_posts(300) if asked(text) & {Kind.PLACE, Kind.HEALTH}] == []


def test_it_says_what_was_seen():
    assert asked("One of our 5A pupils is on Ward 9") == {Kind.HEALTH}
    assert asked("One of our 5A pupils has moved to Blyth") == {Kind.PLACE}
    assert asked("One of our 5A pupils has won a prize") == set()
