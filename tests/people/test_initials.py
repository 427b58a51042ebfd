"""G5: a colleague called by initials in a concern doesn't read it, whatever they are said to have done."""

from pathlib import Path

import pytest

from schoolgate.people.called import Parts

NAMES = (
    "Joan Frith", "Non Parry", "Fay Noble", "Rob Keane", "Huw Bevan", "Karen Bright", "Gethin Lloyd",
    "Helen Marsh", "Siân Tudur", "Paul Evans", "Tom Ashby", "Rhian Evans", "Una Speed", "Tess Vale",
    "Mali Ellis", "Ifan Morris", "Nia Wyn", "Dylan Watkins", "Meg Ash", "Tom Ifans", "Una Roberts",
    "Bryn Clark", "Owen King", "Ina Green", "Dilys Moss",
)  # fmt: skip
"""Also of people whose initials are a word or an abbreviation."""
ENDS = [first[0] + last[0] for first, last in map(str.split, NAMES)]
LINES = (Path(__file__).parent / "initials.tsv").read_text(encoding="utf-8").splitlines()
WRITTEN = [line.split("\t") for line in LINES if not line.startswith("#")]


def meant(text: str, *, in_concern: bool = True) -> set[str]:
    return {
        ENDS[pk]
        for pk in Parts(enumerate(NAMES)).in_words(
            text, pupils=frozenset, complains=True, in_concern=in_concern
        )
    }


@pytest.mark.parametrize(("who", "words"), WRITTEN)
def test_two_letters_that_are_no_word_keep_out_whose_initials_they_are(who, words):
    assert meant(words) >= {who} if who != "-" else meant(words) == set()


def test_everyone_with_these_initials_is_kept_out():
    twice = Parts([(1, "Joan Frith"), (2, "John Marc Fry"), (3, "Jan Mott")])
    assert twice.in_words("jf takes pictures", pupils=frozenset, complains=True, in_concern=True) == {1, 2}
    assert twice.in_words("jm takes pictures", pupils=frozenset, complains=True, in_concern=True) == {2, 3}


@pytest.mark.parametrize("words", ["dm hit me", "D.M. keeps touching me"])
def test_initials_that_are_an_abbreviation_as_well_count_before_what_was_done(words):
    assert meant(words) == {"DM"}


@pytest.mark.parametrize("words", ["he sent me a dm", "dm me", "PE teacher was off", "in R.E. we drew"])
def test_an_abbreviation_is_no_ones_initials(words):
    assert meant(words) == set()


def test_outside_a_concern_initials_need_a_sign_that_an_adult_did_something():
    assert meant("jf waits for me", in_concern=False) == set()
    assert meant("jf hits me", in_concern=False) == {"JF"}


CALLED = (
    ("JF", "joan waits for the small ones, Thursdays, you know what I mean"),
    ("JF", "Joanie grabs us on the minibus"),
    ("JF", "Joanie F took a picture of me for the panto"),
    ("RK", "Robbie K is a bully to the TAs"),
    ("NP", "what if a teacher asks for your snap its mrs np"),
    ("NP", "Mrs Parryfield, we all call her that, gave me a necklace"),
    ("JF", "mr froth gave me a lift"),
    ("TV", "mrs vel gave me a lift"),
    ("NP", "Mi wnaeth Nonny afael yn fy ngwallt"),
)
"""By a first name however it is typed, with a letter, or after a title by what it sounds like; nothing has to
be done. A name like theirs needs a sign: it may be a child's."""


@pytest.mark.parametrize(("who", "words"), CALLED)
def test_in_a_concern_a_name_keeps_out_however_it_is_written_and_whatever_is_said(who, words):
    assert who in meant(words)


@pytest.mark.parametrize(
    "words",
    [
        "The rain ran into the hall again",
        "mr nobody was there",
        "Our king of the castle broke",
        "A bright light",
    ],
)
def test_words_that_are_no_name_here_keep_no_one_out(words):
    assert meant(words) == set()
