"""A class on its way is asked about in all that leaves: where it goes, and when."""

import pytest

from schoolgate.screening import Kind, NameIndex, screen
from tests.screening.routes import NOT_WAITING, ORDINARY, ROUTES, WAITING

NO_ONE = NameIndex(())


def tells_where(text):
    return any(hit.kind is Kind.PLACE for hit in screen(text, NO_ONE).hits)


def test_the_way_of_a_class_with_its_time_is_asked_about_and_a_walk_that_was_is_not():
    """Before the rule 3 of 12 were found, and 1 of 17 ordinary ones."""
    missed = [text for text in ROUTES if not tells_where(text)]
    held = [text for text in ORDINARY if tells_where(text)]
    print(f"routes: {len(ROUTES) - len(missed)} of {len(ROUTES)}; ordinary: {len(held)} of {len(ORDINARY)}")
    assert len(missed) <= 1, missed
    assert len(held) <= 1, held


def test_where_a_class_waits_now_is_asked_about():
    assert [text for text in WAITING if not tells_where(text)] == []
    assert [text for text in NOT_WAITING if tells_where(text)] == []


@pytest.mark.parametrize(
    "text", ["5A then walk back along the canal at 3", "Hi. At 3 5A walk back along the canal"]
)
def test_the_words_that_tell_it_are_marked(text):
    (hit,) = (hit for hit in screen(text, NO_ONE).hits if hit.kind is Kind.PLACE)
    assert hit.words.strip().endswith("along the canal")
