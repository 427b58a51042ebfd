"""A child by their surname and a word of a family, and by the first name that their own family uses."""

import pytest

from schoolgate.publishing.leaving import called_own
from schoolgate.screening import Listed, NameIndex, Strength, screen

INDEX = NameIndex([
    Listed(1, "Oskar", "Nowak"), Listed(2, "Amelia", "Shah"), Listed(3, "Idris", "Khan"),
    Listed(4, "Mali", "Rees"),
])  # fmt: skip


@pytest.mark.parametrize(("text", "of"), [
    ("Thanks to Mr and Mrs Nowak, whose son plays for us.", {1}),
    ("Diolch i Mr a Mrs Nowak; mae eu mab yn wych", {1}),
    ("Our Shah girl sang beautifully.", {2}), ("Hogyn bach Khan", {3}), ("One Khan boy was late", {3}),
    ("Mrs Nowak has her own car and her new book", set()), ("Mrs Nowak's new kitchen", set()),
    ("Our Indian girl guides visit", set()),
])  # fmt: skip
def test_a_surname_beside_a_word_of_a_family_is_asked_about(text, of):
    found = screen(text, INDEX).hits
    assert {pk for hit in found if hit.strength is Strength.ASK for pk in hit.of} == of


@pytest.mark.parametrize("text", [
    "My daughter Mali was so happy", "Mali is my daughter and she loved it",
    "Roedd Mali ni wrth ei bodd, diolch!",
    "our Mali loved it", "fy merch Mali",
])  # fmt: skip
def test_a_comment_that_calls_its_writer_s_own_child_by_name_is_told_apart(text):
    assert [hit.of for hit in called_own(text, screen(text, INDEX).hits)] == [(4,)]


@pytest.mark.parametrize("text", ["Well done Mali", "Mali sang well", "My daughter says Mali sang"])
def test_one_that_only_names_a_child_is_not(text):
    assert list(called_own(text, screen(text, INDEX).hits)) == []
