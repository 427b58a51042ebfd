"""What would go out unasked of where children are and what they do alone, and words that draw one aside.

`unasked.tsv` was written from a walk by an outsider before the lists were changed for it, `unasked_after.tsv`
after the first change and before the second, by the same hand.
"""

from pathlib import Path

import pytest

from schoolgate.screening import Listed, NameIndex, Strength, screen
from schoolgate.triage import drawn_aside

HERE = Path(__file__).parent
WALLED = (("Freya", "Lund"), ("Mali", "Pugh"), ("Robert", "Obi"), ("Grace", "Young"), ("Mary", "Cole"))
INDEX = NameIndex(Listed(key, first, last, walled=True) for key, (first, last) in enumerate(WALLED))
NONE = NameIndex(())
WRONG = {
    "All children can be collected from the hall at 3.20 today",
    "The walking bus leaves the green at 8.30 with two adults",
    "marys little lamb was sung by Year 1",
}
"""Harmless, and asked about; the first two were before."""
MISSED = {
    "athrawes mali yn sâl",
    "Swimmers back at school about 3.45 today, side gate please",
    "Nofwyr yn ôl yn yr ysgol tua 3.45 heddiw, giât ochr os gwelwch yn dda",
}


def rows(name):
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


def is_found(kind, text):
    if kind == "aside":
        return bool(drawn_aside(text))
    if kind == "name":
        return any(hit.of and hit.strength is not Strength.MENTION for hit in screen(text, INDEX).hits)
    return any(str(hit.kind) == "place" for hit in screen(text, NONE).hits)


@pytest.mark.parametrize("name", ["unasked.tsv", "unasked_after.tsv"])
def test_routines_trips_names_and_drawing_aside_are_asked_about_and_harmless_lines_are_not(name):
    found = {(expected, text): is_found(kind, text) for kind, _tongue, expected, text in rows(name)}
    assert {text for (expected, text), got in found.items() if expected == "found" and not got} <= MISSED
    assert {text for (expected, text), got in found.items() if expected == "free" and got} <= WRONG


def test_just_is_read_only_where_it_means_that_no_one_else_comes():
    assert drawn_aside("Wait for me after the club, just you")
    assert drawn_aside("Aros ar ôl y clwb, jyst ni'n dau")
    assert not drawn_aside("Just wait for me to open the door, you know where")


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Lund goes over the spellings every three weeks",
        "Learn to knit in 2D and 3D in the library on Monday at 4",
        "2B pencils are on sale in the library on Monday",
        "Year 6 may walk home by themselves if a parent has signed the form",
        "You can find her poem on the school website",
    ],
)
def test_what_only_sounds_like_a_routine_is_free(text):
    assert not is_found("trip", text)


IN_SCHOOL = [
    "Year 6 assembly is on Friday at 9.10 in the hall.",
    "Year 6 assembly on Friday in the hall",
    "Please remember wellies and a waterproof coat for forest school this week.",
    "Year 2 need wellies for forest school on Thursday.",
    "Wellies for forest school on Thursday please, Reception!",
    "Forest school for Year 1 starts on Monday, so pack spare socks.",
    "Reception have PE in the hall on Mondays.",
    "Year 10 mock exams start on Monday in the sports hall.",
    "Flu vaccinations for Year 7 are in the drama hall on Thursday.",
    "Gwasanaeth Blwyddyn 6 ddydd Gwener yn y neuadd am 9.10.",
    "Cofiwch welis ar gyfer ysgol goedwig Blwyddyn 2 ddydd Iau.",
    "Ysgol goedwig i'r Meithrin ddydd Mawrth: welis a chot law os gwelwch yn dda.",
    "Year 5 are sharing their Tudor models in the lower hall this afternoon at 2.",
    "Year 4 have library books due back on Tuesday.",
]
ELSEWHERE = [
    "Year 6 are at Wetherby Village Hall on Friday from 9.",
    "Year 6 assembly is in the village hall on Friday at 9.10.",
    "Reception are at Mill Wood for forest school on Thursday till 2.",
    "Forest school is in the copse behind the church on Thursdays, Year 2.",
    "Year 4 will be at Leeds Town Hall tomorrow until 3.",
    "Bydd ysgol goedwig Blwyddyn 2 yng nghoed Pella ddydd Iau.",
    "Bydd Blwyddyn 2 yn y goedwig ddydd Iau.",
    "5B are at Otley Hall on Tuesday morning.",
]


def test_a_whole_class_in_the_schools_own_place_is_free_and_in_anyone_elses_is_asked_about():
    assert [text for text in IN_SCHOOL if is_found("trip", text)] == []
    assert [text for text in ELSEWHERE if not is_found("trip", text)] == []
