"""What a watch may search for: names of schools, never a person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.listening.watching import (
    A_PERSON,
    NO_NAME,
    OTHER_WORDS,
    TOO_LONG,
    TOO_SHORT,
    Names,
    mentions,
    why_not,
)
from schoolgate.screening.names import Listed, NameIndex

NAMES = Names(
    ("Oakwood Primary School", "King James's School", "Ysgol Dŵr y Felin", "Wildground Federation"),
    ("oakwood.bsky.social", "@OakwoodPrimary"),
)
PEOPLE = NameIndex(
    [
        Listed(1, "Grace", "Young", "Gracie"),
        Listed(2, "Helen", "Oakwood"),
        Listed(3, "James", "King"),
        Listed(4, "Owain", "ap Rhys"),
    ]
)


def refused(phrase):
    found = why_not(phrase, NAMES, PEOPLE)
    return found[0] if found else None


@pytest.mark.parametrize(
    "phrase",
    ["Oakwood Primary School", "oakwood primary", "Oakwood", "OPS complaints", "Dwr y Felin",
     "Oakwood parking", "Ysgol Dŵr y Felin ar gau", "@oakwood.bsky.social", "oakwoodprimary",
     "King James's School", "OakwoodPrimarySchool"],
)  # fmt: skip
def test_a_schools_name_is_searched_for(phrase):
    assert refused(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "why"),
    [("Grace Young", A_PERSON), ("grace young", A_PERSON), ("@graceyoung", A_PERSON),
     ("Young, Grace", A_PERSON), ("Oakwood Grace Young", A_PERSON), ("Helen Oakwood", A_PERSON),
     ("GRACIE YOUNG oakwood", A_PERSON),
     ("Oakwood Liam", OTHER_WORDS), ("Mr Smith Oakwood", OTHER_WORDS), ("@someone.bsky.social", OTHER_WORDS),
     ("year 6 Oakwood", OTHER_WORDS), ("school closed", NO_NAME), ("primary", NO_NAME), ("of", TOO_SHORT),
     ("", TOO_SHORT), ("!?", TOO_SHORT), ("Oakwood " * 11, TOO_LONG)],
)  # fmt: skip
def test_what_is_no_schools_name_is_refused(phrase, why):
    assert refused(phrase) == why


def test_the_words_that_are_no_part_of_a_name_are_told():
    assert why_not("Oakwood Liam Murphy", NAMES, PEOPLE) == (OTHER_WORDS, ("liam", "murphy"))


def test_eighty_letters_are_taken_and_eighty_one_are_not():
    eighty = ("Oakwood school " * 6)[:79] + "s"
    assert (len(eighty), refused(eighty)) != (80, TOO_LONG)
    assert refused(eighty + "x") == TOO_LONG


@given(st.text(max_size=90))
def test_no_text_that_is_let_through_has_a_word_from_elsewhere(phrase):
    if refused(phrase) is None:
        assert mentions(phrase, [phrase])


@given(st.sampled_from(["Grace", "grace", "GRACE", "Gracie"]), st.sampled_from([" ", "-", "_", "."]),
       st.sampled_from(["", "Oakwood ", "Oakwood Primary School "]))  # fmt: skip
def test_a_name_however_it_is_written_is_refused(first, between, before):
    assert refused(f"{before}{first}{between}Young") in (A_PERSON, OTHER_WORDS)


@pytest.mark.parametrize(
    ("text", "there"),
    [("Parking at Oakwood Primary is a disgrace", True), ("#OakwoodPrimary again", True),
     ("OAKWOOD PRIMARY’S new hall", True), ("oakwood, primary", True), ("Oakwood's other primary", False),
     ("Primary Oakwood", False), ("", False), ("oakwoods primary", False)],
)  # fmt: skip
def test_a_text_contains_the_words_in_order(text, there):
    assert mentions(text, ["Oakwood Primary"]) is there


def test_accents_do_not_matter_and_a_megabyte_is_read_to_its_limit():
    assert mentions("Mae ysgol DWR Y FELIN ar gau", ["Dŵr y Felin"])
    assert not mentions("x " * 500_000 + "Oakwood Primary", ["Oakwood Primary"])
