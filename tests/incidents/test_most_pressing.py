"""Of several dangers, what happens now is read first, then what a child tells, then a threat whose time is
near."""

import pytest

from schoolgate.inbox.dangers import Presses, presses
from schoolgate.triage import triage

TOLD = "my dad hits me when he is drunk"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Jack has a knife and is at the gate now, he says he will use it at home time", Presses.NOW),
        ("Mae gan Jac gyllell ac mae o wrth y giât rŵan", Presses.NOW),
        ("I’m on my way with a gun", Presses.NOW),
        ("Dw i ar fy ffordd efo gwn, byddwch yn barod i farw", Presses.NOW),
        ("I’m waiting at the gate for her, which door does she come out of", Presses.NOW),
        ("my uncle is staying here tonight and he comes into my room", Presses.NOW),
        ("ive taken all my mums tablets i dont want to live", Presses.NOW),
        (TOLD, Presses.CHILD_TELLS),
        ("my uncle comes into my room every night", Presses.CHILD_TELLS),
        ("my dad hits me on the way home, he stood at the door", Presses.CHILD_TELLS),
        ("mae dad yn taro fi pan mae o wedi meddwi", Presses.CHILD_TELLS),
        ("ill bring a knife to school monday for him", Presses.SOON),
        ("I will stab you at lunchtime", Presses.NOW),
        ("I will stab you tomorrow", Presses.SOON),
        ("I will stab you", Presses.HARM),
        ("The caretaker touched my daughter in the changing room", Presses.HARM),
    ],
)
def test_each_danger_has_its_place(text, place):
    why = [[each.lane, each.kind, each.start, each.end] for each in triage(text).why]
    assert presses(why, text, locked=False) is place


def test_what_a_child_tells_of_a_colleague_is_first_as_well():
    """That a colleague is named has no words of its own, and put what a child told behind a knife."""
    why = [[each.lane, each.kind, each.start, each.end] for each in triage(TOLD).why]
    assert presses([*why, ["danger", "colleague", 0, 0]], TOLD, locked=True) is Presses.CHILD_TELLS
    assert presses([["danger", "colleague", 0, 0]], "He was there", locked=False) is Presses.HARM
