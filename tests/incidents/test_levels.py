"""G6: a child who tells of a night outside, no meals or someone at their bed is told as a danger: the next
people hear of it after a quarter of an hour."""

from datetime import timedelta
from pathlib import Path

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.people.reading_words import speaks_of_danger
from schoolgate.triage import Lane, tells_now, triage
from tests.incidents.conftest import wrong

LINES = (Path(__file__).parent / "levels.tsv").read_text(encoding="utf-8").splitlines()
WRITTEN = [line.split("\t") for line in LINES if not line.startswith("#")]


def test_what_children_tell_of_home_is_a_danger_and_what_annoys_them_seldom(under, at):
    with scope(under("llanidloes")[0].pk):
        found = {words: speaks_of_danger(words, in_concern=True) for _danger, words in WRITTEN}
        of_colleagues = speaks_of_danger("taid yn dod i'n llofft i gyda'r nos")
    missed = [words for danger, words in WRITTEN if danger == "1" and not found[words]]
    told = [words for danger, words in WRITTEN if danger == "0" and found[words]]
    assert len(missed) <= 2, missed
    assert len(told) <= 2, told
    assert not of_colleagues


@pytest.mark.parametrize(
    "words",
    [
        "ma dad yn rhoi fi yn y sied dros nos os dwi ddim yn bihafio. mae'n oer a dwi ofn y llygod mawr",
        "taid yn dod i'n llofft i gyda'r nos",
        "she wont let me in the house til its dark",
        "there was no tea for us again last nite or the one before",
        "mae Non yn dod i mewn pan dwi'n newid",
        "Dilys comes in when im getting changed",
    ],
)
def test_the_next_people_hear_of_it_after_a_quarter_of_an_hour(under, at, words):
    with scope(under("llanidloes")[0].pk):
        report = wrong(at, what=words)
        assert (report.danger, report.danger_read) == ("yes", True)
        assert report.goes_up_at == at + timedelta(minutes=15)
        ordinary = wrong(at, what="the link on the homework page doesnt work")
        assert ordinary.danger != "yes"


@pytest.mark.parametrize(
    "words",
    [
        "can i talk 2 someone who isnt a teacher. not about school. my nans boyfriend",
        "can i talk 2 someone its about my uncle",
        "can i talk to someone pls not a teacher",
        "ga i siarad efo rhywun am dad",
    ],
)
def test_a_child_who_asks_to_talk_to_someone_is_read_at_once(words):
    assert tells_now((each.lane, each.kind) for each in triage(words).why)


@pytest.mark.parametrize(
    "words", ["could i speak to someone about my mum's parking permit", "we lost touch with her dad"]
)
def test_a_parents_errand_and_touch_that_was_lost_wake_no_one(words):
    assert triage(words).lane != Lane.DANGER


@pytest.mark.parametrize(
    "words",
    [
        "Is my nephew still with you? We lost touch with his mum", "Ydi hogyn fy mrawd yn dal efo chi?",
        "is my niece still at your school",
    ],
)  # fmt: skip
def test_one_of_the_family_who_asks_whether_a_child_is_still_here_asks_after_them(words):
    assert {each.kind for each in triage(words).why if each.lane == Lane.DANGER} == {"asks_after_child"}


@pytest.mark.parametrize(
    "words",
    ["is my grandson's coat with you?", "Is my grandson in the play?", "Ydi fy wyres yn canu nos Iau?"],
)
def test_what_families_ask_of_any_school_day_asks_after_no_one(words):
    assert triage(words).lane == Lane.QUESTION
