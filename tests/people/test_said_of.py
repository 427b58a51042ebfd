"""A comment that names a colleague is theirs only where it's plainly kind or plainly ordinary: the rule is
turned round, because no list has every way to speak ill of someone."""

import pytest

from schoolgate.people.called import Parts
from schoolgate.people.said_of import Said, said_of
from schoolgate.triage import triage
from tests.people.said_of_frozen import HARM, KIND

PEOPLE = Parts([(1, "Tom Ellery"), (2, "Edward Shaw"), (3, "Mair Davies")])
SAID = {
    Said.KIND: (
        "Thank you Mr Ellery", "Well done Mr Ellery, the kids hit the target!", "Mr Ellery is a legend",
        "Thank you Mr Ellery for taking them to the Roman fort, they loved the mosaics",
        "We can’t thank you enough Mr Ellery", "Great pictures Mr Ellery, thanks for sharing",
        "Mr Ellery what time is the match?", "Is Mr Ellery in tomorrow?", "Mr Shaw has my son’s coat",
        "Da iawn Mrs Davies", "Diolch Mrs Davies am y daith i’r castell", "Pryd mae Mrs Davies yn ôl?",
    ),
    Said.UNSURE: (
        "Thanks Mr Ellery for the trip, shame about the bus",
        "Mr Ellery is useless and all the kids hate him",
        "Diolch Mrs Davies, ond roedd y bws yn hwyr",
    ),
    Said.UNTOLD: ("Mr Shaw again", "Why is Mr Shaw still here?", "Mr Ellery loves the girls"),
    Said.DONE: (
        "Does Mr Ellery like little girls?", "Lovely day. Mr Shaw knows what he did.",
        "Keep your girls away from Ed Shaw", "Mr Shaw was arrested", "Mr Ellery should not be near children",
        "Thanks Mr Ellery for touching my daughter", "Great, Mr Ellery hit my son", "Mr Elary hits kids",
        "Mae Mair yn cyffwrdd merched", "Cadwch eich merched draw oddi wrth Mair Davies",
        "Mrs Davies sy’n gwneud i blant grio",
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", SAID, ids=str)
def test_what_is_said_of_a_colleague(said):
    found = {text: heard(text) for text in SAID[said]}
    assert {text: str(one) for text, one in found.items() if one != said} == {}


def heard(text):
    """What is said of those whom the text names; each of these names someone."""
    assert names_one(text), text
    return said_of(
        text, lanes={one.lane for one in triage(text).why}, is_name=PEOPLE.is_part, names_one=names_one
    )


def names_one(text):
    """Whether it names one of them."""
    return bool(PEOPLE.in_words(text, pupils=frozenset, complains=True))


def test_most_of_a_frozen_list_lies_where_it_should():
    """The first reading, untouched: 19 of 20 of harm weren't theirs, 18 reached the leads; 11 of 20 kind or
    ordinary ones were theirs, and 1 reached the leads. Not to hear a no in *excellent* made these 13; since
    what accuses is read for its signs (`people.accusations`), 20 aren't theirs and 19 reach the leads."""
    kept = [text for text in HARM if heard(text) != Said.KIND]
    told = [text for text in HARM if heard(text) >= Said.UNTOLD]
    assert (len(kept), len(told)) == (20, 19)
    theirs = [text for text in KIND if heard(text) == Said.KIND]
    assert len(theirs) >= 13
    assert len([text for text in KIND if heard(text) >= Said.UNTOLD]) == 1


@pytest.mark.parametrize(
    "text", ["@edshaw is here", "see ed_shaw2", "#MairDavies", "mrellery", "Elery grabbed me"]
)
def test_a_handle_and_a_long_name_written_wrong_name_whose_it_is(text):
    assert names_one(text)


def test_id_like_to_is_no_colleague_called_idris_in_a_concern():
    here = Parts([(1, "Idris Hughes"), (2, "Ann Price")])
    for text, named in (
        ("I'd like to report Mr Price. He hit me", {2}),
        ("id like to report mr price. he hit me", {2}),
        ("He took my ID card. I'd rather not say who", set()),
        ("Id hit me", {1}),
        ("Idris hit me", {1}),
    ):
        assert here.in_words(text, pupils=frozenset, complains=True) == named, text
