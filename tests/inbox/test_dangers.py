"""An item shows one sort of danger, and its page says what to do about that one alone."""

import pytest

from schoolgate.inbox.dangers import (
    ASKED_FOR,
    DISCLOSURE,
    HIDING,
    IN_ORDER,
    OF_STAFF,
    OTHER,
    SORTS,
    THREAT,
    danger_of,
)
from schoolgate.inbox.reason_words import REASONS
from schoolgate.triage import URGENT, kinds, triage

OF_A_COLLEAGUE = ["danger", "accuses", 0, 0]
"""What is noted of any danger beside someone who works here."""
SAID = {
    "They are in hiding at 4 Dock Road, the caretaker told me": HIDING,
    "Freya and her mum are in hiding at 4 Dock Road. Her dad knows where they are": HIDING,
    "We had to leave our home in a hurry because of her father, he has hurt her. Take the photo down": HIDING,
    "Mae nhw yn cuddio mewn lloches yn y Rhyl, mae athrawes Mali wedi dweud wrth bawb": HIDING,
    "I'm bringing a knife for the teacher tomorrow": THREAT,
    "They are in a refuge and I will kill them": THREAT,
    "mr carter hits me and keeps me behind": OF_STAFF,
    "i want to die": DISCLOSURE,
    "i want to die and i will kill you all": THREAT,
    "my dad hits me when he is drunk": DISCLOSURE,
}


def reasons(text: str) -> list[list[object]]:
    return [[one.lane, one.kind, one.start, one.end] for one in triage(text).why]


@pytest.mark.parametrize(("text", "sort"), SAID.items())
def test_each_comment_has_one_sort_of_danger(text, sort):
    assert danger_of(reasons(text)) is sort


def test_the_officer_is_rung_only_where_nothing_else_says_what_it_is():
    refuge = reasons("They are in the refuge in Rhyl")
    assert danger_of([*refuge, OF_A_COLLEAGUE]) is HIDING
    assert danger_of([*reasons("I will kill him"), OF_A_COLLEAGUE]) is THREAT
    assert danger_of([*reasons("she cuts herself"), OF_A_COLLEAGUE]) is OF_STAFF
    assert danger_of([OF_A_COLLEAGUE]) is OF_STAFF
    assert [one for one in IN_ORDER if one.officer] == [OF_STAFF]


def test_every_kind_of_danger_is_declared_and_said():
    given = {(lane, kind) for lane in URGENT for kind in kinds().get(lane, ())}
    noted = {(lane, kind) for lane, kind in REASONS if lane in URGENT}
    assert given | noted == set(SORTS)
    assert set(SORTS.values()) == set(IN_ORDER)
    assert danger_of([]) is None
    assert danger_of([["question", "question", 0, 1]]) is None
    assert danger_of([["danger", "asks_after_child", 0, 4]]) is ASKED_FOR
    assert danger_of([["danger", "missing", 0, 4]]) is OTHER
