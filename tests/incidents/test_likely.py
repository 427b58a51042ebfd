"""Which kinds a concern most likely is, by what was ticked and what its words say."""

from typing import get_args

import pytest

from schoolgate.incidents.report_facts import likely_first
from schoolgate.rulebook.situations.incidents import IncidentKind

KINDS = get_args(IncidentKind)
SAID = {
    "my dad hits me when he is drunk": ["worry", "abuse", "offensive"],
    "i am going to kill you": ["offensive", "harassing", "worry"],
    "He is a stupid bitch and everyone hates him": ["offensive", "abuse", "worry"],
    "Her phone number is on there, 07700 900123": ["data_protection_breach", "worry", "offensive"],
    "Something odd happened": ["worry", "offensive", "abuse"],
    "": ["worry", "offensive", "abuse"],
}


@pytest.mark.parametrize(("words", "first"), SAID.items())
def test_by_its_words(words, first):
    ordered = likely_first(KINDS, ticked=(), words=words)
    assert ordered[:3] == first
    assert sorted(ordered) == sorted(KINDS), "every kind can be chosen"


def test_what_was_ticked_comes_before_what_is_read_and_nothing_else_comes_in():
    ordered = likely_first(KINDS, ticked=["defamatory", "unknown"], words="my dad hits me")
    assert ordered[:3] == ["defamatory", "worry", "abuse"]
    assert likely_first(("misuse", "mistake"), ticked=(), words="my dad hits me") == ["misuse", "mistake"]
