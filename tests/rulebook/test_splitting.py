"""A paragraph as its sentences: a bracket is never cut in two."""

import pytest

from schoolgate.rulebook.clauses import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Staff use official channels (school email; Class Dojo etc, never their own phones).", 1),
        ("Staff use official channels; Parents must use the office.", 2),
        ("Staff use email (or letters); Parents must use the office (or ring it).", 2),
        ("Pictures need consent (see 4). Names need it too (see 5).", 2),
        ("Posts (a picture; The words below it) are read by two people. One of them approves.", 2),
    ],
)  # fmt: skip
def test_a_semicolon_ends_a_sentence_but_for_one_inside_a_bracket(text, parts):
    found = split(text)
    assert (len(found), " ".join(found)) == (parts, text)
