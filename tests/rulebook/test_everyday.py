"""A question about consent and pictures isn't taken for a danger, and no danger for such a question."""

from schoolgate.rulebook.adviser.everyday import is_everyday, urgent_found
from schoolgate.rulebook.adviser.finding import questions_found
from schoolgate.triage import packaged, tells_now, triage
from tests.rulebook.consent_and_danger import DANGEROUS, HARMLESS

LISTS = packaged()
NOT_KNOWN = {
    "A colleague takes pictures of children in the toilets",
    "A pupil praises a terrorist attack in a comment. May we leave it up?",
    "Mae disgybl wedi postio llun o doriadau ar ei braich",
}
"""What neither the words of danger nor the search know."""


def alarms(typed):
    now = tells_now((one.lane, one.kind) for one in triage(typed, lists=LISTS).why)
    return (now and not is_everyday(typed)) or bool(urgent_found(typed, questions_found(typed)))


def test_an_everyday_question_about_consent_raises_no_alarm():
    assert len(HARMLESS) == 30
    assert [one for one in HARMLESS if alarms(one)] == []


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
    assert urgent_found("I think a pupil is at risk", questions_found("I think a pupil is at risk"))
    assert not urgent_found("By when must we answer a message?", ["danger-now"])
