"""A first name alone that is an ordinary word where it stands isn't asked about."""

from __future__ import annotations

import pytest

from schoolgate.screening import Listed, NameIndex, Strength, is_ordinary_word, screen
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold

INDEX = NameIndex(
    Listed(number, first, "Example")
    for number, first in enumerate(
        [
            "May",
            "Will",
            "Mark",
            "Hope",
            "Joy",
            "Summer",
            "Victoria",
            "Rose",
            "George",
            "Daisy",
            "Grace",
            "Tomos",
        ]
    )
)
WORDS = (
    "The fair is in May.",
    "We meet on 3 May at noon, and on 4th May.",
    "Open from May to July, and until May half-term.",
    "May Day and the May bank holiday.",
    "Hope to see you there. Hope you can come.",
    "Will you join us? Will there be cake? Will we win?",
    "Mark your calendars. Mark the day. May we thank all who came?",
    "Our Summer fair, the Summer term and Summer Reading.",
    "Victoria Park was full. See you in Victoria Road, by Rose Street.",
    "St George’s Day and Daisy class.",
    "Joy to all our families.",
)
NAMES = (
    "Will scored twice.",
    "May won the race.",
    "Well done May, Hope and Joy!",
    "Summer sang a song.",
    "Mark and Grace planted a tree.",
    "Grace read to Rose.",
    "Da iawn Tomos!",
    "George and Victoria at the match.",
    "We thank Will for the drawing.",
)


def firsts(text):
    found = [each for each in screen(text, INDEX).hits if each.strength is Strength.MENTION]
    return [(each.words, is_ordinary_word(text, each)) for each in found]


@pytest.mark.parametrize("text", WORDS)
def test_a_month_a_season_a_place_or_a_word_to_the_reader_names_no_one(text):
    assert firsts(text)
    assert {words for words, ordinary in firsts(text) if not ordinary} == set()


@pytest.mark.parametrize("text", NAMES)
def test_a_child_of_that_name_is_seen(text):
    assert firsts(text)
    assert {words for words, ordinary in firsts(text) if ordinary} == set()


SHORT_AND_WORD = NameIndex(
    [
        Listed(1, "Idris", "Hughes"),
        Listed(2, "Idris", "Parry", walled=True),
        Listed(3, "Violet", "Rees", walled=True),
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to thank Mrs Hughes",
        "I’d rather wait",
        "Id love to come",
        "Bring your ID card",
        "Bring your Id card",
        "Dewch â'ch cerdyn ID",
        "The ID of the account",
        "Well done Form VI",
    ],
)
def test_what_is_short_for_a_first_name_and_a_word_names_no_one(text):
    assert find_names(fold(text), SHORT_AND_WORD) == []


@pytest.mark.parametrize(
    "text", ["Id Hughes won", "ID Hughes won", "Id won the race", "ID WON THE RACE", "Vi won"]
)
def test_what_is_short_for_a_first_name_is_one_where_nothing_says_otherwise(text):
    assert find_names(fold(text), SHORT_AND_WORD) != []
