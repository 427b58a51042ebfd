"""A film's captions are read as they are shown: a name over cues, behind tags and signs, in who speaks."""

from schoolgate.media.captions import read_captions, words_of, written
from schoolgate.screening import Kind, Listed, NameIndex, Strength, screen

PUPILS = NameIndex([Listed(1, "Osian", "Prydderch", form="4B", year="4")])
SAID = {
    "whole": ["Well done Osian Prydderch"],
    "over two cues": ["Well done Osian", "Prydderch of the under tens"],
    "with a sound between": ["Well done Osian", "[applause]", "Prydderch"],
    "who speaks, between": ["<v Coach>Well done Osian", "<v Coach>Prydderch"],
    "who speaks": ["<v.loud Osian Prydderch>I like football"],
    "broken at the end of a cue": ["Osian Pryd-", "derch scored"],
    "broken at the end of a line": ["Osian Pryd-\nderch scored"],
    "with a soft hyphen at the end": ["Osian Pryd\u00ad", "derch scored"],
    "a tag inside": ["Os<b>ian</b> Pryd<i>derch</i>"],
    "a tag that no one knows inside": ["Os<x>ian Pryd<x>derch"],
    "a colour as SRT writes it": ["Osian <font color=red>Prydderch</font>"],
    "word by word": ["Osian <00:00.500>Prydderch"],
    "letters as numbers": ["&#79;sian Prydd&#101;rch"],
    "signs that no one sees": ["Osi&shy;an Pryd\u200bder&lrm;ch"],
    "a blank that stays": ["Osian&nbsp;Prydderch"],
    "with the class": ["Osian from", "4B scored"],
    "an initial": ["O. Prydderch"],
    "shown at once": ["Osian", "the crowd goes wild", "Prydderch"],
    "surname first": ["Prydderch,", "Osian"],
}
HARMLESS = [
    "The under tens were well-\nknown for kindness",
    "A score of 4 <5 and 3> 2",
    "Year 4B won",
    "Well done every-\none",
]


def captions(cues):
    times = "".join(f"00:{n:02}.000 --> 00:{n:02}.900\n{words}\n\n" for n, words in enumerate(cues))
    return written(read_captions(f"WEBVTT\n\n{times}"))


def found(cues):
    hits = screen(words_of(captions(cues)), PUPILS).hits
    return {hit.strength for hit in hits if hit.kind is Kind.PUPIL} - {Strength.MENTION}


def test_a_name_in_captions_is_found_however_the_cues_write_it():
    assert [way for way, cues in SAID.items() if not found(cues)] == []
    assert [words for words in HARMLESS if found([words])] == []


def test_less_than_and_more_than_stay_words_and_a_tag_is_none():
    assert words_of(captions(["3 < 4 and 5 > 2", "I <3 you", "a<hr>b"])) == "3 < 4 and 5 > 2\nI <3 you\nab"
