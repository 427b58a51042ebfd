"""An adult who draws children to themselves is an allegation: the leads read it first, and the colleague
with its initials doesn't."""

import pytest

from schoolgate.core.doors import Door
from schoolgate.people.accusations import may_accuse
from schoolgate.people.called import Parts
from schoolgate.people.drawn_aside import draws_aside
from schoolgate.publishing.looked_for import danger_in
from schoolgate.screening.folding import fold
from tests.people.adults_and_children import HARM, HARMLESS

PEOPLE = Parts([(1, "Tom Ellery"), (2, "Gethin Lloyd"), (3, "Tom Reed")])


def test_what_such_adults_do_is_found_in_both_languages_and_a_school_day_is_not():
    """Before the rule 13 of 32 were found, and 4 of 35 harmless ones: none of these four by this rule."""
    missed = [text for text in HARM if not may_accuse(text)]
    held = [text for text in HARMLESS if may_accuse(text)]
    print(f"adults: {len(HARM) - len(missed)} of {len(HARM)}; harmless: {len(held)} of {len(HARMLESS)}")
    assert missed == []
    assert len(held) <= 4, held
    assert [text for text in HARMLESS if draws_aside(fold(text).text)] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("TE keeps my lad back on his own after practice and buys him stuff", {1}),
        ("T.E. asked the girls for pics", {1}),
        ("between us, TE has that girl in his car again", {1}),
        ("GLl yn cadw'r hogia'n ôl ar ben eu hunain", {2}),
        ("pam ma TR yn cadw un hogyn ar ôl bob tro", {3}),
        ("TR always picks the same girls to stay", {3}),
        ("TE took the Year 8 lad home on Friday, no one signed him out.", {1}),
        ("The Year 8 lad was taken home by TE", {1}),
        ("Aeth TE â'r hogyn blwyddyn 8 adra ddydd Gwener", {1}),
        ("Rhoddodd TE lifft i'r hogan o 8B", {1}),
        ("TE took the Year 8 football team home", set()),
        ("TE took the register home", set()),
        ("TE won player of the match", set()),
        ("TR yn chwarae'n dda heddiw", set()),
        ("The TE lesson has moved, the girls loved it", set()),
    ],
)
def test_initials_beside_such_a_sign_mean_the_colleague(text, meant):
    assert PEOPLE.in_words(text, pupils=lambda: (), complains=True) == meant


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Mr Ellery would like the boys who missed out to come to his house on Saturday", True),
        ("Mr Ellery will have the goalkeepers round to his on Saturday, no need to stay.", True),
        ("Bydd yr hyfforddwr yn gwahodd y genod draw i'w dŷ o", True),
        ("Mr Reed offers lifts home, just wait by his car", True),
        ("Mi fydd Mr Lloyd yn mynd â'r hogia adra yn ei gar", True),
        ("Mr Ellery will take the choir to the church on Saturday", False),
        ("Thanks to the caretaker for the boys' new goalposts", False),
    ],
)
def test_what_a_school_itself_writes_of_an_adults_house_needs_a_lead(text, held):
    hits = [hit.words for hit in danger_in(Door.POST, text, own=())]
    assert bool(hits) is held
    assert all(words in text for words in hits)
