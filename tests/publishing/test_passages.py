"""The sentences of a text."""

import pytest

from schoolgate.publishing.reviewing import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two!  Three?", ["One.", "Two!", "Three?"]),
        (" \t One day... \n\n  and another", ["One day...", "and another"]),
        ("Wait... what?! Yes", ["Wait...", "what?!", "Yes"]),
        ("One.   ...  \n . !\n", ["One."]),
        ("   ", []),
        ("One. One.", ["One."]),
    ],
)
def test_each_sentence_of_a_text_comes_once(text, sentences):
    assert sentences_of([text]) == sentences
