"""A first name and a surname beside a class are asked about without a list of pupils, and what only looks
like them isn't."""

import pytest

from schoolgate.screening import Kind, NameIndex, screen
from schoolgate.screening.written_names import has_written_name


def clues(text):
    return [hit.words for hit in screen(text, NameIndex(())).hits if hit.kind is Kind.CLUE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Well done to Nerys Vaughan in Year 5, who won a medal.", "Nerys Vaughan in Year 5"),
        ("Well done Nerys Vaughan (Year 5)!", "Nerys Vaughan (Year 5"),
        ("Well done Nerys V in Class 4B", "Nerys V in Class 4B"),
        ("Year 6’s Tomos Bowen sang.", "Year 6’s Tomos Bowen"),
        ("Da iawn Nerys Vaughan ym Mlwyddyn 4", "Nerys Vaughan ym Mlwyddyn 4"),
        ("Grace Vaughan, Reception, drew this.", "Grace Vaughan, Reception"),
    ],
)
def test_a_whole_name_beside_a_class_is_asked_about_where_no_list_has_it(text, words):
    assert words in clues(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sports Day in Year 5", "World Book Day in Year 5", "Harvest Festival in Year 3",
        "Maths Week, Year 2",
        "Mrs Vaughan in Year 5 reads to us", "Year 5 Maths Week", "Year 6 Leavers Assembly",
        "Forest School from Reception", "Year 4 Roman Soldiers", "nerys vaughan in year 5",
    ],
)  # fmt: skip
def test_an_event_a_place_or_a_teacher_beside_a_class_is_none(text):
    assert clues(text) == []


def test_a_name_alone_only_looks_like_one():
    assert has_written_name("Well done to Nerys Vaughan, who won!")
    assert clues("Well done to Nerys Vaughan, who won!") == []
    assert not has_written_name("Open Day at ten. Mrs Vaughan will be there.")
