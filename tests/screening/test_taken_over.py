"""A reply is judged with what it answers: *Yes!* says all that the question says."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolgate.screening import Kind, Listed, NameIndex, Strength, screen, taken_over

HERE = Path(__file__).parent
REGISTER = [
    Listed(1, "Grace", "Young", form="4B", year="4"),
    Listed(2, "Idris", "Parry", form="5A", year="5"),
]
INDEX = NameIndex(REGISTER)
WALLED = NameIndex([Listed(3, "Freya", "Lund", walled=True)])
NOT_ASKED: set[tuple[str, str]] = set()
"""What should be asked about, and isn't."""
PLACED_AND_NOT_ASKED = {"He's out of hospital and home", "A Year 9 girl was attacked by the gate"}
ORDINARY_AND_ASKED = {
    "We know what you did for the fair, thank you",
    "She's with the netball team on Friday, our coach",
    "Beth wnaeth eich dosbarth?",
}


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def asks(text: str) -> bool:
    return any(hit.strength is not Strength.MENTION for hit in screen(text, INDEX).hits)


def test_replies_are_asked_about_by_what_they_answer_and_ordinary_ones_are_not():
    wrong = set()
    for expected, question, reply in rows("taken_over.tsv"):
        if (bool(taken_over(reply, question, INDEX)) or asks(reply)) is not (expected == "1"):
            wrong.add((question, reply))
    assert wrong == NOT_ASKED


def test_replies_that_place_or_point_out_a_child_are_asked_about_and_ordinary_ones_are_not():
    wrong = {text for expected, text in rows("placing.tsv") if asks(text) is not (expected == "1")}
    assert wrong == PLACED_AND_NOT_ASKED | ORDINARY_AND_ASKED


def test_a_yes_to_who_belongs_to_whom_or_who_is_seen_is_asked_about_by_first_names_alone():
    index = NameIndex([Listed(1, "Mali", "Rees"), Listed(2, "Jac", "Huws"), Listed(3, "Begw", "Prys")])
    wrong = set()
    for expected, question, reply in rows("kinship.tsv"):
        if bool(taken_over(reply, question, index)) is not (expected == "1"):
            wrong.add((question, reply))
    assert wrong == {("Is Begw's mum the new cook?", "Yes")}
    assert not taken_over("We can't say who is related.", "Are Mali and Jac twins?", index)


@pytest.mark.parametrize(("comment", "reply", "of"), [
    ("Is that Freya in the second row?", "Yes!", {3}),
    ("Is that Freya in the second row?", "At the back", {3}),
    ("Is that Freya in the second row?", "We can't say who is in a picture.", set()),
    ("Is that Freya in the second row?", "Thank you for asking, please ring the office", set()),
    ("Freya was super", "She was!", {3}),
    ("Freya was super", "Thank you!", set()),
    ("Ai Ffreia sydd yn y cefn?", "Ia", {3}),
    ("Is the fair at 2?", "Yes!", set()),
])  # fmt: skip
def test_of_a_child_on_the_list_whatever_answers_or_speaks_of_them_is_asked_about(comment, reply, of):
    assert {pk for hit in taken_over(reply, comment, WALLED) for pk in hit.of} == of


def test_what_was_answered_for_one_reply_is_asked_again_for_another():
    yes, no = (taken_over(reply, "Has Idris been excluded?", INDEX) for reply in ("Yes", "No"))
    assert [each.kind for each in (*yes, *no)] == [Kind.TOLD, Kind.TOLD]
    assert yes[0].key != no[0].key
