"""A question about consent and pictures isn't taken for a danger, and no danger for such a question."""

import pytest

from bench.disclosures import rows
from schoolgate.rulebook.adviser import ENTRIES
from schoolgate.rulebook.adviser.everyday import is_everyday, urgent_among
from schoolgate.rulebook.adviser.search import may_be_meant
from tests.rulebook.consent_and_danger import DANGEROUS, HARMLESS, alarms

NOT_KNOWN = {
    "A colleague takes pictures of children in the toilets",
    "A pupil praises a terrorist attack in a comment. May we leave it up?",
    "Mae disgybl wedi postio llun o doriadau ar ei braich",
}
"""What neither the words of danger nor the search know."""


def test_an_everyday_question_about_consent_raises_no_alarm():
    assert len(HARMLESS) == 30
    assert [one for one in HARMLESS if alarms(one)] == []


def test_setting_up_an_account_for_the_school_sets_nothing_on_fire():
    for asks in (
        "May I set up the school's new account with my own Gmail address?",
        "We are setting up the school's first Instagram page",
        "May I set up the house group?",
    ):
        assert not alarms(asks), asks
    for tells in ("gonna set up the school on fire", "we set up the account and will burn the school down"):
        assert alarms(tells), tells


def test_a_story_of_danger_raises_one_also_among_words_of_consent():
    assert len(DANGEROUS) == 30
    assert {one for one in DANGEROUS if not alarms(one)} == NOT_KNOWN
    for one in DANGEROUS:
        assert not is_everyday(one), one
        assert not is_everyday(f"{HARMLESS[0]} {one}"), one


def test_a_single_word_that_is_not_everyday_keeps_the_alarm():
    everyday = "May we post a photo of a child whose parents haven't answered about consent?"
    assert is_everyday(everyday)
    for word in ("alone", "naked", "hurt", "secretly", "tonight", "stranger", "xylophone"):
        assert not is_everyday(everyday.replace("photo", f"photo {word}")), word
    assert not is_everyday("A photo of a pupil.")
    assert not alarms("May I name a 17 year old student under her picture with her written consent")
    assert urgent_among("I think a pupil is at risk", may_be_meant("I think a pupil is at risk"))
    assert not urgent_among("By when must we answer a message?", ["danger-now"])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "A girl in Year 9 asked to follow my own page. Do I have to tell anyone?",
            "A boy tried to follow me home.",
        ),
        (
            "A pupil sent me a friend request, may I accept it?",
            "A pupil sent me a naked picture, may I keep it?",
        ),
        (
            "May I phone a pupil to say that practice is cancelled?",
            "May I phone a pupil to say that I love her?",
        ),
        (
            "A father asks us to remove a photo of his daughter that he agreed to. What must we do?",
            "A father asks us to send photos of his daughter in the bath. What must we do?",
        ),
        (
            "A mother has sent our page a message about a detention, may we answer?",
            "A mother has sent our page a message that he will hurt them tonight, may we answer?",
        ),
        ("Can we text the minibus timetable to a parent?", "Can we text a pupil to meet him alone?"),
    ],
)
def test_what_people_do_on_a_page_raises_no_alarm_and_a_word_of_harm_beside_it_does(asked, told):
    assert not alarms(asked)
    assert not is_everyday(told)


@pytest.mark.parametrize("told", ["A boy tried to follow me home.", "An older boy tried to follow me."])
def test_who_is_followed_in_the_street_is_no_everyday_matter(told):
    assert not is_everyday(told)


OF_COLLEAGUES = {"staff-and-pupil", "staff-writes-to-pupil", "colleague-breaks-rules", "pupil-bullied"}
"""Questions in which an adult is in touch with a child, or children hurt each other: a lead hears of some of
them first."""


def test_the_catalogues_own_words_raise_an_alarm_where_its_question_is_urgent_and_nowhere_else():
    told = [(one, said) for one in ENTRIES.values() for said in (one.title, *one.said)]
    assert [said for one, said in told if one.urgent and not alarms(said)] == []
    false = {one.key for one, said in told if not one.urgent and alarms(said)}
    assert false <= OF_COLLEAGUES, false


def test_few_harmless_questions_with_words_of_danger_raise_one_and_most_stories_of_danger_do():
    for half, false, right in (("tuned", 1, 29), ("measured", 1, 24)):
        harmless, told = (
            [row[3] for row in rows(f"{name}_asked.tsv", half)] for name in ("harmless", "danger")
        )
        assert (len(harmless), len(told)) == (30, 30)
        assert sum(map(alarms, harmless)) <= false, half
        assert sum(map(alarms, told)) >= right, half


def test_a_question_of_danger_is_meant_where_someone_may_come_to_harm_and_no_ball_or_carrot():
    said = ["danger-now", "post-hours", "child-tells"]
    for typed in ("A pupil says he will hit someone tonight", "There is a bomb threat on our page"):
        assert urgent_among(typed, said) == ["danger-now", "child-tells"], typed
    for typed in (
        "The match ended at nine. May I post the score tonight?",
        "Our striker hit the post twice",
        "The children cut vegetables with knives",
    ):
        assert urgent_among(typed, said) == [], typed
