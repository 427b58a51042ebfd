"""Every field in which one colleague writes what another reads is kept from whom it may be about, or says why
not."""

from schoolgate.people.outside import TAKE_IN
from tests.guarantees.words_of_colleagues import EXCUSED, MEANT, colleagues_fields


def test_every_field_that_colleagues_read_of_each_other_is_judged():
    excused = [field for fields in EXCUSED.values() for field in fields.split()]
    assert len(excused) == len(set(excused))
    judged, there = {*MEANT, *excused}, set(colleagues_fields())
    assert sorted(there - judged) == [], "say who is kept from these words, or why no one is"
    assert sorted(judged - there) == []


def test_what_is_kept_is_taken_in_as_the_rest():
    assert set(MEANT.values()) <= set(TAKE_IN)
