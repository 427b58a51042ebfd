"""A cry for help in words that no list has is read by a lead first; what the young write any day isn’t."""

from schoolgate.people.of_oneself import tells_of_oneself
from schoolgate.triage import URGENT, triage
from tests.triage import told_plainly
from tests.triage.examples import harmless


def first(text: str) -> bool:
    return triage(text, to_us_alone=True).lane in URGENT or tells_of_oneself(text)


def test_a_child_who_tells_of_themselves_in_words_of_no_list_is_read_by_a_lead_first():
    """Before the rule 7 of 24, 15 of 40 and 5 of 30; 18 of those written afterwards until they were seen."""
    assert [one for one in told_plainly.WALKED if not first(one)] == []
    assert sum(map(first, told_plainly.FIRST)) >= 39
    assert sum(map(first, told_plainly.AFTERWARDS)) >= 28


def test_what_young_people_say_of_themselves_on_any_day_is_the_pages():
    """Before the rule 1 of 95, 5 of 386."""
    young = [*told_plainly.HARMLESS, *told_plainly.HARMLESS_AFTERWARDS]
    assert sum(map(first, young)) <= 3
    assert sum(first(each.text) for half in ("seen", "unseen") for each in harmless(half)) <= 6
