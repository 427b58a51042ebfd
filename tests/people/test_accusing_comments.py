"""A comment that may accuse an adult of harming a child waits for a lead, whatever it calls the adult."""

from schoolgate.people.accusations import may_accuse
from tests.people.accusing_comments import FRESH, KIND, THEIRS, WALKED


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
