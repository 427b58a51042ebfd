"""What journeys take for English on a Welsh page."""

import pytest

from tests.journeys.example.welsh import english_left


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("Save draft", True),
        ("Post 7", True),
        ("Postiad 7", False),
        ("Post wedi’i ddal (mae postio wedi’i atal)", False),  # a number isn't any words
        ("Nothing of the kind", True),  # in no catalogue
    ],
)
def test_a_sentence_of_the_program_and_english_words_are_found_and_welsh_is_not(said, english):
    assert english_left(f"<main><p>{said}</p></main>") == ([said] if english else [])
