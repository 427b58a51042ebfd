"""Kinds of words that went out to everyone, or to the wrong people, in new words: `new_words.tsv` was written
before the lists were changed for it, each kind with harmless lines beside it."""

from pathlib import Path

import pytest

from schoolgate.people.said_of import Said, said_of, threatens
from schoolgate.people.turning_to import only_turns_to
from schoolgate.screening import Listed, NameIndex, Strength, screen
from schoolgate.triage import Lane, tells_now, triage

LINES = [
    line.split("\t") for line in Path(__file__).with_name("new_words.tsv").read_text("utf-8").splitlines()
]
WALLED = (("Mali", "Rees"), ("Freya", "Lund"), ("Tomos", "Puw"))
INDEX = NameIndex(Listed(key, first, last, walled=True) for key, (first, last) in enumerate(WALLED))
NONE = NameIndex(())
WRONG = {
    "Please don't tell my dad, it's a surprise for his birthday at the stage show",
    "Chess club is on every Tuesday, please collect your child from the hall at five",
    "Y bws mini melyn sy'n mynd i'r pwll ddydd Gwener gyda Blwyddyn 4.",
    "The yellow minibus goes to the pool on Friday with Year 4",
    "Mali is a country in Africa",
}
"""Harmless, and asked about, as before."""


def is_asked(text):
    return any(hit.strength is not Strength.MENTION for hit in screen(text, NONE).hits)


def is_of_the_lead(text):
    return "speed" in text.lower()


FINDS = {
    "hiding": lambda text: tells_now({(each.lane, each.kind) for each in triage(text).why}),
    "threat": threatens,
    "place": is_asked,
    "route": is_asked,
    "one": is_asked,
    "health": is_asked,
    "matter": is_asked,
    "name": lambda text: any(
        hit.of and hit.strength is not Strength.MENTION for hit in screen(text, INDEX).hits
    ),
}


@pytest.mark.parametrize("kind", FINDS)
def test_new_words_of_a_kind_are_found_and_harmless_ones_are_free(kind):
    found = {(expected, text): FINDS[kind](text) for of, expected, text in LINES if of == kind}
    assert [text for (expected, text), got in found.items() if expected == "found" and not got] == []
    assert {text for (expected, text), got in found.items() if expected == "free" and got} <= WRONG


def test_who_helped_is_not_who_hurt_where_another_is_named():
    got = {
        (expected, text): only_turns_to(text, lead=is_of_the_lead, another=lambda _part: False)
        for of, expected, text in LINES
        if of == "helper"
    }
    assert len(got) == 21
    assert [text for (expected, text), turns in got.items() if turns is not (expected == "kept_in")] == []


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Tell Lister I know what time he locks up. Bringing my blade tomorrow night", False),
        ("Dwedwch wrth Lister fy mod i'n gwybod pryd mae'n cloi. Dwi'n dod â'r gyllell nos fory", False),
        ("Lister hit my son. Bringing my blade tomorrow night", True),
        ("Lister brought a knife to school", True),
    ],
)
def test_who_is_threatened_with_a_weapon_did_nothing_by_that(text, done):
    lanes = {each.lane for each in triage(text).why}
    assert Lane.THREAT in lanes
    said = said_of(
        text, lanes=lanes, is_name=lambda word: word == "lister", names_one=lambda one: "Lister" in one
    )
    assert (said is Said.DONE) is done
