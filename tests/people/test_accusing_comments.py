"""A comment that may accuse an adult of harming a child waits for a lead, whatever it calls the adult."""

from schoolgate.people.accusations import may_accuse
from tests.people.accusing_comments import (
    ADULT_AND_CHILD,
    FRESH,
    KIND,
    THEIRS,
    UNLISTED,
    UNLISTED_AFTERWARDS,
    WALKED,
)


def test_what_accuses_is_found_whatever_it_calls_the_adult_and_what_is_kind_or_rude_is_not():
    """`FRESH` and `KIND` were written before the signs: 19 of 20 were found at the first reading, and none of
    the 20 harmless ones."""
    missed = [said for said, shown in WALKED if not may_accuse(said, [shown])]
    assert missed == []
    fresh = [said for said, shown in FRESH if may_accuse(said, [shown])]
    held = [said for said in KIND if may_accuse(said)]
    print(f"fresh: {len(fresh)} of {len(FRESH)} found; harmless: {len(held)} of {len(KIND)} held")
    assert len(fresh) >= 19
    assert held == []
    assert [said for said in THEIRS if may_accuse(said)] == []


def test_an_adult_beside_a_child_waits_whatever_is_said_of_them_unless_it_is_kind_or_of_any_school_day():
    found = [said for said in UNLISTED if may_accuse(said)]
    afterwards = [said for said in UNLISTED_AFTERWARDS if may_accuse(said)]
    held = [said for said in ADULT_AND_CHILD if may_accuse(said)]
    assert len(found) >= 25
    assert len(afterwards) >= 15
    assert len(held) <= 4, held


def test_what_one_of_the_family_does_is_the_pages_as_before():
    assert not may_accuse(
        "My stepdad shouts a lot. He frightens my little sister and the baby girl next door"
    )
    assert may_accuse("That man shouts a lot. He follows my little girl")


def test_tears_of_joy_accuse_no_one_and_other_tears_do():
    for joy in ("joy", "laughter", "pride"):
        assert not may_accuse(f"My daughter was in tears of {joy}, da iawn pawb"), joy
    assert may_accuse("My daughter was in tears after he kept her behind")
