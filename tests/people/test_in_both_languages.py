"""Who may read a comment doesn't depend on its language: the same sentence in English and in Welsh waits for
a lead in both or in neither, and both tell of danger."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolgate.people.accusations import may_accuse
from schoolgate.triage import Lane, triage

FAMILY = [
    ("stepdad", "llystad"), ("stepdad", "llysdad"), ("stepmum", "llysfam"), ("stepbrother", "llysfrawd"),
    ("stepsister", "llyschwaer"), ("dad", "nhad"), ("dad", "dad"), ("mum", "mam"), ("brother", "mrawd"),
    ("sister", "chwaer"), ("uncle", "ewythr"), ("uncle", "wncwl"), ("uncle", "yncl"), ("aunt", "modryb"),
    ("auntie", "anti"), ("grandad", "taid"), ("grandad", "nhad-cu"), ("grandad", "nhadcu"), ("gran", "nain"),
    ("gran", "mam-gu"), ("gran", "mamgu"), ("cousin", "nghefnder"), ("cousin", "nghyfnither"),
    ("boyfriend", "nghariad"), ("parents", "rhieni"), ("neighbour", "nghymydog"),
]  # fmt: skip
"""Of a child who tells: it's the page's at once, and the leads'."""
ADULTS_HERE = [("teacher", "athro"), ("coach", "hyfforddwr"), ("headteacher", "mhennaeth")]
"""Until a lead has read it, it's no one else's."""
DONE = [
    ("my {} hits me", "mae fy {} yn fy mwrw i"),
    ("my {} hits me", "mae fy {}'n fy mwrw i"),
    ("my {} hits me", "ma fy {} yn fy nharo i"),
    ("my {} touches me", "mae fy {} yn fy nghyffwrdd i"),
    ("my {} touched me last night", "mae fy {} wedi fy nghyffwrdd i neithiwr"),
    ("my {} threatens me", "mae fy {} yn fy mygwth i"),
    ("my {} locked us in", "mae fy {} yn cloi ni"),
    ("my {} kissed me", "mae fy {} wedi fy nghusanu"),
    ("my {} hit me", "trawodd fy {} fi"),
    ("i got hit by my {}", "ges i fy nharo gan fy {}"),
]


@pytest.mark.parametrize(("english", "welsh"), DONE)
def test_the_same_sentence_of_ones_family_waits_for_a_lead_in_neither_language(english, welsh):
    told = [(english.format(one), welsh.format(other)) for one, other in FAMILY]
    assert [pair for pair in told if any(map(may_accuse, pair))] == []


@pytest.mark.parametrize(("english", "welsh"), DONE)
def test_the_same_sentence_of_an_adult_here_waits_for_a_lead_in_both(english, welsh):
    told = [(english.format(one), welsh.format(other)) for one, other in ADULTS_HERE]
    assert [pair for pair in told if not all(map(may_accuse, pair))] == []


@pytest.mark.parametrize(("english", "welsh"), DONE)
def test_the_same_sentence_of_ones_family_tells_of_danger_in_both(english, welsh):
    told = [(english.format(one), welsh.format(other)) for one, other in FAMILY if one != "neighbour"]
    found = [(pair, [triage(each).lane for each in pair]) for pair in told]
    assert [one for one in found if set(one[1]) != {Lane.DANGER}] == []


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("the ball hit me", "trawodd y bêl fi"),
        ("a boy in my class hit me", "mae bachgen yn fy nosbarth wedi fy mwrw i"),
        ("anti-bullying week was good", "roedd wythnos gwrth-fwlio yn dda"),
    ],
)
def test_what_no_adult_did_waits_for_a_lead_in_neither(english, welsh):
    assert [may_accuse(english), may_accuse(welsh)] == [False, False]


LINES = (Path(__file__).parent / "in_both_languages.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("what", "english", "welsh"), PAIRS)
def test_lines_of_the_danger_lists_that_are_counterparts_say_the_same(what, english, welsh):
    tells = {triage(each).lane == Lane.DANGER for each in (english, welsh)}
    assert tells == {what == "danger"}
