"""Abusive words are masked, and nothing else of a text changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.triage import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("What a bitch!", "What a b***!"),
        ("Fuck this. Really.", "F*** this. Really."),
        ("The bus was late.", "The bus was late."),
        ("", ""),
    ],
)
def test_a_strong_word_is_its_first_letter_and_stars(text, shown):
    assert masked(text) == shown


def test_every_strong_word_is_masked_not_only_the_first():
    assert masked("bitch, bitch") == "b***, b***"


@given(st.text(max_size=200))
def test_any_text_can_be_masked_and_never_gets_a_word_that_was_not_there(text):
    found = masked(text)
    assert masked("The bus was late. " + text).startswith("The bus was late.") or found != text
    assert all(part in text for part in found.split("***") if part)
