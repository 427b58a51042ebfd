"""What a post tells of one child who isn't named, and where a group is each week or at this minute, is asked
about; what sounds like it isn't."""

from __future__ import annotations

from pathlib import Path

from bench.screened_posts import clean_posts
from schoolgate.screening import Kind, NameIndex, Strength, screen
from schoolgate.screening.by_a_mark import find_marked

LINES = Path(__file__).parent / "singled_out.tsv"
ASKED_AS_BEFORE = {
    "Choir rehearsal is every Tuesday at 12.30 in the music room",
}
"""Harmless, and asked about, as before these words."""
NONE = NameIndex(())
ELSEWHERE = Path(__file__).parent / "singled_out_elsewhere.tsv"
MISSED = {"Bydd plant y clwb brecwast yn cerdded o'r neuadd i'r ysgol am 8.30 bob bore."}
ASKED_ELSEWHERE = {
    "Former pupil Dr Jane Hall, now a surgeon at the RVI, spoke to Year 9 about her work.",
    "Our adopted donkey has a new name.",
}
"""Harmless, and asked about, as before these lines were looked at."""


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


def test_lines_written_without_these_words_in_mind_are_told_apart_too():
    """Names are tried elsewhere: here it's what has none. 28 of the 44 were found at first sight."""
    lines = [line.split("\t") for line in ELSEWHERE.read_text("utf-8").splitlines() if line[0] != "#"]
    found = {text: bool(asked(text)) for _half, _tongue, _what, text in lines}
    assert {text for *_, what, text in lines if what == "*" and not found[text]} == MISSED
    assert {text for *_, what, text in lines if what == "-" and found[text]} == ASKED_ELSEWHERE


def test_a_child_told_apart_by_what_they_have_or_wear_is_asked_about():
    marked = (
        "The girl with the guide dog in Year 4 won",
        "A girl with blue glasses and a hearing aid holds the cup",
        "Merch â sbectol las a chymorth clyw yn dal y cwpan",
        "the boy with the hearing aid in 4M scored",
        "the girl in the wheelchair won the sprint",
        "our pupil on crutches came last",
        "the lad with the stammer read a poem",
        "the child with the ginger hair in the front row",
        "the one in the red hijab",
        "the tallest girl in Year 4",
        "Year 4's only Polish pupil",
        "our youngest pupil starts today",
        "y ferch gyda'r ci tywys ym Mlwyddyn 4",
        "y bachgen yn y gadair olwyn",
    )
    harmless = (
        "The girls in the red bibs won",
        "children with packed lunches go first",
        "the boy with the golden ticket is a play",
        "a girl with a pearl earring",
        "Year 4 with their guide dog visitor",
        "the child with the most stickers",
        "the girl on the poster is a drawing",
        "our youngest pupils start today",
    )
    assert [text for text in marked if not asked(text)] == []
    assert [text for text in harmless if asked(text)] == []
    assert [text for text in clean_posts(300) if list(find_marked(text))] == []


def test_a_class_a_grown_up_and_a_paper_hat_single_out_no_one():
    for text in (
        "A group from Year 4 moved to Room 7",
        "Our visitor from Year 9 Books left a parcel",
        "The girl in the paper hat won a prize",
        "The boys from Durham in Year 9 kit won",
        "Welcome to the awareness week for children who are adopted",
        "A letter from Year 6 went to London; it left Alnwick",
        "A walk in Year 4 off to Alnwick",
    ):
        assert asked(text) == set(), text
