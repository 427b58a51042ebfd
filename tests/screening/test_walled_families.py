"""The family of a child who mustn't be published is asked about by its surname alone, with capitals or
without."""

from schoolgate.screening import Listed, NameIndex, Strength, screen
from tests.screening.surnames_alone import MEANT, NOT_MEANT

INDEX = NameIndex([
    Listed(1, "Freya", "Lund", walled=True), Listed(2, "Tomos", "Hart", walled=True),
    Listed(3, "Ann", "Jones"), Listed(4, "Mali", "Jones", walled=True), Listed(5, "Idris", "Parry"),
])  # fmt: skip


def asked(text):
    return {pk for hit in screen(text, INDEX).hits if hit.strength is Strength.ASK for pk in hit.of}


def test_a_family_called_by_its_surname_is_asked_about_and_words_like_it_are_not():
    """As strangers' words are read, with their capitals and without. Before the rule 8 of 25 were found, and
    1 of 20 others."""
    found = [text for text in MEANT if (asked(text) | asked(text.lower())) & {1, 2}]
    held = [text for text in NOT_MEANT if (asked(text) | asked(text.lower())) & {1, 2, 4}]
    print(f"families: {len(found)} of {len(MEANT)}; others: {len(held)} of {len(NOT_MEANT)}")
    assert len(found) == len(MEANT)
    assert len(held) <= 1, held


def test_one_of_the_commonest_surnames_after_a_title_is_more_likely_a_teachers_and_two_titles_are_parents():
    assert not asked("Mr Jones was at the gate")
    assert asked("mr and mrs jones were at the gate") == {4}
    assert asked("teulu Jones yn y sioe") >= {4}
    assert asked("mrs lund is here") == asked("Mrs Lund moved house") == {1}
    assert asked("Mrs Lund is here") == asked("thanks mrs lund") == set()
    assert not asked("the parry family, mrs parry")
