"""Words that lead to a list belong to each of its items: without them a ban would read as a permission."""

from collections import namedtuple

import pytest

from schoolgate.policy.importing.document import reading_of, sentences

Piece = namedtuple("Piece", "text heading item place page")


def read_as(*texts):
    """The sentences of paragraphs and of items, which begin with a star."""
    pieces = [
        Piece(one.removeprefix("* "), False, "*" if one.startswith("* ") else "", "line 1", 0)
        for one in texts
    ]
    return [one.text for one in sentences(pieces)]


@pytest.mark.parametrize(
    ("lead", "joined"),
    [
        ("We will not –", "We will not name pupils"),
        ("We will not", "We will not name pupils"),
        ("The school will never -", "The school will never name pupils"),
        ("Staff must not;", "Staff must not name pupils"),
        ("Parents should not,", "Parents should not name pupils"),
        ("Pupils must not…", "Pupils must not name pupils"),
        ("We ask that parents do not —", "We ask that parents do not name pupils"),
        ("Staff must never do the following.", "Staff must never do the following name pupils"),
        ("Under no circumstances should staff", "Under no circumstances should staff name pupils"),
        ("2.1 Volunteers must not:", "Volunteers must not name pupils"),
        ("* Staff must not:", "Staff must not name pupils"),
    ],
)
def test_what_forbids_is_never_parted_from_its_list(lead, joined):
    found = read_as(lead, "* name pupils", "* tag pupils")
    assert found == [joined, joined.replace("name", "tag")]
    assert {str(reading_of(one).modality) for one in found} <= {"must_not", "should_not"}


def test_a_list_within_a_list_ends_where_the_items_begin_as_before():
    assert read_as(
        "Staff must:", "* keep calm", "* not do any of these:", "* Insult people", "* ask for help"
    ) == [
        "Staff must keep calm",
        "Staff must not do any of these insult people",
        "Staff must ask for help",
    ]


def test_a_whole_sentence_before_a_list_stays_a_sentence():
    assert read_as("We reply quickly.", "* Ask first") == ["We reply quickly.", "Ask first"]
    assert read_as("We like lists", "* Ask first") == ["We like lists", "Ask first"]
    assert read_as("We will not –", "We go on.") == ["We will not", "We go on."]
    assert read_as("Staff must:", "* share news; and", "* Tell the head") == [
        "Staff must share news",
        "Staff must tell the head",
    ]


def test_words_that_break_off_are_no_sentence_also_where_their_items_ask_for_something_themselves():
    item = "No pupil may be named in any post of ours"
    assert read_as("School staff should ensure that:", f"* {item}") == [item]
    assert read_as("We have rules for pictures:", f"* {item}") == ["We have rules for pictures:", item]
