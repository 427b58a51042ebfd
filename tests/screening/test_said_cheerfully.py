"""Whose relation a child is, where a few wait or sleep, what singles one out and who is fostered is asked
about however cheerfully it's said; what a hall smells of isn't."""

from pathlib import Path

import pytest

from schoolgate.screening import NameIndex, Strength, screen

LINES = Path(__file__).with_name("said_cheerfully.tsv")
ROWS = [line.split("\t") for line in LINES.read_text("utf-8").splitlines() if line[0] != "#"]
MISSED = {"Our littlest ever Joseph had to stand on a box."}
"""Singles one out and isn't found by a list: what is called the littlest ever may as well be a thing."""


def asked(text):
    return {str(hit.kind) for hit in screen(text, NameIndex(())).hits if hit.strength is not Strength.MENTION}


def test_each_line_is_asked_about_or_not_as_it_says():
    found = {(mark, text) for mark, text in ROWS if asked(text)}
    assert {text for mark, text in ROWS if mark == "!"} - {
        text for mark, text in found if mark == "!"
    } == MISSED
    assert {text for mark, text in found if mark == "-"} == set()


@pytest.mark.parametrize(
    ("told", "plain", "kind"),
    [
        ("Da iawn i wyres y Maer am ganu", "Da iawn i fy wyres am ganu", "clue"),
        ("The head's goddaughter read first", "The head read first", "clue"),
        ("The garage twins won", "The garage won", "clue"),
        ("Our only wheelchair racer in Year 6 won", "The only question in Year 6 was who won", "clue"),
        ("Diolch i deulu maeth Tomos", "Noson wybodaeth i deulu maeth y sir", "clue"),
        ("The same two faces are at the bus stop at ten past seven",
         "The same two buses are at the bus stop at ten past seven", "place"),
        ("Mae'r plant yn cysgu yn y neuadd heno", "Mae'r hamster yn cysgu yn y neuadd heno", "place"),
        ("Year 3 are in the hall at Brecon tonight", "The hall has fresh paint tonight, say Year 3", "place"),
    ],
)  # fmt: skip
def test_beside_each_kind_stands_one_that_tells_nothing(told, plain, kind):
    assert kind in asked(told)
    assert kind not in asked(plain)
