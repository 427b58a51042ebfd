"""A cry for help in words that no list has is read by a lead first; what the young write any day isn’t."""

from schoolgate.people.reading_words import may_be_a_childs, tells_of_oneself
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


A_CHILDS = (
    "its happening again", "dad sleeps all day and i cook", "i wont b here on monday lol",
    "my tutor says i look older than 14 ;)", "pls dont reply he reads my phone",
    "i threw up again so i wont be fat", "im 11 and im late", "Hi, I'm in year 8 and I lost my key",
    "dad locks the fridge", "dwi'n 12 a dwi'm isio mynd adra", "Is it normal if your uncle showers with you",
)  # fmt: skip
A_GROWN_UPS = (
    "What do they need on Friday?", "My son is 11 and he is late today.",
    "My daughter's tutor asked for the form.",
    "Hello, is the office open at 3? I am 10 minutes away.", "Could you ring me about the trip please",
    "Our two are off sick, sorry", "Rwy'n ysgrifennu am y cyfarfod nos Iau.", "my daughter lost her coat",
    "I wish to complain about the bus.", "hi can i book 2 tickets for saturday pls",
    "Mae fy mab yn sâl heddiw.",
)  # fmt: skip


def test_a_message_is_plainly_a_childs_by_their_age_their_year_their_home_or_themselves():
    assert [one for one in A_CHILDS if not may_be_a_childs(one)] == []
    assert [one for one in A_GROWN_UPS if may_be_a_childs(one)] == []
