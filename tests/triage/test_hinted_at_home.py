"""What a child writes in passing of hunger, care and cold at home is read first by a lead and wakes no one;
who comes in, watches or films while a child is undressed tells at any hour."""

from pathlib import Path

import pytest

from schoolgate.triage import URGENT, tells_now, triage

LINES = Path(__file__).with_name("hinted_at_home.tsv")
ROWS = [line.split("\t") for line in LINES.read_text("utf-8").splitlines() if line[0] != "#"]
WRONG = {"Long sleeves for PE when it is cold, is that allowed?"}
"""Harmless, and read first: the model that was learned finds it, no list does."""
MISSED = {"i take the rolls nobody wants at dinner and we have them at night"}
"""A hint that no list has, and of which the model isn't sure enough."""


def put(text):
    why = [(str(each.lane), each.kind) for each in triage(text).why if each.lane in URGENT]
    return "danger" if tells_now(why) else "lead" if why else "free"


def test_each_line_reaches_whom_it_says():
    got = {text: (mark, put(text)) for mark, _tongue, text in ROWS}
    assert {text for text, (mark, to) in got.items() if mark == "danger" and to != "danger"} == set()
    assert {text for text, (mark, to) in got.items() if mark == "lead" and to == "free"} == MISSED
    assert {text for text, (mark, to) in got.items() if mark == "free" and to != "free"} == WRONG


def test_a_hint_of_hunger_wakes_no_one():
    assert put("can i come to breakfast club on sundays too theres never anything in") == "lead"
    assert put("does anyone else have to ask before they open the fridge lol") == "lead"


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("Dilys comes in when im getting changed", "the cat comes in when im getting changed"),
        ("mae Non yn dod i mewn pan dwi'n newid", "dwi'n dod i mewn pan mae'r amserlen yn newid"),
        ("my uncle stands by the door while i shower", "my uncle stands by the door of the shop"),
        ("a man walks in when the girls are getting changed", "a man walks in when the girls are singing"),
    ],
)
def test_who_comes_in_while_one_is_undressed_is_danger_and_who_comes_in_else_is_not(told, plain):
    assert put(told) == "danger"
    assert put(plain) != "danger"
